module Shout
end
