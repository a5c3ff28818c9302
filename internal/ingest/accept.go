package ingest

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"runtime"
	"slices"

	"akita/internal/delta"
	"akita/internal/queue"
)

// Bundle is a batch of witnesses as a daemon sends it, or several that it has folded into a delta.
type Bundle struct {
	ID              string   // chosen by the daemon, bdl_…; the same for every attempt
	With            []string // the ids of further bundles that are folded into Body
	ProjectID       string
	TraceID         string    // of the project; the caller has checked that it exists
	Also            []string  // further traces of the project that saw the calls
	Repeats         []string  // traces of the project for which another bundle has the same calls
	ContentEncoding string    // "zstd", or "" or "identity" if Body is not compressed
	Body            io.Reader // NDJSON witnesses, or an encoded delta (package delta)
	Length          int64     // of Body, in bytes; 0 or less if unknown
}

// Acceptor checks bundles and appends them to the queue. It is safe for
// concurrent use.
type Acceptor struct {
	queue     queue.Queue
	codec     *codec
	admission admission
	checking  chan struct{} // holds a value for each bundle being checked
	fresh     *fresh
}

// NewAcceptor returns an Acceptor that appends to q.
func NewAcceptor(q queue.Queue) *Acceptor {
	return &Acceptor{
		queue: q, codec: newCodec(), admission: newAdmission(),
		checking: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), fresh: newFresh(),
	}
}

// Accept checks a bundle, appends it to the queue and returns the number of its
// witnesses. One bad witness makes it refuse the whole bundle. duplicate reports
// that a bundle with this id was accepted before; then nothing is added. The
// error is one of this package or of the queue; it is a PartlyKnownError if some
// of several bundles were accepted before. If ctx ends early, the bundle
// may still be added; the caller can safely send it again.
func (a *Acceptor) Accept(ctx context.Context, b Bundle) (witnesses int, duplicate bool, err error) {
	if err := b.check(); err != nil {
		return 0, false, err
	}
	release, err := a.admission.acquire(ctx, b.Length)
	if err != nil {
		return 0, false, err
	}
	defer release()
	sent, err := readBody(b.Body)
	if err != nil {
		return 0, false, err
	}
	payload, calls, err := a.check(ctx, sent, b)
	if err != nil {
		return 0, false, err
	}
	// The worker may look for the calls before Append returns.
	crc := crc32.Checksum(payload, castagnoli)
	a.fresh.put(b.ID, freshCalls{crc, calls})
	witnesses = calls.Calls() // the worker takes the calls over
	known, err := a.queue.Append(ctx, queue.Item{
		BundleID: b.ID, With: b.With,
		ProjectID: b.ProjectID, TraceID: b.TraceID, Also: b.Also, Repeats: b.Repeats,
		Witnesses: witnesses, Payload: payload,
	})
	if err != nil || len(known) > 0 {
		a.fresh.take(b.ID, crc)
	}
	switch {
	case err != nil:
		return 0, false, fmt.Errorf("accept bundle: %w", err)
	case len(known) > 0 && len(known) <= len(b.With):
		return 0, false, &PartlyKnownError{known}
	}
	return witnesses, len(known) > 0, nil
}

// PartlyKnownError means that some of the bundles in a delta were accepted before, so nothing is
// added: the sender has to fold the others alone.
type PartlyKnownError struct{ Known []string }

func (e *PartlyKnownError) Error() string {
	return fmt.Sprintf("%d of its bundles were accepted before", len(e.Known))
}

// check checks what is sent beside the body.
func (b *Bundle) check() error {
	if len(b.With) >= MaxBundles {
		return fmt.Errorf("%w: it is made of more than %d bundles", ErrMalformed, MaxBundles)
	}
	ids := append([]string{b.ID}, b.With...)
	if slices.ContainsFunc(ids, func(id string) bool { return !isBundleID(id) }) {
		return fmt.Errorf("%w: its id must have 1 to 64 characters A-Za-z0-9_-", ErrMalformed)
	}
	if slices.Sort(ids); len(slices.Compact(ids)) <= len(b.With) {
		return fmt.Errorf("%w: it names a bundle twice", ErrMalformed)
	}
	return checkEncoding(b.ContentEncoding)
}

// maxBundleID is the maximum length of a bundle's id. The expression below does not say so itself: it
// would take 60 KB of every process.
const maxBundleID = 64

var fileName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// isBundleID reports whether an id is safe in a file name.
func isBundleID(id string) bool { return len(id) <= maxBundleID && fileName.MatchString(id) }

func checkEncoding(name string) error {
	switch name {
	case "zstd", "identity", "":
		return nil
	}
	return fmt.Errorf("%w %q: send zstd, or plain lines without Content-Encoding", ErrEncoding, name)
}

// readBody reads a body of at most MaxSentBytes. It allocates as bytes arrive,
// so an announced length takes no memory.
func readBody(r io.Reader) ([]byte, error) {
	sent, err := io.ReadAll(io.LimitReader(r, MaxSentBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrIncomplete, err)
	}
	if len(sent) > MaxSentBytes {
		return nil, fmt.Errorf("%w: more than %d bytes: send fewer witnesses at once", ErrTooLarge, MaxSentBytes)
	}
	return sent, nil
}

// check validates a body, and returns the payload for the queue, compressed, and the calls in it. It
// runs for a limited number of bundles at once, because each takes memory.
func (a *Acceptor) check(ctx context.Context, sent []byte, b Bundle) (payload []byte, calls *delta.Delta, err error) {
	select {
	case a.checking <- struct{}{}:
		defer func() { <-a.checking }()
	case <-ctx.Done():
		return nil, nil, fmt.Errorf("accept bundle: %w", ctx.Err())
	}
	if payload = sent; b.ContentEncoding == "zstd" {
		calls, err = a.codec.calls(sent)
	} else if calls, err = a.codec.callsIn(bytes.NewReader(sent)); err == nil {
		payload = a.codec.compress(sent)
	}
	switch {
	case err != nil:
		return nil, nil, err
	case calls.Calls() == 0:
		return nil, nil, fmt.Errorf("%w: it has no witnesses", ErrMalformed)
	}
	return payload, calls, nil
}
