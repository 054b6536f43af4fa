module Kemal
end
