package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"akita/client"
	"akita/test/rig"
)

const (
	project = "chaos"
	senders = 4
	// pace is the time from one batch of a sender to the next.
	pace = 40 * time.Millisecond
	// resend is the time between two attempts to send a batch.
	resend = 100 * time.Millisecond
	// answerWithin is how long a daemon may take to answer under any fault.
	answerWithin = 20 * time.Second
)

// load sends calls to the daemon as our middleware does: in batches with an id, each sent again
// until it is acknowledged.
type load struct {
	seed  uint64
	trace client.Trace
	url   string // of the project at the daemon
	http  *http.Client
	// slots has one value per batch that is not acknowledged yet. While it is full, the load
	// pauses.
	slots chan struct{}

	acked [senders]atomic.Int64 // batches, per sender
	calls atomic.Int64          // in acknowledged batches

	mu       sync.Mutex
	refusals map[string]int // attempts that were not acknowledged, by what came instead
	wrong    map[string]int // answers that a daemon must never give, with their number
	running  sync.WaitGroup
}

func newLoad(seed uint64, daemonURL string, trace client.Trace) *load {
	return &load{
		seed: seed, trace: trace, url: daemonURL + "/v1/services/" + project,
		http:     &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: senders + 1}, Timeout: answerWithin},
		slots:    make(chan struct{}, senders),
		refusals: make(map[string]int),
		wrong:    make(map[string]int),
	}
}

// start begins to send and to watch. It begins no batch after enough is closed. The load runs
// until each batch that it began is acknowledged, or ctx ends.
func (l *load) start(ctx context.Context, enough <-chan struct{}) {
	watching, stopWatching := context.WithCancel(ctx)
	l.running.Go(func() { l.watch(watching) })
	l.running.Go(func() {
		defer stopWatching()
		select {
		case <-enough:
		case <-ctx.Done():
		}
	})
	for sender := range senders {
		l.running.Go(func() {
			for number := 0; ctx.Err() == nil; number++ {
				select {
				case <-time.After(pace):
				case <-enough:
					return
				}
				l.slots <- struct{}{}
				name := batchName{sender, number}
				calls := name.calls(l.seed)
				if l.handOver(ctx, name, calls) == nil {
					l.calls.Add(int64(len(calls)))
					l.acked[sender].Add(1)
				}
				<-l.slots
			}
		})
	}
}

// rest pauses the load, and returns once each batch that it began is acknowledged.
func (l *load) rest(ctx context.Context) error {
	for range senders {
		select {
		case l.slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// resume ends the rest.
func (l *load) resume() {
	for range senders {
		<-l.slots
	}
}

// wait returns when the load has ended.
func (l *load) wait() {
	l.running.Wait()
	l.http.CloseIdleConnections()
}

// batches returns how many batches were acknowledged, over all senders.
func (l *load) batches() int {
	sum := 0
	for i := range l.acked {
		sum += int(l.acked[i].Load())
	}
	return sum
}

// acknowledged yields the calls of all acknowledged batches. It is valid after the load has
// ended.
func (l *load) acknowledged() iter.Seq[call] {
	return func(yield func(call) bool) {
		for sender := range senders {
			for number := range int(l.acked[sender].Load()) {
				for _, c := range (batchName{sender, number}).calls(l.seed) {
					if !yield(c) {
						return
					}
				}
			}
		}
	}
}

// handOver sends a batch until it is acknowledged. It fails only if ctx ends first.
func (l *load) handOver(ctx context.Context, name batchName, calls []call) error {
	entries := make([]any, len(calls))
	for i, c := range calls {
		entries[i] = c.entry()
	}
	body, err := json.Marshal(map[string]any{"client_name": "chaos", "batch_id": name.id(), "trace_events": entries})
	if err != nil {
		return fmt.Errorf("encode %s: %w", name.id(), err)
	}
	for {
		answer := l.try(ctx, body)
		if answer == "" {
			return nil
		}
		l.mu.Lock()
		l.refusals[answer]++
		l.mu.Unlock()
		select {
		case <-time.After(resend):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// try sends a batch once. It returns "" if the batch is acknowledged, else what came instead.
func (l *load) try(ctx context.Context, body []byte) string {
	began := time.Now()
	status, _, err := l.post(ctx, "/traces/"+l.trace.Name+"/events", body)
	switch {
	case err == nil && status == http.StatusAccepted:
		return ""
	case err == nil:
		return fmt.Sprintf("status %d", status)
	case time.Since(began) >= answerWithin:
		return "no answer in time"
	}
	return "no connection"
}

// activated waits until the daemon knows that the trace is active.
func (l *load) activated(ctx context.Context) error {
	registration, err := json.Marshal(map[string]any{"client_name": "chaos", "active_trace_ids": []string{}})
	if err != nil {
		return fmt.Errorf("encode a registration: %w", err)
	}
	return rig.Until(ctx, func() (bool, error) {
		_, answer, err := l.post(ctx, "/middleware", registration)
		return err == nil && bytes.Contains(answer, []byte(l.trace.ID)), nil
	})
}

// watch registers and waits for changes, as a middleware does all the time. The trace stays
// active, so any other answer of the daemon is wrong.
func (l *load) watch(ctx context.Context) {
	registration, err := json.Marshal(map[string]any{"client_name": "chaos", "active_trace_ids": []string{l.trace.ID}})
	if err != nil {
		l.isWrong(err.Error())
		return
	}
	client := &http.Client{Timeout: time.Minute} // the daemon holds a registration for half of that
	defer client.CloseIdleConnections()
	watcher := &load{url: l.url, http: client}
	for ctx.Err() == nil {
		status, answer, err := watcher.post(ctx, "/middleware", registration)
		if err == nil && (status != http.StatusAccepted || !bytes.Contains(answer, []byte(`"deactivated_traces":[]`))) {
			l.isWrong(
				fmt.Sprintf(
					"to a middleware of a trace that is on the daemon said %d %s",
					status,
					bytes.TrimSpace(answer),
				),
			)
		}
		select {
		case <-time.After(resend):
		case <-ctx.Done():
		}
	}
}

func (l *load) isWrong(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrong[text]++
}

// wrongs returns the answers that the daemon must never give, with their number.
func (l *load) wrongs() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.wrong)
}

func (l *load) post(ctx context.Context, path string, body []byte) (status int, answer []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := l.http.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, answer, err
}
