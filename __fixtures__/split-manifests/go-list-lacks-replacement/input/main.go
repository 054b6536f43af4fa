package main

import (
	_ "example.com/money"
	"github.com/google/uuid"
)

func main() { println(uuid.NewString()) }
