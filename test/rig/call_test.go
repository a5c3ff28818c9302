package rig_test

import (
	"encoding/json"
	"testing"
	"time"

	"akita/test/rig"
)

func TestBatch(t *testing.T) {
	t.Parallel()
	calls := []rig.Call{
		{Number: 1, Path: "users/7/", Route: "users/<int:pk>/", Answer: `{"name":"Ada"}`},
		{Number: 2, Path: "users/", Answer: `[]`},
	}
	b := rig.NewBatch("3", calls)
	for number, start := range []string{"2026-01-05T09:00:00.25Z", "2026-11-30T23:59:59Z"} {
		at, err := time.Parse(time.RFC3339, start)
		if err != nil {
			t.Fatal(err)
		}
		b.Stamp(number, at)
		var got struct {
			BatchID string `json:"batch_id"`
			Events  []struct {
				Started time.Time `json:"startedDateTime"`
				Akita   *struct {
					Route    *string `json:"route"`
					Consumer string  `json:"consumer"`
				} `json:"_akita"`
				Response struct {
					Content struct{ Text string }
				}
			} `json:"trace_events"`
		}
		if err := json.Unmarshal(b.Body, &got); err != nil {
			t.Fatal(err)
		}
		if want := []string{"3-00000000", "3-00000001"}[number]; got.BatchID != want {
			t.Errorf("batch %q, want %q", got.BatchID, want)
		}
		if len(got.Events) != len(calls) || b.Events != len(calls) {
			t.Fatalf("%d events, want %d", len(got.Events), len(calls))
		}
		for i, e := range got.Events {
			if !e.Started.Equal(at) || e.Response.Content.Text != calls[i].Answer {
				t.Errorf("event %d: %+v", i, e)
			}
		}
		first, second := got.Events[0].Akita, got.Events[1].Akita
		if first == nil || second == nil || first.Route == nil || *first.Route != calls[0].Route || second.Route != nil {
			t.Errorf("routes: %+v", got.Events)
		}
		if first.Consumer == "" || first.Consumer == second.Consumer {
			t.Errorf("consumers: %q and %q", first.Consumer, second.Consumer)
		}
	}
}
