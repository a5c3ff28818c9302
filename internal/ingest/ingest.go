// Package ingest takes bundles of witnesses in and folds them into API models,
// each exactly once: an Acceptor makes a bundle durable in the queue, a Folder
// folds what is queued into the store, and Models reads what is folded.
//
// A bundle is acknowledged when its frame has been synced. The models and the
// queue position that they include are stored in one transaction, so a crash at
// any point loses no acknowledged bundle and counts none twice; sending a
// bundle again, under the same id, changes nothing.
package ingest

import (
	"errors"

	"akita/internal/queue"
)

// Limits of one bundle.
const (
	MaxSentBytes    = 8 << 20  // as it is sent, compressed or not
	MaxDecodedBytes = 64 << 20 // after decompression
)

// Reasons for not taking a bundle, told apart with errors.Is; the error's text
// says more. Sending the same bytes again helps only with ErrIncomplete and ErrFull.
var (
	// ErrMalformed says that the bundle is not what a bundle is; for a bad
	// witness the text names its line.
	ErrMalformed = errors.New("malformed bundle")
	// ErrTooLarge says that the bundle is beyond MaxSentBytes or MaxDecodedBytes.
	ErrTooLarge = errors.New("bundle too large")
	// ErrEncoding says that the content encoding is neither zstd nor none.
	ErrEncoding = errors.New("unsupported content encoding")
	// ErrIncomplete says that the body could not be read to its end.
	ErrIncomplete = errors.New("incomplete bundle")
	// ErrFull says that the queue, the disk or memory has no room now.
	ErrFull = queue.ErrFull
)
