package posture_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/witness"
)

// call is a call of a test. Members that are empty have usual values.
type call struct {
	method, url string // url has the path and the query
	route       string
	status      int
	headers     []string // "Name: value"
	sends, gets string   // bodies
	answers     []string // response headers
	at          time.Time
}

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func (c call) witness(t *testing.T) witness.Witness {
	t.Helper()
	pairs := func(lines []string) []map[string]string {
		out := []map[string]string{}
		for _, line := range lines {
			name, value, _ := strings.Cut(line, ": ")
			out = append(out, map[string]string{"name": name, "value": value})
		}
		return out
	}
	if c.method == "" {
		c.method = "GET"
	}
	if c.status == 0 {
		c.status = 200
	}
	if c.at.IsZero() {
		c.at = start
	}
	request := map[string]any{"method": c.method, "url": "https://shop.test" + c.url, "headers": pairs(c.headers)}
	if c.sends != "" {
		request["postData"] = map[string]string{"mimeType": "application/json", "text": c.sends}
	}
	response := map[string]any{"status": c.status, "headers": pairs(c.answers)}
	if c.gets != "" {
		response["content"] = map[string]string{"mimeType": "application/json", "text": c.gets}
	}
	entry := map[string]any{
		"startedDateTime": c.at.Format(time.RFC3339), "time": 3, "request": request, "response": response,
	}
	if c.route != "" {
		entry["_akita"] = map[string]any{"route": c.route}
	}
	raw, err := json.Marshal(entry)
	if err != nil {
		t.Fatal(err)
	}
	var e har.Entry
	if err := har.ParseEntry(raw, &e); err != nil {
		t.Fatal(err)
	}
	return witness.FromEntry(&e, witness.Options{})
}

func infer(t *testing.T, calls ...call) *endpoints.Set {
	t.Helper()
	model := apimodel.New()
	for _, c := range calls {
		w := c.witness(t)
		model.Add(&w)
	}
	return endpoints.Infer(model)
}
