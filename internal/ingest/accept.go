package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"runtime"

	"akita/internal/queue"
	"akita/internal/witness"
)

// Bundle is a batch of witnesses as a daemon sends it.
type Bundle struct {
	ID              string // chosen by the daemon, bdl_…; the same for every attempt
	ProjectID       string
	TraceID         string   // of the project; the caller has checked that it exists
	Also            []string // further traces of the project that saw the calls
	Repeats         []string // traces of the project of which another bundle has the same calls
	ContentEncoding string   // "zstd", or "" or "identity" for plain NDJSON
	Body            io.Reader
	Length          int64 // of Body, in bytes; 0 or less if unknown
}

// Acceptor checks bundles and appends them to the queue. It is safe for
// concurrent use.
type Acceptor struct {
	queue     queue.Queue
	codec     *codec
	admission admission
	checking  chan struct{} // holds a value for each bundle being checked
}

// NewAcceptor returns an Acceptor that appends to q.
func NewAcceptor(q queue.Queue) *Acceptor {
	return &Acceptor{
		queue: q, codec: newCodec(), admission: newAdmission(),
		checking: make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
	}
}

// Accept checks a bundle, appends it to the queue and returns the number of its
// witnesses. One bad witness makes it refuse the whole bundle. duplicate reports
// that a bundle with this id was accepted before; then nothing is added. The
// error is one of this package or of the queue. If ctx ends early, the bundle
// may still be added; the caller can safely send it again.
func (a *Acceptor) Accept(ctx context.Context, b Bundle) (witnesses int, duplicate bool, err error) {
	if !isBundleID(b.ID) {
		return 0, false, fmt.Errorf("%w: its id must have 1 to 64 characters A-Za-z0-9_-", ErrMalformed)
	}
	if err := checkEncoding(b.ContentEncoding); err != nil {
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
	payload, witnesses, err := a.check(ctx, sent, b.ContentEncoding)
	if err != nil {
		return 0, false, err
	}
	duplicate, err = a.queue.Append(ctx, queue.Item{
		BundleID: b.ID, ProjectID: b.ProjectID, TraceID: b.TraceID, Also: b.Also, Repeats: b.Repeats,
		Witnesses: witnesses, Payload: payload,
	})
	if err != nil {
		return 0, false, fmt.Errorf("accept bundle: %w", err)
	}
	return witnesses, duplicate, nil
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

// check validates and counts the witnesses and returns the compressed payload.
// It runs for a limited number of bundles at once, because each takes memory.
func (a *Acceptor) check(
	ctx context.Context, sent []byte, encoding string,
) (payload []byte, witnesses int, err error) {
	select {
	case a.checking <- struct{}{}:
		defer func() { <-a.checking }()
	case <-ctx.Done():
		return nil, 0, fmt.Errorf("accept bundle: %w", ctx.Err())
	}
	count := func(*witness.Witness) { witnesses++ }
	if encoding == "zstd" {
		payload, err = sent, a.codec.each(sent, count)
	} else if err = eachLine(bytes.NewReader(sent), count); err == nil {
		payload = a.codec.compress(sent)
	}
	if err == nil && witnesses == 0 {
		err = fmt.Errorf("%w: it has no witnesses", ErrMalformed)
	}
	return payload, witnesses, err
}
