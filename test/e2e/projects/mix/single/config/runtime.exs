import Config

config :shop, port: System.get_env("PORT", "4000")
