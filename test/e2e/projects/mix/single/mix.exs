defmodule Shop.MixProject do
  use Mix.Project

  def project do
    [
      app: :shop,
      version: String.trim(File.read!("VERSION")),
      elixir: "~> 1.14",
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application, do: [extra_applications: [:logger]]

  defp deps do
    [
      {:greeting, github: "example/greeting", tag: "v1.0.0"}
    ]
  end
end
