module Cart
end
