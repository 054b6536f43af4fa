defmodule Core.MixProject do
  use Mix.Project

  def project, do: [app: :core, version: "0.1.0", deps: []]
end
