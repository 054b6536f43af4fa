require "shop"
require "polite"

File.write("warm.txt", "#{Shop::VERSION} #{Polite::VERSION}")
