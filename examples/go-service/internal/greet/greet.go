// Package greet writes greetings.
package greet

import (
	"fmt"

	"example.com/greeter/libs/clock"
	"github.com/google/uuid"
)

// Line is a greeting that nobody has seen before.
func Line() string { return fmt.Sprintf("hello %s at %s", uuid.NewString(), clock.Now()) }
