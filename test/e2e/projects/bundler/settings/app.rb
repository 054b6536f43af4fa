require "polite"

puts Polite::VERSION
