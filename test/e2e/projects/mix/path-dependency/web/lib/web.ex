defmodule Web do
  def word, do: Core.word()
end
