// Package hour numbers the hours by which calls are kept.
package hour

import (
	"math"
	"time"
)

// Hour is a number of hours since 1970, UTC.
type Hour int64

// Of returns the hour of a time.
func Of(t time.Time) Hour { return Hour(math.Floor(float64(t.Unix()) / secondsPerHour)) }

const secondsPerHour = 3600

// Time returns the start of the hour.
func (h Hour) Time() time.Time { return time.Unix(int64(h)*secondsPerHour, 0).UTC() }
