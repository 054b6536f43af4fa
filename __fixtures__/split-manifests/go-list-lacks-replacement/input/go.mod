module example.com/shop

go 1.22

require (
	example.com/money v0.0.0
	github.com/google/uuid v1.6.0
)

replace example.com/money => ./libs/money
