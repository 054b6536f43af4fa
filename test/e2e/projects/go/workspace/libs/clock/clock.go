package clock

func Hour() int { return 12 }
