Gem::Specification.new do |spec|
  spec.name = "fast"
  spec.version = "0.1.0"
  spec.authors = ["Ada"]
  spec.summary = "Fast."
  spec.extensions = ["ext/fast/extconf.rb"]
end
