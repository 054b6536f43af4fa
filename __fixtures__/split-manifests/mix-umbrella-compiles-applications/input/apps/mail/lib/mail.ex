defmodule Mail do
end
