package main

import (
	"strings"
	"time"
)

// archive is a HAR of an API's calls.
type archive struct {
	name  string
	of    size
	calls int
	large int // bytes of the answer to the first call; 0: as large as the others
}

// netbox has the size of a recording of NetBox: 12 MB, of which one body has almost half.
var netbox = archive{"NetBox's size", size{868, false}, 3130, 4_700_000}

var manyCalls = archive{"10,000 calls", size{50, false}, 10_000, 0}

func (a archive) text() []byte {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	out := []byte(`{"log":{"version":"1.2","entries":[`)
	for i := range a.calls {
		call := a.of.call(i)
		if i == 0 && a.large > 0 {
			call.Answer = records(a.large)
		} else if i > 0 {
			out = append(out, ',')
		}
		out = call.Append(out, start.Add(time.Duration(i)*time.Second))
	}
	return append(out, `]}}`...)
}

// records returns a JSON array of at least size bytes.
func records(size int) string {
	var out strings.Builder
	out.WriteByte('[')
	for i := 0; out.Len() < size-1; i++ {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(record(0, i))
	}
	return out.String() + "]"
}
