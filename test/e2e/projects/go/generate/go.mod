module example.com/greet

go 1.21

require github.com/mitchellh/go-wordwrap v1.0.1
