package apimodel

import "time"

// Period is the time from the first to the last of some calls. It is zero if no time is known.
type Period struct {
	First time.Time `json:"first,omitzero"`
	Last  time.Time `json:"last,omitzero"`
}

// extend extends the period by another one.
func (p *Period) extend(first, last time.Time) {
	if first.IsZero() {
		return
	}
	if p.First.IsZero() || first.Before(p.First) {
		p.First = first
	}
	if last.After(p.Last) {
		p.Last = last
	}
}

// Extend extends the period by another one.
func (p *Period) Extend(o Period) { p.extend(o.First, o.Last) }
