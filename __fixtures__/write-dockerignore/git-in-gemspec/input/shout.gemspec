Gem::Specification.new do |spec|
  spec.name = "shout"
  spec.version = "0.1.0"
  spec.authors = ["Ada"]
  spec.summary = "Greets."
  spec.files = `git ls-files -z`.split("\x0")
end
