package main

import "testing"

// Two senders must not post the same batch: each stamps its own.
func TestSendersShareNoBatch(t *testing.T) {
	t.Parallel()
	s := newSenders("", "a", size{5050, true}, 4000)
	events := 0
	for i, c := range s.clients {
		if len(c.batches) == 0 {
			t.Errorf("sender %d has no batch", i)
		}
		for _, b := range c.batches {
			events += b.Events
		}
	}
	if len(s.clients) != 10 || events != 5100 {
		t.Errorf("%d senders have %d events, want 10 and 5100", len(s.clients), events)
	}
}
