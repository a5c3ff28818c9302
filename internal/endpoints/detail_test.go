package endpoints_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
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

// A media type that is not JSON describes objects only if all of its bodies are.
func TestBodiesOfOtherLabels(t *testing.T) {
	t.Parallel()
	object, both := &shape.Shape{Objs: 2}, &shape.Shape{Objs: 2, Strs: 1}
	const html = "text/html"
	for name, c := range map[string]struct {
		mediaType string
		body      apimodel.Body
		want      *shape.Shape
	}{
		"nothing was read":               {html, apimodel.Body{}, nil},
		"all are objects":                {html, apimodel.Body{Shape: object}, object},
		"one is a page":                  {html, apimodel.Body{Shape: both}, &shape.Shape{Strs: 3}},
		"JSON that is both":              {"application/json", apimodel.Body{Shape: both}, both},
		"one is cut":                     {html, apimodel.Body{Shape: object, Cut: 1}, object},
		"files, and one of them is JSON": {"application/zip", unreadBody(object, witness.UnreadBinary), nil},
		"texts, and one of them is JSON": {"a/b", unreadBody(object, witness.UnreadType), nil},
		"one is damaged":                 {"a/b", unreadBody(object, witness.UnreadDamaged), object},
	} {
		if got := endpoints.Bodies(c.mediaType, &c.body).Shape; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func unreadBody(s *shape.Shape, reason witness.Unread) apimodel.Body {
	return apimodel.Body{Shape: s, Unread: map[witness.Unread]uint64{reason: 1}}
}

func TestBodiesThatWereNotRead(t *testing.T) {
	t.Parallel()
	set := model([]har.Entry{
		call("/a", 200, "<html>"), call("/a", 200, "{"), call("/a", 200, `{"n":NaN}`), call("/b", 500, "<html>"), call("/c", 200, "{}"),
	})
	want := map[string]uint64{"not-json": 2, "truncated": 1}
	if got := set.Overview(endpoints.Filter{}).Unread; !reflect.DeepEqual(got, want) {
		t.Errorf("of all endpoints: %v, want %v", got, want)
	}
	for _, e := range set.Overview(endpoints.Filter{}).Endpoints {
		detail, _ := set.Detail(e.ID)
		body := detail.Responses[0].Bodies[0]
		want := map[string]endpoints.Body{
			"/a": {Unread: map[string]uint64{"not-json": 1, "truncated": 1}, Quirks: map[witness.Quirk]uint64{"nan": 1}},
			"/b": {Unread: map[string]uint64{"not-json": 1}},
		}[e.Path]
		if !reflect.DeepEqual(body.Unread, want.Unread) || !reflect.DeepEqual(body.Quirks, want.Quirks) {
			t.Errorf("%s: %v, %v", e.Path, body.Unread, body.Quirks)
		}
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
