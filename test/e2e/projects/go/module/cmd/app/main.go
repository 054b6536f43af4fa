package main

import (
	"example.com/clock"
	"github.com/mitchellh/go-wordwrap"
)

func main() {
	println(wordwrap.WrapString("two hours in seconds", 10), clock.Hours(2))
}
