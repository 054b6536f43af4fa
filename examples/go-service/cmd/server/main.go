package main

import (
	"fmt"
	"net/http"

	"example.com/greeter/internal/greet"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, greet.Line()) })
	panic(http.ListenAndServe(":8080", nil))
}
