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
	bytes int // of an answer, which is a list of records; 0: one record
	large int // bytes of the answer to the first call; 0: as large as the others
}

// netbox is as large as a recording of NetBox: 12 MB, almost half of it in one body.
var netbox = archive{"NetBox's size", size{868, false}, 3130, 1000, 4_700_000}

var manyCalls = archive{"10,000 calls", size{50, false}, 10_000, 0, 0}

func (a archive) text() []byte {
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	out := []byte(`{"log":{"version":"1.2","entries":[`)
	for i := range a.calls {
		call := a.of.call(i)
		endpoint := i % a.of.endpoints
		switch {
		case i == 0 && a.large > 0:
			call.Answer = records(endpoint, i, a.large)
		case a.bytes > 0:
			call.Answer = records(endpoint, i, a.bytes)
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = call.Append(out, start.Add(time.Duration(i)*time.Second))
	}
	return append(out, `]}}`...)
}

// records returns the answer to call i as a list of records, of at least size bytes.
func records(endpoint, i, size int) string {
	var out strings.Builder
	out.WriteByte('[')
	for n := 0; out.Len() < size-1; n++ {
		if n > 0 {
			out.WriteByte(',')
		}
		out.WriteString(record(endpoint, i+n))
	}
	return out.String() + "]"
}
