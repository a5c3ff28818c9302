package content

import (
	"errors"
	"strings"
	"testing"
)

func TestMagic(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"\x1f\x8b\x08\x00": gzipCoding, "\x28\xb5\x2f\xfd\x00": zstdCoding, "x\x9c\x01": zlibCoding, "x\x01\x01": zlibCoding,
		"x\xda\x01": zlibCoding, "": "", "x": "", "xy": "", "\x1f\x8b": "", "\x1f\x9d\x08": "", "x\xbb\x01": "", "hi there": "",
	} {
		if got := magic(data); got != want {
			t.Errorf("magic(%q) = %q, want %q", data, got, want)
		}
	}
}

func TestInflateNeedsAKnownCoding(t *testing.T) {
	t.Parallel()
	if _, err := inflate("compress", "x", 10); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

// Every decoder gives at most limit bytes, or an error of ours, for any bytes.
func fuzzInflate(f *testing.F, coding string, seeds ...string) {
	f.Helper()
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		const limit = 1 << 16
		got, err := inflate(coding, data, limit)
		if len(got) > limit || err != nil && got != "" {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("another error: %v", err)
		}
	})
}

const emptyGzip = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00"

func FuzzGzip(f *testing.F) {
	fuzzInflate(f, gzipCoding, emptyGzip, emptyGzip+emptyGzip, emptyGzip[:12])
}
func FuzzZlib(f *testing.F) { fuzzInflate(f, zlibCoding, "x\x9c\x4b\x04\x00\x00\x62\x00\x62", "x\x01") }
func FuzzDeflate(f *testing.F) {
	fuzzInflate(f, deflateCoding, "\x4b\x04\x00", "\x01\x01\x00\xfe\xffa")
}
func FuzzBrotli(f *testing.F) { fuzzInflate(f, brotliCoding, "\x06", "\x0b\x00\x80a\x03", "\x3b") }
func FuzzZstd(f *testing.F) {
	frame := "\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00a\x38\x0b\x82\x4a"
	fuzzInflate(f, zstdCoding, frame, frame[:8], strings.Repeat(frame, 2))
}
