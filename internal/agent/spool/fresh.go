package spool

import (
	"slices"

	"akita/internal/delta"
)

// freshBytes bounds the memory of fresh, roughly.
const freshBytes = 4 << 20

// fresh keeps the witnesses of bundles as they were folded before they were written, so that most need
// not be decoded to be sent. The zero value is ready to use.
type fresh struct {
	byBundle map[string][]*delta.Delta
	bytes    int
}

// put keeps the deltas of a frame whose batches are all folded. If there is no room, it drops what it
// kept before: bundles are read in order, so older ones were read already, or are gone.
func (f *fresh) put(of *frame) {
	bytes := 0
	for _, d := range of.folded {
		if d == nil {
			return
		}
		bytes += d.Bytes()
	}
	if f.bytes+bytes > freshBytes {
		*f = fresh{}
	}
	if bytes > freshBytes {
		return
	}
	if f.byBundle == nil {
		f.byBundle = make(map[string][]*delta.Delta)
	}
	f.byBundle[of.Bundle] = slices.Clip(of.folded)
	f.bytes += bytes
}

// take returns the witnesses of a bundle and forgets them, nil if they are not kept.
func (f *fresh) take(bundle string) []*delta.Delta {
	kept := f.byBundle[bundle]
	for _, d := range kept {
		f.bytes -= d.Bytes()
	}
	delete(f.byBundle, bundle)
	return kept
}
