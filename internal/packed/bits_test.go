package packed_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/packed"
)

func TestBitsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.OneOf(
			rapid.Uint64Range(0, 40), rapid.Uint64Range(0, math.MaxUint64-1))).Draw(t, "numbers")
		flags := rapid.SliceOf(rapid.Bool()).Draw(t, "flags")
		width := rapid.IntRange(0, 64).Draw(t, "width")
		mask := uint64(math.MaxUint64)
		if width < 64 {
			mask = 1<<width - 1
		}
		var w packed.BitWriter
		for _, n := range numbers {
			w.Number(n)
			w.Bits(n, width)
		}
		for _, f := range flags {
			w.Bool(f)
		}
		r := packed.NewBitReader(w.Text())
		for i, n := range numbers {
			if got := r.Number(); got != n {
				t.Fatalf("number %d is %d, want %d", i, got, n)
			}
			if got := r.Bits(width); got != n&mask {
				t.Fatalf("%d bits of number %d are %d, want %d", width, i, got, n&mask)
			}
		}
		for i, f := range flags {
			if got := r.Bool(); got != f {
				t.Fatalf("flag %d is %t", i, got)
			}
		}
		if r.IsBad() || !r.IsDone() {
			t.Fatal("the record is not read to its end")
		}
	})
}

func TestNumbersTakeFewBits(t *testing.T) {
	t.Parallel()
	for n, want := range map[uint64]int{0: 1, 1: 1, 2: 1, 6: 1, 7: 1, 14: 1, 15: 2, 1 << 20: 6} {
		var w packed.BitWriter
		w.Number(n)
		if got := len(w.Text()); got != want {
			t.Errorf("%d takes %d bytes, want %d", n, got, want)
		}
	}
}

func TestBadBits(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing": "", "only zeros": "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "a number that is cut off": "\x01",
	} {
		r := packed.NewBitReader(text)
		if n := r.Number(); n != 0 || !r.IsBad() || r.IsDone() {
			t.Errorf("%s: read %d, bad %t", name, n, r.IsBad())
		}
	}
	r := packed.NewBitReader("\xff")
	if r.Number(); r.IsDone() {
		t.Error("bits that are set fill the last byte")
	}
}
