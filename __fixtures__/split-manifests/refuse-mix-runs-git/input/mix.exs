defmodule Shop.MixProject do
  use Mix.Project

  def project do
    [app: :shop, version: version(), deps: [{:plug, "~> 1.15"}]]
  end

  defp version do
    {version, 0} = System.cmd("git", ["describe", "--tags"])
    String.trim(version)
  end
end
