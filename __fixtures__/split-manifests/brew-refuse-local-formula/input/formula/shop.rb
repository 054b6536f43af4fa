class Shop < Formula
end
