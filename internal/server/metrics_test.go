package server

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	key, traceID := f.demo()
	wrong := map[string]string{"username": "ada", "password": "wrong"}
	f.call("POST", "/api/v1/session", wrong, http.StatusUnauthorized, nil)
	f.send(f.bundle(key, traceID, 3), http.StatusAccepted, nil)
	bad := f.bundle(key, traceID, 0)
	f.send(bad, http.StatusBadRequest, nil)
	f.awaitWitnesses(3)
	var text string
	eventually(t, func() bool { // the worker releases and counts bundles after it has stored the model
		text = f.metrics()
		return strings.Contains(text, "akita_queue_bundles 0\n") && strings.Contains(text, "akita_folds_total 1\n")
	})
	for _, want := range []string{
		`akita_build_info{version="1.2.3"} 1`,
		`akita_http_requests_total{code="201",route="POST /api/v1/projects"} 1`,
		`akita_http_requests_total{code="202",` +
			`route="PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}"} 1`,
		`akita_http_request_duration_seconds_count{route="POST /api/v1/projects"} 1`,
		`akita_logins_failed_total 1`,
		`akita_bundles_received_total{result="accepted"} 1`,
		`akita_bundles_received_total{result="refused"} 1`,
		`akita_witnesses_folded_total 3`,
		`akita_bundles_folded_total 1`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no line %q", want)
		}
	}
	for _, unwanted := range []string{"demo", traceID, key.ID, "ada"} {
		if strings.Contains(text, `"`+unwanted+`"`) || strings.Contains(text, "/"+unwanted) {
			t.Errorf("the metrics contain %q", unwanted)
		}
	}
}

// metrics returns the response of GET /metrics.
func (f *fixture) metrics() string {
	f.t.Helper()
	a, err := f.browser.Do(f.request("GET", "/metrics", nil))
	if err != nil {
		f.t.Fatal(err)
	}
	defer a.Body.Close()
	content, err := io.ReadAll(a.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(content)
}
