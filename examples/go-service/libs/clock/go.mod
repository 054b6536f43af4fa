module example.com/greeter/libs/clock

go 1.22
