defmodule Shop.MixProject do
  use Mix.Project

  def project do
    [app: :shop, version: "0.1.0", elixir: "~> 1.15", deps: deps(), build_path: "../../_build", deps_path: "../../deps", lockfile: "../../mix.lock", config_path: "../../config/config.exs"]
  end

  defp deps do
    [
      {:jason, "~> 1.4"}
    ]
  end
end
