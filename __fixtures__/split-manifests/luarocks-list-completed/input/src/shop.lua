return { open = true }
