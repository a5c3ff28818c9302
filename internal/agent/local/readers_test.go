package local

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
)

// Bodies that stop in the middle must not keep another request out for longer than
// hurriedTimeout, even if many of them wait.
func TestStalledBodiesDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	const stalled = 10 * maxReaders
	b := setup(t)
	head := "POST " + eventsPath + " HTTP/1.1\nHost: HOST\nContent-Type: application/json\nContent-Length: 999\n\n"
	for range stalled {
		b.request(b.dial(), head+"{")
	}
	for b.server.admission.readers.count() < stalled {
		runtime.Gosched() // the server accepts the requests
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

// count returns how many requests are read or wait.
func (r *readers) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.bodies) + r.waiting.Len()
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
		if r.count() != 0 || r.free != maxReaders {
			t.Errorf("%d requests are left, %d places are free", r.count(), r.free)
		}
	})
}

func TestReadersTakeTheNewestFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newReaders()
		r.free = 1
		body := func() *pacedBody { return &pacedBody{control: http.NewResponseController(nil)} }
		leave, err := r.enter(t.Context(), body())
		if err != nil {
			t.Fatal(err)
		}
		entered := make(chan int)
		gone, cancel := context.WithCancel(t.Context())
		for i, ctx := range []context.Context{t.Context(), t.Context(), gone} {
			go func() {
				leave, err := r.enter(ctx, body())
				if err != nil {
					entered <- -1
					return
				}
				entered <- i
				leave()
			}()
			synctest.Wait()
		}
		cancel() // the newest gives up
		if got := <-entered; got != -1 {
			t.Errorf("%d has entered, want an error", got)
		}
		leave()
		if first, second := <-entered, <-entered; first != 1 || second != 0 {
			t.Errorf("%d entered before %d", first, second)
		}
		synctest.Wait()
		if r.count() != 0 || r.free != 1 {
			t.Errorf("%d requests are left, %d places are free", r.count(), r.free)
		}
	})
}
