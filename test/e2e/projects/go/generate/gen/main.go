package main

import "os"

func main() {
	if err := os.WriteFile("number.go", []byte("package main\n\nconst Number = 42\n"), 0o644); err != nil {
		panic(err)
	}
}
