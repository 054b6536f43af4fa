import Config

config :greeting, word: "good day"

import_config "#{config_env()}.exs"
