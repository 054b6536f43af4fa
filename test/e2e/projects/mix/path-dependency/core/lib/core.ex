defmodule Core do
  def word, do: "core"
end
