package ingest

import (
	"sync"

	"akita/internal/delta"
)

// freshBytes is a rough limit of the memory of fresh calls.
const freshBytes = 32 << 20

// fresh keeps the calls of bundles that were just accepted, so that the worker need not decode them
// again. It is safe for concurrent use.
type fresh struct {
	mu   sync.Mutex
	byID *lru[string, freshCalls] // guarded by mu; by bundle id
}

// freshCalls are the calls of a payload with a checksum. Payloads with the same bundle id may differ
// in the bundles that follow it.
type freshCalls struct {
	crc32C uint32
	calls  *delta.Delta
}

func newFresh() *fresh { return &fresh{byID: newLRU[string, freshCalls](freshBytes)} }

func (f *fresh) put(bundleID string, c freshCalls) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.byID.put(bundleID, c, int64(c.calls.Bytes()))
}

// take returns the calls of a payload and forgets them, nil if there are none. The caller owns them.
func (f *fresh) take(bundleID string, crc32C uint32) *delta.Delta {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := f.byID.get(bundleID)
	if !ok || c.crc32C != crc32C {
		return nil
	}
	f.byID.drop(bundleID)
	return c.calls
}
