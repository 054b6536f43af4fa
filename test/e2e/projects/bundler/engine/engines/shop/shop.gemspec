require_relative "lib/shop/version"

Gem::Specification.new do |spec|
  spec.name = "shop"
  spec.version = Shop::VERSION
  spec.authors = ["Ada"]
  spec.summary = "The shop."
  spec.files = Dir.chdir(__dir__) { Dir["lib/**/*"] }
end
