package spool

import (
	"crypto/sha256"
	"slices"
	"time"
)

// batchMemory is how long a batch's key is remembered, which is longer than clients
// try to send a batch.
const batchMemory = 10 * time.Minute

// maxBatches bounds the keys; the oldest are forgotten first.
const maxBatches = 100_000

// batchKey identifies one batch of one client in one trace. It is a digest, so that
// its size does not depend on what the client sends.
type batchKey [16]byte

func newBatchKey(b Batch) batchKey {
	digest := sha256.Sum256([]byte(b.TraceID + "\x00" + b.Client + "\x00" + b.ID))
	return batchKey(digest[:16])
}

// batches remembers the batches that were appended or are being appended.
type batches struct {
	known map[batchKey]*commit
	order []agedKey // oldest first
}

type agedKey struct {
	key batchKey
	at  time.Time
}

func newBatches() *batches { return &batches{known: make(map[batchKey]*commit)} }

// remember stores that the batch is part of a commit.
func (b *batches) remember(key batchKey, c *commit, at time.Time) {
	b.forgetOld(at)
	b.known[key] = c
	b.order = append(b.order, agedKey{key, at})
}

// forget allows batches to be appended again after their commit failed.
func (b *batches) forget(keys []batchKey) {
	for _, key := range keys {
		delete(b.known, key)
	}
	// A later success must not get the age of this failure.
	b.order = slices.DeleteFunc(b.order, func(a agedKey) bool { return b.known[a.key] == nil })
}

func (b *batches) forgetOld(now time.Time) {
	n := 0
	for n < len(b.order) && (now.Sub(b.order[n].at) > batchMemory || len(b.order)-n >= maxBatches) {
		delete(b.known, b.order[n].key)
		n++
	}
	b.order = b.order[n:]
}
