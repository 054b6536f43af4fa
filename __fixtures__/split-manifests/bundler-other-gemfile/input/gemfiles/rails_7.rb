eval_gemfile "../Gemfile"

gem "rails", "~> 7.1"
