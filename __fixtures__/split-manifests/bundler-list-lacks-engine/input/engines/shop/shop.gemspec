Gem::Specification.new do |spec|
  spec.name = "shop"
  spec.version = "1.0.0"
  spec.authors = ["Ada"]
  spec.summary = "The shop."
end
