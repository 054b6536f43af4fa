import Config

config :jason, encoder: :fast

import_config "#{config_env()}.exs"
