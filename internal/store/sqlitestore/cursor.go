package sqlitestore

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"akita/internal/store"
)

// cursor identifies the last trace of a page. Its text form is
// "1764579600000000.lrn_…".
type cursor struct {
	start int64 // microseconds since 1970 (UTC)
	id    string
}

func cursorAfter(t store.Trace) string {
	return strconv.FormatInt(t.Start.UnixMicro(), 10) + "." + t.ID
}

// parseCursor parses a cursor. The empty text is the cursor of the first page,
// whose start is later than that of every trace.
func parseCursor(text string) (cursor, error) {
	if text == "" {
		return cursor{start: math.MaxInt64}, nil
	}
	start, id, ok := strings.Cut(text, ".")
	n, err := strconv.ParseInt(start, 10, 64)
	if !ok || err != nil {
		return cursor{}, fmt.Errorf("%w %q: use the value of next from the previous page", store.ErrBadCursor, text)
	}
	return cursor{n, id}, nil
}
