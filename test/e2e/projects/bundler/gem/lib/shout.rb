require "shout/version"
require "greeting"

module Shout
  def self.word = "HELLO"
end
