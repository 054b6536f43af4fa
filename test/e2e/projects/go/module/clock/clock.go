package clock

func Hours(count int) int { return count * 3600 }
