module Store
end
