package tally

import "time"

const window = 60 // seconds

// Rate measures how often something happens, over the last minute. The zero Rate is ready
// for use, by one goroutine at a time.
type Rate struct {
	seconds [window]struct {
		unix int64
		n    uint64
	}
	began time.Time // the first event ever
}

// Add counts n events at the time now.
func (r *Rate) Add(n uint64, now time.Time) {
	if r.began.IsZero() {
		r.began = now
	}
	second := &r.seconds[uint64(now.Unix())%window]
	if second.unix != now.Unix() {
		second.unix, second.n = now.Unix(), 0
	}
	second.n += n
}

// PerSecond returns the mean over the last minute, or since the first event if that was
// less than a minute ago.
func (r *Rate) PerSecond(now time.Time) float64 {
	var sum uint64
	for _, second := range r.seconds {
		if age := now.Unix() - second.unix; 0 <= age && age < window {
			sum += second.n
		}
	}
	if sum == 0 {
		return 0
	}
	return float64(sum) / min(max(now.Sub(r.began).Seconds(), 1), window)
}
