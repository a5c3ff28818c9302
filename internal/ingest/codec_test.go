package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/zstd"

	"akita/internal/apimodel"
	"akita/internal/store"
	"akita/internal/witness"
)

const line = `{"method":"GET","template":"/a"}` + "\n"

func TestPayloadsReadBack(t *testing.T) {
	t.Parallel()
	c := newCodec()
	lines := []byte(line + line)
	folded, err := c.callsIn(bytes.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"lines": lines, "a delta": folded.Encode()} {
		read, err := c.calls(c.compress(body))
		if err != nil || read.Calls() != 2 || !bytes.Equal(read.Encode(), folded.Encode()) {
			t.Errorf("%s: read %v, %v; want the two calls", name, read, err)
		}
	}
}

func TestDamagedPayloads(t *testing.T) {
	t.Parallel()
	c := newCodec()
	whole := c.compress([]byte(strings.Repeat(line, 1000)))
	wide, err := zstd.NewWriter(nil, zstd.WithWindowSize(2*maxWindowBytes))
	if err != nil {
		t.Fatal(err)
	}
	for name, payload := range map[string][]byte{
		"not zstd":        []byte(line),
		"cut off":         whole[:len(whole)-8],
		"a changed byte":  append(bytes.Clone(whole[:len(whole)-1]), whole[len(whole)-1]^1),
		"not a witness":   c.compress([]byte(line + "{}\n")),
		"not a delta":     c.compress([]byte("AKD1 and lines")),
		"a window of 16M": wide.EncodeAll(bytes.Repeat([]byte(line), 1<<20), nil),
	} {
		if _, err := c.calls(payload); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A small payload can decompress to far more than the memory of the server.
func TestPayloadsAreBoundedWhenDecompressed(t *testing.T) {
	t.Parallel()
	const mebibyte = 1 << 20
	c := newCodec()
	padded := strings.Repeat(" ", mebibyte-len(line)) + line
	lines := bytes.Repeat([]byte(padded), MaxDecodedBytes/mebibyte)
	if _, err := c.callsIn(bytes.NewReader(lines)); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	payload := c.compress(append(lines, '\n'))
	if _, err := c.calls(payload); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%d bytes that become %d: %v", len(payload), len(lines)+1, err)
	}
}

func TestBoundedReader(t *testing.T) {
	t.Parallel()
	for left, want := range map[int]error{3: nil, 2: ErrTooLarge} {
		if _, err := io.ReadAll(&bounded{strings.NewReader("abc"), left}); !errors.Is(err, want) {
			t.Errorf("3 bytes of at most %d: %v, want %v", left, err, want)
		}
	}
}

func TestModelsReadBack(t *testing.T) {
	t.Parallel()
	c := newCodec()
	m := apimodel.New()
	m.Add(&witness.Witness{Method: "GET", Template: "/a"})
	for _, compress := range []bool{false, true} {
		encoded, err := c.encodeModel(m, compress)
		if err != nil {
			t.Fatal(err)
		}
		read, heap, err := c.decodeModel(store.Unit{CaptureID: 7, Start: 1, Model: encoded})
		if err != nil || read.Witnesses() != 1 || heap <= emptyBytes {
			t.Errorf("read %v of %d bytes, %v", read, heap, err)
		}
		for name, damaged := range map[string][]byte{
			"a changed byte":   append(bytes.Clone(encoded[:len(encoded)-1]), encoded[len(encoded)-1]^1),
			"cut off":          encoded[:len(encoded)-1],
			"nothing":          nil,
			"another encoding": c.compress([]byte(`{"version":99}`)),
			"not a model":      seal([]byte{99}),
		} {
			_, _, err := c.decodeModel(store.Unit{CaptureID: 7, Start: 1, Model: damaged})
			want := "model of hour 1970-01-01 01:00:00 +0000 UTC of capture 7 cannot be read"
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("compressed %t, %s: %v", compress, name, err)
			}
		}
	}
}

func TestCodecIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	c := newCodec()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			calls, err := c.calls(c.compress([]byte(strings.Repeat(line, 100))))
			if err != nil || calls.Calls() != 100 {
				t.Errorf("read %v, %v; want 100 calls", calls, err)
			}
		})
	}
	group.Wait()
}
