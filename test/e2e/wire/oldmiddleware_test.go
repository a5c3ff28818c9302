package wire_test

import (
	"context"
	"slices"
	"testing"
	"time"
)

// TestOldMiddleware replays a published middleware. It does not know `_akita`, sends one event
// per request, and does not announce its last event.
func TestOldMiddleware(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	old := newMiddleware(t, p.DaemonURL(), "old")

	if answer, err := old.register(contextFor(t, 5*time.Second)); err == nil && len(answer.Activated) > 0 {
		t.Fatalf("a trace is on before one was started: %+v", answer)
	}
	trace, err := p.api.StartTrace(ctx, project, time.Hour)
	check(t, err)
	check(t, old.activated(ctx, trace))

	sent := 0
	for range 5 {
		for _, call := range shopCalls {
			check(t, old.send(ctx, trace, call.entry()))
			sent++
		}
	}
	model := p.waitForModel(sent)

	if model.Witnesses != sent {
		t.Errorf("the model holds %d witnesses of %d calls", model.Witnesses, sent)
	}
	var got []string
	for _, endpoint := range model.Endpoints {
		got = append(got, summary(endpoint))
	}
	if !slices.Equal(got, shopModel) {
		t.Errorf("model:\n%q\nwant:\n%q", got, shopModel)
	}

	_, err = p.api.StopTrace(ctx, project, trace.ID)
	check(t, err)
	answer, err := old.register(ctx, trace.ID)
	check(t, err)
	if !slices.Equal(answer.Deactivated, []string{trace.ID}) {
		t.Errorf("deactivated: %q, want the trace that was stopped", answer.Deactivated)
	}
}
