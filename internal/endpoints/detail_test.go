package endpoints_test

import (
	"encoding/json"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

func TestDetail(t *testing.T) {
	t.Parallel()
	set := model([]har.Entry{
		call("/users/7?full=true", 200, `{"id":7}`, header("Authorization", "Bearer opaque")),
		call("/users/8", 200, `{"id":8}`, header("Authorization", "Bearer opaque")),
		call("/users/9", 401, `{"detail":"no"}`),
	})
	id := set.Overview(endpoints.Filter{}).Endpoints[0].ID
	detail, ok := set.Detail(id)
	if !ok {
		t.Fatalf("there is no endpoint %s", id)
	}
	var parameters, bodies []string
	for _, p := range detail.Parameters {
		schema, err := p.Schema.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		parameters = append(parameters, p.In+" "+p.Name+" "+string(schema))
	}
	for _, r := range detail.Responses {
		bodies = append(bodies, r.Bodies[0].MediaType)
	}
	tests := map[string]struct {
		got  any
		want string
	}{
		"path":           {detail.Path, `"/users/{userId}"`},
		"authentication": {detail.AuthCounts, `{"bearer":2,"none":1}`},
		"parameters": {parameters, `["path userId {\"type\":\"integer\",\"x-akita-seen\":2}",` +
			`"query full {\"type\":\"boolean\",\"x-akita-seen\":1}"]`},
		"media types":   {bodies, `["application/json","application/json"]`},
		"no bodies":     {detail.RequestBodies, `[]`},
		"latencies":     {len(detail.LatencyHistogram), `1`},
		"second status": {detail.Responses[1].Status, `401`},
	}
	for name, test := range tests {
		got, err := json.Marshal(test.got)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
	if _, ok := set.Detail("0123456789abcdef"); ok {
		t.Error("an endpoint was found that does not exist")
	}
}

func TestMediaType(t *testing.T) {
	t.Parallel()
	tests := map[string]string{"text/csv": "text/csv", "": "application/octet-stream", "\x00many": "*/*"}
	for mediaType, want := range tests {
		if got := endpoints.MediaType(mediaType); got != want {
			t.Errorf("MediaType(%q) = %q, want %q", mediaType, got, want)
		}
	}
}
