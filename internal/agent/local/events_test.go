package local

import (
	"fmt"
	"strings"
	"testing"
)

// TestOldClient replays what a published middleware does: it registers, sends each
// event by itself, without "_akita", and never sends no_more_events.
func TestOldClient(t *testing.T) {
	t.Parallel()
	b := setup(t)
	status, answer := b.post("/v1/services/django-demo/middleware", `{"client_name":"old","active_trace_ids":[]}`)
	if status != 202 || !strings.Contains(answer, panda.Name) {
		t.Fatalf("registration: %d %s", status, answer)
	}
	const events = 25
	for range events {
		body := `{"client_name":"old","trace_events":[` + entry + `],"no_more_events":false}`
		if status, answer := b.post(eventsPath, body); status != 202 {
			t.Fatalf("event: %d %s", status, answer)
		}
	}
	b.registry.Update("django-demo", nil) // the trace ends; what the client has queued is still taken
	if status, answer := b.post(eventsPath, `{"client_name":"old","trace_events":[`+entry+`]}`); status != 202 {
		t.Fatalf("late event: %d %s", status, answer)
	}
	status, answer = b.post(
		"/v1/services/django-demo/middleware",
		`{"client_name":"old","active_trace_ids":["`+panda.ID+`"]}`,
	)
	if want := `{"activated_traces":[],"deactivated_traces":["` + panda.ID + `"]}`; status != 202 || answer != want {
		t.Errorf("registration: %d %s, want %s", status, answer, want)
	}
	witnesses, _ := b.spooled()
	if len(witnesses) != events+1 {
		t.Fatalf("%d witnesses, want %d", len(witnesses), events+1)
	}
	w := witnesses[0]
	if w.Method != "GET" || w.Host != "testserver" || w.Status != 200 || w.LatencyMs != 12.5 || w.Response == nil {
		t.Errorf("witness is %+v", w)
	}
}

func TestBatchIsTakenOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	send := func(client, id string) {
		t.Helper()
		body := fmt.Sprintf(`{"client_name":%q,"batch_id":%q,"trace_events":[%s]}`, client, id, entry)
		if status, answer := b.post(eventsPath, body); status != 202 || answer != allTaken {
			t.Errorf("%s/%s: %d %s", client, id, status, answer)
		}
	}
	send("web", "7e2f6a9e-0000-4000-8000-000000000001")
	send("web", "7e2f6a9e-0000-4000-8000-000000000001") // again
	send("web", "7e2f6a9e-0000-4000-8000-000000000002")
	send("other", "7e2f6a9e-0000-4000-8000-000000000001") // of another client
	if witnesses, _ := b.spooled(); len(witnesses) != 3 {
		t.Errorf("%d witnesses, want 3", len(witnesses))
	}
}

func TestNoValueIsSpooledOrLogged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	bad := `{"canary-key":"canary-bad","request":{"url":"http://canary-host/","x":1e999}}`
	status, _ := b.post(
		eventsPath,
		`{"client_name":"web","trace_events":[`+entry+`,`+bad+`,"canary-string"],"canary-member":"canary"}`,
	)
	if status != 422 {
		t.Fatalf("status %d", status)
	}
	if status, _ := b.post(eventsPath, `{"client_name":"web","trace_events":["canary-torn`); status != 400 {
		t.Fatalf("status %d", status)
	}
	_, plain := b.spooled()
	if plain == "" || !strings.Contains(b.log.String(), "Dropped events that could not be read") {
		t.Fatal("the spool or the log is empty")
	}
	for where, text := range map[string]string{"spool": plain, "log": b.log.String()} {
		if strings.Contains(text, "canary") {
			t.Errorf("the %s holds a value: %s", where, text)
		}
	}
}

func TestSpoolErrorIsAnswered503(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.spool.Close(); err != nil {
		t.Fatal(err)
	}
	status, answer, header := b.send("POST", eventsPath, `{"client_name":"web","trace_events":[`+entry+`]}`)
	if status != 503 || header.Get("Retry-After") == "" || !strings.Contains(answer, "cannot write to its disk") {
		t.Errorf("got %d %s, Retry-After %q", status, answer, header.Get("Retry-After"))
	}
}

// many returns n events. One in ten is malformed.
func many(n int) (events string, good int) {
	all := make([]string, n)
	for i := range all {
		all[i] = entry
		if i%10 == 9 {
			all[i] = `{"request":null}`
		}
	}
	return strings.Join(all, ","), n - n/10
}

func TestLargeBatchIsTakenWhole(t *testing.T) {
	t.Parallel()
	b := setup(t)
	events, good := many(2000)
	status, answer := b.post(eventsPath, `{"client_name":"web","batch_id":"1","trace_events":[`+events+`]}`)
	if status != 422 || !strings.Contains(answer, `"drops":200`) {
		t.Errorf("got %d %s", status, answer)
	}
	if witnesses, _ := b.spooled(); len(witnesses) != good {
		t.Errorf("%d witnesses, want %d", len(witnesses), good)
	}
}

// TestResentBatch cuts requests off in the middle and sends them again.
func TestResentBatch(t *testing.T) {
	t.Parallel()
	const events = 2*blockEvents + 100
	part := strings.TrimSuffix(strings.Repeat(entry+",", events), ",")
	for name, c := range map[string]struct {
		cut       string // what is sent first
		whole     string // what is sent then
		detail    string // of the first answer
		kept, all int    // witnesses after each
	}{
		"cut in the first block, nothing is kept": {
			`{"client_name":"web","batch_id":"1","trace_events":[` + entry + `,`,
			`{"client_name":"web","batch_id":"1","trace_events":[` + entry + `,` + entry + `]}`,
			`"It ends before the JSON does."`, 0, 2},
		"with an id, whole blocks are kept and not taken again": {
			`{"client_name":"web","batch_id":"1","trace_events":[` + part + `,`,
			`{"client_name":"web","batch_id":"1","trace_events":[` + part + `]}`,
			`"It ends before the JSON does. 512 of its events were taken."`, 2 * blockEvents, events},
		"without an id, whole blocks are kept": {
			`{"client_name":"web","trace_events":[` + part + `,`,
			`{"client_name":"web","trace_events":[` + part + `]}`,
			`"It ends before the JSON does. 512 of its events were taken."`, 2 * blockEvents, 2*blockEvents + events},
		"the names come last": {
			`{"batch_id":"1","trace_events":[` + part + `],"client_name":"web"`,
			`{"batch_id":"1","trace_events":[` + part + `],"client_name":"web"}`,
			`"It ends before the JSON does. 512 of its events were taken."`, 2 * blockEvents, events},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			if status, answer := b.post(eventsPath, c.cut); status != 400 || !strings.Contains(answer, c.detail) {
				t.Errorf("got %d %s, want 400 with %s", status, answer, c.detail)
			}
			kept, _ := b.spooled()
			if status, answer := b.post(eventsPath, c.whole); status != 202 {
				t.Errorf("sent again: %d %s", status, answer)
			}
			rest, _ := b.spooled()
			if len(kept) != c.kept || len(kept)+len(rest) != c.all {
				t.Errorf("%d kept, %d in the end; want %d, %d", len(kept), len(kept)+len(rest), c.kept, c.all)
			}
		})
	}
}
