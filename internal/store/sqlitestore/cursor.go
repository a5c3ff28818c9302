package sqlitestore

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"akita/internal/store"
)

// cursor names the last trace of a page: "1764579600000000.lrn_…" in a URL.
type cursor struct {
	start int64 // microseconds since 1970
	id    string
}

func cursorAfter(t store.Trace) string {
	return strconv.FormatInt(t.Start.UnixMicro(), 10) + "." + t.ID
}

// parseCursor reads a cursor; that of the first page comes after every trace.
func parseCursor(text string) (cursor, error) {
	if text == "" {
		return cursor{start: math.MaxInt64}, nil
	}
	start, id, ok := strings.Cut(text, ".")
	n, err := strconv.ParseInt(start, 10, 64)
	if !ok || err != nil {
		return cursor{}, fmt.Errorf("%w %q: take the next of the page before", store.ErrBadCursor, text)
	}
	return cursor{n, id}, nil
}
