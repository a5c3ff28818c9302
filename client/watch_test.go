package client_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/client"
)

func TestWatch(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "text/event-stream", http.StatusOK,
			"event: daemons\ndata: {}\n\n: a comment\n\nevent: traces\ndata: {}\n\nevent: model\ndata: {}\n\n")
	}, client.Config{})
	var events []client.Event
	var last error
	for event, err := range c.Watch(t.Context(), "shop") {
		if err != nil {
			last = err
			break
		}
		events = append(events, event)
	}
	if want := []client.Event{client.DaemonsChanged, client.TracesChanged, client.ModelChanged}; !slices.Equal(
		events,
		want,
	) {
		t.Errorf("got %q, want %q", events, want)
	}
	if last == nil || !strings.Contains(last.Error(), "the server ended the stream") {
		t.Errorf("got %v, want that the server ended the stream", last)
	}
}

func TestWatchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		answer(w, "text/event-stream", http.StatusOK, "event: daemons\ndata: {}\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, client.Config{HTTP: &http.Client{Timeout: time.Minute, Transport: transport(t)}})
	var last error
	for event, err := range c.Watch(ctx, "shop") {
		if event == client.DaemonsChanged {
			cancel()
		}
		last = err
	}
	if last == nil || ctx.Err() == nil {
		t.Errorf("got %v, want the end of the context", last)
	}
}

func TestWatchYieldsAProblem(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, "application/problem+json", http.StatusNotFound, `{"code": "project_not_found"}`)
	}, client.Config{})
	for _, err := range c.Watch(t.Context(), "shop") {
		if err == nil {
			t.Error("got an event, want a problem")
		}
	}
}

// transport returns a transport that leaves no connection behind.
func transport(t *testing.T) *http.Transport {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}
