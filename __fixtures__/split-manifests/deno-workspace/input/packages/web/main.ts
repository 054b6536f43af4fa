import "dotenv/config"
