package spool

import (
	"crypto/sha256"
	"time"
)

// batchMemory is how long a batch's key is remembered: longer than a client
// tries to hand it over.
const batchMemory = 10 * time.Minute

// maxBatches bounds the memory; the oldest are forgotten first.
const maxBatches = 100_000

// batchKey is the identity of one batch of one client: a digest, so that it
// has a fixed size whatever a client sends.
type batchKey [16]byte

func newBatchKey(client, batch string) batchKey {
	digest := sha256.Sum256([]byte(client + "\x00" + batch))
	return batchKey(digest[:16])
}

// batches remembers which batches were appended, or are being appended.
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

// forget lets a batch be appended again, because its commit failed.
func (b *batches) forget(key batchKey) { delete(b.known, key) }

func (b *batches) forgetOld(now time.Time) {
	n := 0
	for n < len(b.order) && (now.Sub(b.order[n].at) > batchMemory || len(b.order)-n >= maxBatches) {
		delete(b.known, b.order[n].key)
		n++
	}
	b.order = b.order[n:]
}
