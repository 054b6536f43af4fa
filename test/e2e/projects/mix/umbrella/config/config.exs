import Config

config :greeting, word: "hi"
