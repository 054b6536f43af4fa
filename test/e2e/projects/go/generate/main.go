package main

import (
	_ "embed"
	"fmt"

	"github.com/mitchellh/go-wordwrap"
)

//go:generate go run ./gen

//go:embed templates/greeting.txt
var greeting string

func main() { fmt.Println(wordwrap.WrapString(greeting, 20), Number) }
