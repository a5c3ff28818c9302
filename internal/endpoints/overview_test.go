package endpoints_test

import (
	"encoding/json"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

// The facets count all endpoints. The filter does not change them.
func TestOverview(t *testing.T) {
	t.Parallel()
	set := model([]har.Entry{
		call("/users", 200, `{}`, header("Authorization", "Bearer opaque")),
		call("/users", 500, `{}`),
		call("/users", 201, `{}`, sends(`{}`)),
		call("/wp-login.php", 404, ""),
	})
	got, err := json.Marshal(set.Overview(endpoints.Filter{Methods: []string{"GET"}}))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"witnesses":4,"unmatched":1,"endpoints":[{"id":"fb55ddb145a73967","method":"GET","host":"a.test","path":"/users",` +
		`"requests":2,"errors":1,"error_rate":0.5,"statuses":{"200":1,"500":1},"auth":["bearer"],` +
		`"latency_ms":{"p50":10,"p90":10,"p95":10,"p99":10,"max":10},` +
		`"first_seen":"2026-01-05T09:00:00Z","last_seen":"2026-01-05T09:00:00Z"}],` +
		`"facets":{"methods":{"GET":1,"POST":1},"auth":{"bearer":1,"none":1},"statuses":{"200":1,"201":1,"500":1},"hosts":{"a.test":2}}}`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
