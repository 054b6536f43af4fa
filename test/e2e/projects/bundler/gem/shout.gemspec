lib = File.expand_path("lib", __dir__)
$LOAD_PATH.unshift(lib) unless $LOAD_PATH.include?(lib)
require "shout/version"

Gem::Specification.new do |spec|
  spec.name = "shout"
  spec.version = Shout::VERSION
  spec.authors = ["Ada"]
  spec.summary = File.read("SUMMARY")
  spec.files = Dir["lib/**/*.rb"]
  spec.bindir = "exe"
  spec.executables = ["shout"]
  spec.add_dependency "greeting", "~> 1.0"
end
