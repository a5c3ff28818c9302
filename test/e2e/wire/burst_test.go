package wire_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"akita/test/rig"
)

// TestBurst sends 30,000 events of 2 KB in one POST. None is lost, and the daemon stays within
// its memory limit.
func TestBurst(t *testing.T) {
	t.Parallel()
	const events, promised = 30_000, 64 << 20
	p := startWith(t, func(p *pair) {
		// The race detector's shadow memory would be measured too.
		p.Binary = filepath.Join(t.TempDir(), "akita")
		check(t, rig.Build(t.Context(), p.Binary))
	})
	ctx := contextFor(t, 2*time.Minute)
	trace, err := p.api.StartTrace(ctx, project, time.Hour)
	check(t, err)
	m := newMiddleware(t, p.DaemonURL(), "burst")
	check(t, m.activated(ctx, trace))

	body := burst(t, events)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url+"/traces/"+trace.Name+"/events", body)
	check(t, err)
	request.Header.Set("Content-Type", "application/json")
	response, err := m.http.Do(request)
	check(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(t, err)
	if response.StatusCode != http.StatusAccepted {
		t.Fatalf("got %d %s", response.StatusCode, answer)
	}
	model := p.waitForModel(events)
	if len(model.Endpoints) != 1 || model.Endpoints[0].Requests != events {
		t.Errorf(
			"the model holds %d witnesses and %d endpoints, want %d and 1",
			model.Witnesses,
			len(model.Endpoints),
			events,
		)
	}
	peak, err := p.daemon.PeakMemory()
	check(t, err)
	t.Logf("the daemon took at most %d MiB of memory", peak>>20)
	if peak > promised {
		t.Errorf("the daemon used %d MiB of memory, its limit is %d", peak>>20, promised>>20)
	}
}

// burst returns the body of a request with n events of 2 KB, generated as it is read.
func burst(t *testing.T, n int) io.Reader {
	t.Helper()
	answer := `{"items":[` + strings.TrimSuffix(
		strings.Repeat(`{"id":17,"sku":"SKU-1234-AB","price":"9.99","on_sale":true},`, 18),
		",",
	) + `]}`
	event, err := json.Marshal(call{"GET", "/api/users/17/", "s3cret", "", 200, answer}.entry())
	check(t, err)
	if size := len(event); size < 1900 || size > 2100 {
		t.Fatalf("an event has %d bytes, not some 2 KB", size)
	}
	readers := []io.Reader{
		strings.NewReader(fmt.Sprintf(`{"client_name":"burst","batch_id":"burst","trace_events":[%s`, event)),
	}
	event = append([]byte{','}, event...)
	for range n - 1 {
		readers = append(readers, bytes.NewReader(event))
	}
	return io.MultiReader(append(readers, strings.NewReader(`]}`))...)
}
