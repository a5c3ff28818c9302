package api

import (
	"net/http"
	"testing"
	"time"

	"akita/internal/store"
)

func TestInstances(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	type beat struct {
		after  time.Duration
		name   string
		id     string
		others int
	}
	for name, beats := range map[string][]beat{
		"one daemon":           {{0, "web", "a", 0}, {30 * time.Second, "web", "a", 0}, {time.Hour, "web", "a", 0}},
		"different names":      {{0, "web", "a", 0}, {time.Second, "worker", "b", 0}},
		"a restart":            {{0, "web", "a", 0}, {time.Second, "web", "b", 0}, {31 * time.Second, "web", "b", 0}},
		"restarts in a row":    {{0, "web", "a", 0}, {time.Second, "web", "b", 0}, {2 * time.Second, "web", "c", 0}},
		"a restart a day ago":  {{0, "web", "a", 0}, {24 * time.Hour, "web", "b", 0}},
		"without an instance":  {{0, "web", "", 0}, {time.Second, "web", "", 0}},
		"a new and an old one": {{0, "web", "", 0}, {time.Second, "web", "a", 0}, {30 * time.Second, "web", "", 1}},
		"two at the same time": {
			{0, "web", "a", 0}, {10 * time.Second, "web", "b", 0},
			{30 * time.Second, "web", "a", 1}, {40 * time.Second, "web", "b", 1},
		},
		"three": {
			{0, "web", "a", 0}, {1 * time.Second, "web", "b", 0}, {2 * time.Second, "web", "c", 0},
			{30 * time.Second, "web", "a", 1}, {31 * time.Second, "web", "b", 2},
		},
		"until one stops": {
			{0, "web", "a", 0}, {time.Second, "web", "b", 0},
			{30 * time.Second, "web", "a", 1}, {31 * time.Second, "web", "b", 1},
			{61 * time.Second, "web", "b", 1}, {91 * time.Second, "web", "b", 0},
		},
	} {
		now := start
		in := newInstances(func() time.Time { return now })
		for i, b := range beats {
			now = start.Add(b.after)
			if others, _ := in.seen(b.name, b.id, nil); others != b.others {
				t.Errorf("%s: heartbeat %d: %d others, want %d", name, i, others, b.others)
			}
			if n := in.count(b.name); n != b.others+1 {
				t.Errorf("%s: heartbeat %d: %d are counted, want %d", name, i, n, b.others+1)
			}
		}
		now = now.Add(time.Hour)
		if n := in.count("web"); n != 0 || len(in.byName) != 0 {
			t.Errorf("%s: an hour later %d are running, %v is stored", name, n, in.byName)
		}
	}
}

func TestClientsOfAllInstancesAreListed(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	in := newInstances(func() time.Time { return now })
	client := func(name string, ago time.Duration) store.Client {
		return store.Client{Project: "shop", Name: name, LastSeen: now.Add(-ago)}
	}
	in.seen("web", "a", []store.Client{client("x", 0)})
	in.seen("web", "b", []store.Client{client("y", time.Second), client("z", 0)})
	_, all := in.seen("web", "a", []store.Client{client("y", 0), client("x", 0)})
	if len(all) != 3 || all[0].Name != "x" || all[1] != client("y", 0) || all[2].Name != "z" {
		t.Errorf("clients are %+v", all)
	}
}

func TestDaemonsOfOneName(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	daemon := f.daemon()
	beat := func(instance string, others int) {
		t.Helper()
		clients := `[{"project":"demo","name":"` + instance + `","last_seen":"2026-01-02T03:04:05Z"}]`
		body := `{"name":"web","version":"v1","clients":` + clients + `}`
		var answer struct {
			SameName int `json:"same_name"`
		}
		daemon.headers = http.Header{instanceHeader: {instance}}
		daemon.post("/api/v1/agent/heartbeat", body).want(http.StatusOK).into(&answer)
		if answer.SameName != others {
			t.Errorf("%s: %d others, want %d", instance, answer.SameName, others)
		}
	}
	beat("a", 0)
	beat("b", 0)
	beat("a", 1)
	var daemons list[daemonJSON]
	f.user().get(project + "/daemons").want(http.StatusOK).into(&daemons)
	if len(daemons.Items) != 1 || daemons.Items[0].Instances != 2 || len(daemons.Items[0].Clients) != 2 {
		t.Errorf("daemons are %+v", daemons.Items)
	}
}
