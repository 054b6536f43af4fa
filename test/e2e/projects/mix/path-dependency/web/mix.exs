defmodule Web.MixProject do
  use Mix.Project

  def project do
    [app: :web, version: "0.1.0", deps: deps()]
  end

  defp deps do
    [
      {:core, path: "../core"},
      {:greeting, git: "https://github.com/example/greeting.git", tag: "v1.0.0"}
    ]
  end
end
