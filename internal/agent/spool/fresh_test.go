package spool

import (
	"bytes"
	"fmt"
	"testing"

	"akita/internal/delta"
	"akita/internal/witness"
)

// foldedCall returns a delta with one call, whose line has some bytes.
func foldedCall(t *testing.T, size int) *delta.Delta {
	t.Helper()
	d := delta.New()
	if err := d.AddRead(&witness.Witness{Method: "GET", Template: "/a"}, bytes.Repeat([]byte("x"), size)); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFresh(t *testing.T) {
	t.Parallel()
	var f fresh
	put := func(name string, folded ...*delta.Delta) {
		f.put(&frame{header: header{Bundle: name}, folded: folded})
	}
	a, b := foldedCall(t, 100), foldedCall(t, 200)
	put("both", a, b)
	put("partly", a, nil)
	if got := f.take("partly"); got != nil {
		t.Errorf("of a frame with a batch that is not folded, %v is kept", got)
	}
	if got := f.take("both"); len(got) != 2 || got[0] != a || got[1] != b || f.bytes != 0 {
		t.Errorf("got %v, and %d bytes are left", got, f.bytes)
	}
	if got := f.take("both"); got != nil {
		t.Errorf("%v is returned twice", got)
	}
	put("too large", foldedCall(t, freshBytes+1))
	if got := f.take("too large"); got != nil {
		t.Error("a frame that is too large is kept")
	}
	for i := range 5 {
		put(fmt.Sprint(i), foldedCall(t, freshBytes/4))
	}
	if f.bytes > freshBytes || f.take("0") != nil || f.take("4") == nil {
		t.Errorf("%d bytes are kept; want the newest", f.bytes)
	}
}
