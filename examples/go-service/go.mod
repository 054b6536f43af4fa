module example.com/greeter

go 1.22

require (
	example.com/greeter/libs/clock v0.0.0
	github.com/google/uuid v1.6.0
)

replace example.com/greeter/libs/clock => ./libs/clock
