defmodule Shop do
  def word, do: Greeting.word()
end
