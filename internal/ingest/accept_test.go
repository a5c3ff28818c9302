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
	plain := ingest.Bundle{ID: "bdl_plain", ProjectID: p.trace.ProjectID, TraceID: p.trace.ID, Body: bytes.NewReader(lines("plain", 2))}
	noEnd := ingest.Bundle{ID: "bdl_no-end", ContentEncoding: "identity", Body: bytes.NewReader(bytes.TrimSuffix(lines("b", 5), []byte("\n")))}
	for _, c := range []struct {
		bundle    ingest.Bundle
		witnesses int
		duplicate bool
	}{
		{p.bundle("compressed", 3), 3, false},
		{plain, 2, false},
		{noEnd, 5, false},
		{p.bundle("compressed", 3), 3, true},
	} {
		witnesses, duplicate, err := a.Accept(t.Context(), c.bundle)
		if err != nil || witnesses != c.witnesses || duplicate != c.duplicate {
			t.Errorf("%s: %d witnesses, duplicate %t, %v; want %d, %t", c.bundle.ID, witnesses, duplicate, err, c.witnesses, c.duplicate)
		}
	}

	items, err := p.queue.Read(t.Context(), 0, 10, 1<<20)
	must(t, err)
	if len(items) != 3 {
		t.Fatalf("%d items queued, want 3", len(items))
	}
	if i := items[1]; i.BundleID != plain.ID || i.ProjectID != plain.ProjectID || i.TraceID != plain.TraceID || i.Witnesses != 2 {
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
	for name, c := range map[string]struct {
		id, encoding string
		body         io.Reader
		want         error
		says         string
	}{
		"no id":             {"", "", strings.NewReader(good), ingest.ErrMalformed, "want an id of at most 64 characters A-Za-z0-9_-"},
		"a path for an id":  {"../../etc", "", strings.NewReader(good), ingest.ErrMalformed, "want an id"},
		"a long id":         {strings.Repeat("b", 65), "", strings.NewReader(good), ingest.ErrMalformed, "want an id"},
		"gzip":              {"b", "gzip", strings.NewReader(good), ingest.ErrEncoding, `unsupported content encoding "gzip": send zstd, or plain lines without Content-Encoding`},
		"two encodings":     {"b", "zstd, zstd", strings.NewReader(good), ingest.ErrEncoding, `"zstd, zstd"`},
		"nothing":           {"b", "", strings.NewReader(""), ingest.ErrMalformed, "it holds no witness"},
		"empty lines":       {"b", "", strings.NewReader("\n\n"), ingest.ErrMalformed, "it holds no witness"},
		"nothing in zstd":   {"b", "zstd", bytes.NewReader(compress(nil)), ingest.ErrMalformed, "it holds no witness"},
		"no JSON":           {"b", "", strings.NewReader(good + good + "{\n" + good), ingest.ErrMalformed, "line 3"},
		"no witness":        {"b", "", strings.NewReader(good + "{}\n"), ingest.ErrMalformed, "line 2: its method"},
		"no witness, zstd":  {"b", "zstd", bytes.NewReader(compress([]byte(good + "{}\n"))), ingest.ErrMalformed, "line 2: its method"},
		"no zstd":           {"b", "zstd", strings.NewReader(good), ingest.ErrMalformed, "malformed bundle"},
		"something after":   {"b", "zstd", bytes.NewReader(append(compress([]byte(good)), "more"...)), ingest.ErrMalformed, "malformed bundle"},
		"a flipped bit":     {"b", "zstd", bytes.NewReader(flip(compress([]byte(good)))), ingest.ErrMalformed, "malformed bundle"},
		"too long as sent":  {"b", "", strings.NewReader(zeros + "0"), ingest.ErrTooLarge, "longer than 8388608 bytes: send fewer witnesses at once"},
		"a bomb":            {"b", "zstd", bytes.NewReader(bomb(64)), ingest.ErrTooLarge, "longer than 67108864 bytes when decompressed"},
		"a bomb of bombs":   {"b", "zstd", bytes.NewReader(bytes.Repeat(bomb(1), 64)), ingest.ErrTooLarge, "when decompressed"},
		"a connection lost": {"b", "", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(good))), ingest.ErrIncomplete, "timeout"},
		"half a request":    {"b", "", io.MultiReader(strings.NewReader(good), iotest.ErrReader(io.ErrUnexpectedEOF)), ingest.ErrIncomplete, "unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := a.Accept(t.Context(), ingest.Bundle{ID: c.id, ContentEncoding: c.encoding, Body: c.body})
			if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.says)
			}
		})
	}
	t.Cleanup(func() { // runs before that of setup
		if items, _, err := p.queue.Depth(t.Context()); items != 0 || err != nil {
			t.Errorf("%d refused bundles were queued, %v", items, err)
		}
	})
}

func TestCutOffBundlesAreRefused(t *testing.T) {
	t.Parallel()
	p := setup(t)
	a := ingest.NewAcceptor(p.queue)
	whole := compress(lines("a", 3))
	for n := range whole {
		_, _, err := a.Accept(t.Context(), ingest.Bundle{ID: "b", ContentEncoding: "zstd", Body: bytes.NewReader(whole[:n])})
		if !errors.Is(err, ingest.ErrMalformed) {
			t.Errorf("the first %d of %d bytes: got %v, want ErrMalformed", n, len(whole), err)
		}
	}
}

func TestAcceptWithoutRoom(t *testing.T) {
	t.Parallel()
	q, err := sqlitequeue.Open(t.Context(), sqlitequeue.Config{Path: filepath.Join(t.TempDir(), "queue.db"), MaxBytes: 1})
	must(t, err)
	t.Cleanup(func() { must(t, q.Close()) })
	_, _, err = ingest.NewAcceptor(q).Accept(t.Context(), ingest.Bundle{ID: "b", Body: bytes.NewReader(lines("a", 1))})
	if !errors.Is(err, ingest.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
}

// bomb is zstd of so many witnesses, each on a line of more than a megabyte.
func bomb(megabytes int) []byte {
	line := bytes.TrimSuffix(lines("a", 1), []byte("\n"))
	line = append(line, bytes.Repeat([]byte(" "), 1<<20)...)
	return compress(bytes.Repeat(append(line, '\n'), megabytes))
}

func flip(b []byte) []byte {
	b[len(b)/2] ^= 1
	return b
}
