Gem::Specification.new do |spec|
  spec.name = "stock"
  spec.version = "1.0.0"
  spec.authors = ["Ada"]
  spec.summary = "The stock."
end
