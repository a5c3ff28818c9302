// These tests cover codec.go too.
package ingest_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"

	"akita/internal/ingest"
	"akita/internal/queue/sqlitequeue"
)

func TestAccept(t *testing.T) {
	t.Parallel()
	p := setup(t)
	a := ingest.NewAcceptor(p.queue)
	plain := ingest.Bundle{
		ID: "bdl_plain", ProjectID: p.trace.ProjectID, TraceID: p.trace.ID, Body: bytes.NewReader(lines("plain", 2)),
	}
	noNewline := ingest.Bundle{
		ID: "bdl_no-newline", ContentEncoding: "identity",
		Body: bytes.NewReader(bytes.TrimSuffix(lines("b", 5), []byte("\n"))),
	}
	for _, c := range []struct {
		bundle    ingest.Bundle
		witnesses int
		duplicate bool
	}{
		{p.bundle("compressed", 3), 3, false},
		{plain, 2, false},
		{noNewline, 5, false},
		{p.bundle("compressed", 3), 3, true},
	} {
		witnesses, duplicate, err := a.Accept(t.Context(), c.bundle)
		if err != nil || witnesses != c.witnesses || duplicate != c.duplicate {
			t.Errorf("%s: %d witnesses, duplicate %t, %v; want %d, %t",
				c.bundle.ID, witnesses, duplicate, err, c.witnesses, c.duplicate)
		}
	}

	items, err := p.queue.Read(t.Context(), 0, 10, 1<<20)
	must(t, err)
	if len(items) != 3 {
		t.Fatalf("%d items queued, want 3", len(items))
	}
	i := items[1]
	if i.BundleID != plain.ID || i.ProjectID != plain.ProjectID || i.TraceID != plain.TraceID || i.Witnesses != 2 {
		t.Errorf("queued %+v", i)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	must(t, err)
	defer decoder.Close()
	if got, err := decoder.DecodeAll(items[1].Payload, nil); err != nil || !bytes.Equal(got, lines("plain", 2)) {
		t.Errorf("plain lines were queued as %q, %v", got, err)
	}
}

func TestRefusedBundles(t *testing.T) {
	t.Parallel()
	p := setup(t)
	a := ingest.NewAcceptor(p.queue)
	good := string(lines("a", 1))
	zeros := strings.Repeat("0", ingest.MaxSentBytes)
	plain := func(text string) io.Reader { return strings.NewReader(text) }
	zipped := func(text string) io.Reader { return bytes.NewReader(compress([]byte(text))) }
	damaged := flip(compress([]byte(good)))
	broken := iotest.ErrReader(io.ErrUnexpectedEOF)
	malformed, tooLarge, incomplete := ingest.ErrMalformed, ingest.ErrTooLarge, ingest.ErrIncomplete
	for name, c := range map[string]struct {
		id, encoding string
		body         io.Reader
		want         error
		message      string
	}{
		"no id":           {"", "", plain(good), malformed, "its id must have 1 to 64 characters A-Za-z0-9_-"},
		"path as id":      {"../../etc", "", plain(good), malformed, "its id must"},
		"long id":         {strings.Repeat("b", 65), "", plain(good), malformed, "its id must"},
		"gzip":            {"b", "gzip", plain(good), ingest.ErrEncoding, `"gzip": send zstd, or plain lines`},
		"two encodings":   {"b", "zstd, zstd", plain(good), ingest.ErrEncoding, `"zstd, zstd"`},
		"empty":           {"b", "", plain(""), malformed, "it has no witnesses"},
		"empty lines":     {"b", "", plain("\n\n"), malformed, "it has no witnesses"},
		"empty zstd":      {"b", "zstd", zipped(""), malformed, "it has no witnesses"},
		"bad JSON":        {"b", "", plain(good + good + "{\n" + good), malformed, "line 3"},
		"bad witness":     {"b", "", plain(good + "{}\n"), malformed, "line 2: its method"},
		"bad zstd line":   {"b", "zstd", zipped(good + "{}\n"), malformed, "line 2: its method"},
		"not zstd":        {"b", "zstd", plain(good), malformed, "malformed bundle"},
		"trailing data":   {"b", "zstd", io.MultiReader(zipped(good), plain("more")), malformed, "malformed bundle"},
		"flipped bit":     {"b", "zstd", bytes.NewReader(damaged), malformed, "malformed bundle"},
		"too long":        {"b", "", plain(zeros + "0"), tooLarge, "more than 8388608 bytes: send fewer witnesses"},
		"zstd bomb":       {"b", "zstd", bytes.NewReader(bomb(64)), tooLarge, "than 67108864 bytes when decompressed"},
		"many frames":     {"b", "zstd", bytes.NewReader(bytes.Repeat(bomb(1), 64)), tooLarge, "when decompressed"},
		"lost connection": {"b", "", iotest.TimeoutReader(iotest.OneByteReader(plain(good))), incomplete, "timeout"},
		"cut off":         {"b", "", io.MultiReader(plain(good), broken), incomplete, "unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := a.Accept(t.Context(), ingest.Bundle{ID: c.id, ContentEncoding: c.encoding, Body: c.body})
			if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.message) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.message)
			}
		})
	}
	t.Cleanup(func() { // runs before the cleanup of setup
		if items, _, err := p.queue.Depth(t.Context()); items != 0 || err != nil {
			t.Errorf("%d refused bundles were queued, %v", items, err)
		}
	})
}

func TestTruncatedBundles(t *testing.T) {
	t.Parallel()
	p := setup(t)
	a := ingest.NewAcceptor(p.queue)
	whole := compress(lines("a", 3))
	for n := range whole {
		bundle := ingest.Bundle{ID: "b", ContentEncoding: "zstd", Body: bytes.NewReader(whole[:n])}
		_, _, err := a.Accept(t.Context(), bundle)
		if !errors.Is(err, ingest.ErrMalformed) {
			t.Errorf("the first %d of %d bytes: got %v, want ErrMalformed", n, len(whole), err)
		}
	}
}

func TestAcceptWithFullQueue(t *testing.T) {
	t.Parallel()
	config := sqlitequeue.Config{Path: filepath.Join(t.TempDir(), "queue.db"), MaxBytes: 1}
	q, err := sqlitequeue.Open(t.Context(), config)
	must(t, err)
	t.Cleanup(func() { must(t, q.Close()) })
	_, _, err = ingest.NewAcceptor(q).Accept(t.Context(), ingest.Bundle{ID: "b", Body: bytes.NewReader(lines("a", 1))})
	if !errors.Is(err, ingest.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
}

// bomb returns compressed lines of one megabyte each, with a witness each.
func bomb(megabytes int) []byte {
	line := bytes.TrimSuffix(lines("a", 1), []byte("\n"))
	line = append(line, bytes.Repeat([]byte(" "), 1<<20)...)
	return compress(bytes.Repeat(append(line, '\n'), megabytes))
}

func flip(b []byte) []byte {
	b[len(b)/2] ^= 1
	return b
}
