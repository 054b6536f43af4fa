defmodule Jason.MixProject do
  use Mix.Project

  def project do
    [app: :jason, version: "0.1.0", elixir: "~> 1.15", deps: deps()]
  end

  defp deps do
    [
      
    ]
  end
end
