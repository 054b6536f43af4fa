module example.com/api

go 1.21

require (
	example.com/clock v0.0.0
	github.com/mitchellh/go-wordwrap v1.0.1
)

replace example.com/clock => ../../libs/clock
