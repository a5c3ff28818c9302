package sqlitestore

import (
	"errors"
	"math"
	"testing"
	"time"

	"akita/internal/store"
)

func TestParseCursor(t *testing.T) {
	t.Parallel()
	trace := store.Trace{ID: "lrn_6EjLU2sINbfKRwmqeqQM8s", Start: time.UnixMicro(1764579600000000)}
	for _, c := range []struct {
		text string
		want cursor
		err  error
	}{
		{"", cursor{start: math.MaxInt64}, nil},
		{cursorAfter(trace), cursor{1764579600000000, trace.ID}, nil},
		{"-5.lrn_1", cursor{-5, "lrn_1"}, nil},
		{"12", cursor{}, store.ErrBadCursor},
		{".lrn_1", cursor{}, store.ErrBadCursor},
		{"12x.lrn_1", cursor{}, store.ErrBadCursor},
		{"99999999999999999999.lrn_1", cursor{}, store.ErrBadCursor},
	} {
		if got, err := parseCursor(c.text); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("parseCursor(%q) = %+v, %v; want %+v, %v", c.text, got, err, c.want, c.err)
		}
	}
}
