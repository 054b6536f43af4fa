defmodule ShopWeb do
  def page, do: Shop.word()
end
