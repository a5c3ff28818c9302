package local

import (
	"errors"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
)

// Bodies that stop in the middle must not keep other requests out for longer than
// hurriedTimeout.
func TestStalledBodiesDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	head := "POST " + eventsPath + " HTTP/1.1\nHost: HOST\nContent-Type: application/json\nContent-Length: 999\n\n"
	for range maxReaders {
		b.request(b.dial(), head+"{")
	}
	for !b.server.admission.readers.full() {
		runtime.Gosched() // the server reads the requests
	}
	body := `{"client_name":"web","trace_events":[` + entry + `]}`
	conn := b.dial()
	b.request(conn, strings.Replace(head, "999", strconv.Itoa(len(body)), 1))
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	if status, answer := b.answer(conn); status != http.StatusAccepted {
		t.Errorf("got %d %s", status, answer)
	}
}

func (r *readers) full() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.bodies) == maxReaders
}

func TestReaders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReaders()
		body := func() *pacedBody {
			return &pacedBody{control: http.NewResponseController(nil), limit: bodyTimeout, patience: bodyTimeout}
		}
		bodies := make([]*pacedBody, maxReaders)
		leaves := make([]func(), maxReaders)
		for i := range bodies {
			bodies[i] = body()
			leave, err := r.enter(t.Context(), bodies[i])
			if err != nil || bodies[i].limit != bodyTimeout {
				t.Fatalf("%d: %v, limit %v", i, err, bodies[i].limit)
			}
			leaves[i] = leave
		}
		entered := make(chan func())
		for range maxQueued {
			go func() {
				leave, err := r.enter(t.Context(), body())
				if err != nil {
					t.Error(err)
				}
				entered <- leave
			}()
		}
		synctest.Wait()
		if bodies[0].limit != hurriedTimeout || bodies[0].patience != hurriedTimeout {
			t.Errorf("while others wait, the limit is %v", bodies[0].limit)
		}
		if _, err := r.enter(t.Context(), body()); !errors.Is(err, errQueueFull) {
			t.Errorf("one too many: %v", err)
		}
		for _, leave := range leaves[1:] {
			leave()
		}
		for range maxQueued {
			(<-entered)()
		}
		if bodies[0].limit != bodyTimeout {
			t.Errorf("when no others wait, the limit is %v", bodies[0].limit)
		}
		leaves[0]()
		if len(r.bodies) != 0 || r.queued != 0 || !r.places.TryAcquire(maxReaders) {
			t.Errorf("%d bodies and %d waiting are left", len(r.bodies), r.queued)
		}
	})
}
