package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestArchive(t *testing.T) {
	t.Parallel()
	a := archive{"", size{3, false}, 5, 1000, 10_000}
	text := a.text()
	if !bytes.Equal(text, a.text()) {
		t.Error("two archives differ")
	}
	var har struct {
		Log struct {
			Entries []struct {
				Response struct{ Content struct{ Text string } }
			}
		}
	}
	if err := json.Unmarshal(text, &har); err != nil || len(har.Log.Entries) != a.calls {
		t.Fatalf("%d entries, %v; want %d", len(har.Log.Entries), err, a.calls)
	}
	for i, e := range har.Log.Entries {
		answer := e.Response.Content.Text
		if !json.Valid([]byte(answer)) || len(answer) < a.bytes || i == 0 != (len(answer) >= a.large) {
			t.Errorf("answer %d has %d bytes: %.100s", i, len(answer), answer)
		}
	}
}
