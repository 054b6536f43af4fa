require "polite"

puts Polite::TEXT
