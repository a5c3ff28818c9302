package shape

import (
	"slices"
	"testing"

	"akita/internal/format"
)

func TestFormatsAreCountedInOrder(t *testing.T) {
	t.Parallel()
	var f, o Formats
	f.addSet(format.Of(format.Hex)|format.Of(format.UUID), nil)
	f.addSet(0, nil)
	o.addSet(format.Of(format.Date), new(Arena))
	o.addSet(format.Of(format.Hex), new(Arena))
	f.merge(o)
	want := Formats{{format.Date, 1}, {format.UUID, 1}, {format.Hex, 2}}
	slices.SortFunc(want, func(a, b FormatCount) int { return int(a.Format) - int(b.Format) })
	if !slices.Equal(f, want) {
		t.Errorf("got %v, want %v", f, want)
	}
	if f.Of(format.Hex) != 2 || f.Of(format.Email) != 0 {
		t.Errorf("%d in hex, %d addresses of mail", f.Of(format.Hex), f.Of(format.Email))
	}
	if len(o) != 2 {
		t.Errorf("merging changed what was merged: %v", o)
	}
}
