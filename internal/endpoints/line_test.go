package endpoints

import (
	"maps"
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/witness"
)

func TestLine(t *testing.T) {
	t.Parallel()
	key := []witness.Auth{{Type: witness.AuthAPIKey, In: "header", Name: "x-key"}}
	m := apimodel.New()
	for _, w := range []witness.Witness{
		{Status: 200, LatencyMs: 10, Auth: key},
		{Status: 200, LatencyMs: 20},
		{Status: 503, Response: &witness.Body{MediaType: "text/csv", Unread: witness.UnreadType}},
		{Status: 0},
	} {
		w.Method, w.Template = "GET", "/a"
		m.Add(&w)
	}
	for r := range m.Routes() {
		l := newLine(r.Operation)
		if l.requests != 4 || l.errors != 1 || !maps.Equal(l.statuses, map[string]uint64{"200": 2, "503": 1}) {
			t.Errorf("%d requests, %d errors, statuses %v", l.requests, l.errors, l.statuses)
		}
		if !slices.Equal(l.auth, []string{string(witness.AuthAPIKey)}) ||
			l.types[NoAuth] != 2 || len(l.alone) != 2 {
			t.Errorf("authentication %v, %v, alone %v", l.auth, l.types, l.alone)
		}
		if l.latency.Max != 20 || l.unread[string(witness.UnreadType)] != 1 {
			t.Errorf("latency %+v, unread %v", l.latency, l.unread)
		}
		if !l.answered("5XX") || !l.answered("200") || l.answered("4xx") {
			t.Error("the filter by status is wrong")
		}
	}
}
