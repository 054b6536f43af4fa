package main

import (
	"fmt"

	"example.com/clock"
	"github.com/mitchellh/go-wordwrap"
)

func main() { fmt.Println(wordwrap.WrapString("it is noon", 5), clock.Hour()) }
