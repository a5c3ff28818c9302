// Package ingest turns bundles of witnesses into API models. An Acceptor checks
// a bundle and appends it to the queue, a Worker folds queued bundles into the
// models in the store, and Models reads them.
//
// Every accepted bundle is folded exactly once. Accept returns when the bundle
// is synced to disk, and one transaction stores the models and the queue
// position that they include, so a crash neither loses a bundle nor counts it
// twice. A bundle that is sent again under the same id changes nothing.
package ingest

import (
	"errors"

	"akita/internal/queue"
)

// Limits of what is sent at once.
const (
	MaxSentBytes    = 8 << 20  // as sent, compressed or not
	MaxDecodedBytes = 64 << 20 // after decompression
	MaxBundles      = 256      // that are folded into one delta
)

// Reasons to refuse a bundle, for errors.Is. The error text has the details. To
// send the same bytes again helps only after ErrIncomplete and ErrFull.
var (
	// ErrMalformed means that the bundle is not valid; for a bad witness the text
	// has its line number.
	ErrMalformed = errors.New("malformed bundle")
	// ErrTooLarge means that the bundle exceeds MaxSentBytes or MaxDecodedBytes.
	ErrTooLarge = errors.New("bundle too large")
	// ErrEncoding means that the content encoding is neither zstd nor identity.
	ErrEncoding = errors.New("unsupported content encoding")
	// ErrIncomplete means that the body was cut off.
	ErrIncomplete = errors.New("incomplete bundle")
	// ErrFull means that the queue, the disk or memory is full at present.
	ErrFull = queue.ErrFull
)
