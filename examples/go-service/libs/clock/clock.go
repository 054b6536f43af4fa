// Package clock tells the time.
package clock

import "time"

// Now is the current time in UTC.
func Now() time.Time { return time.Now().UTC() }
