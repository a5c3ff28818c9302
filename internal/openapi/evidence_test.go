package openapi_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"akita/internal/har"
	"akita/internal/openapi"
)

// Each row has calls, a place in their document, and the evidence that it must hold.
func TestEvidence(t *testing.T) {
	t.Parallel()
	const (
		get    = "paths /x get "
		answer = get + "responses 200 content application/json "
		schema = answer + "schema "
		path   = "paths /users/{userId} get parameters 0 "
		pk     = "paths /users/{pk}/ get parameters 0 "
	)
	later := func(e *har.Entry) { e.Started, e.Latency = e.Started.Add(time.Minute), 20*time.Millisecond }
	streamed := func(e *har.Entry) { e.Akita.Streamed = true }
	cut := func(e *har.Entry) { e.Akita.ResponseCut = true }
	for name, c := range map[string]struct {
		calls []har.Entry
		place string
		want  string // JSON
	}{
		"a path parameter, because its values are ids": {
			[]har.Entry{call("/users/1", 200, `{"id":1}`), call("/users/2", 200, `{"id":2}`)},
			path + "x-akita-parameter", `{"because":"ids","for":2,"against":0}`,
		},
		"a path parameter, because words answer alike": {
			[]har.Entry{call("/topics/red-fox", 200, `{"title":"a","body":"b"}`), call("/topics/old-dog", 200, `{"title":"a","body":"b"}`), call("/topics/big-cat", 200, `{"title":"a","body":"b"}`)},
			"paths /topics/{topic} get parameters 0 x-akita-parameter", `{"because":"siblings","for":3,"against":0,"distinct_words":3}`,
		},
		"a path parameter, because the framework's route says so": {
			[]har.Entry{call("/users/1/", 200, "{}", routed("users/<pk>/"))},
			pk + "x-akita-parameter", `{"because":"route","for":1,"against":0}`,
		},
		"a converter, and a value against it": {
			[]har.Entry{call("/users/1/", 200, "{}", routed("users/<int:pk>/")), call("/users/x/", 200, "{}", routed("users/<int:pk>/"))},
			pk + "x-akita-parameter", `{"because":"route","converter":"int","for":1,"against":1}`,
		},
		"the values of a path parameter by type": {
			[]har.Entry{call("/users/1/", 200, "{}", routed("users/<int:pk>/")), call("/users/x/", 200, "{}", routed("users/<int:pk>/"))},
			pk + "schema x-akita-types", `{"integer":1,"string":1}`,
		},
		"a type": {
			[]har.Entry{call("/x", 200, `{"a":1}`), call("/x", 200, `{"a":2}`)},
			schema + "properties a", `{"type":"integer","x-akita-seen":2}`,
		},
		"a type that not all values have": {
			[]har.Entry{call("/x", 200, `{"a":1}`), call("/x", 200, `{"a":2}`), call("/x", 200, `{"a":"b"}`)},
			schema + "properties a x-akita-types", `{"integer":2,"string":1}`,
		},
		"a text that not always reads as a number": {
			[]har.Entry{call("/x?q=1", 200, `{}`), call("/x?q=2", 200, `{}`), call("/x?q=b", 200, `{}`)},
			get + "parameters 0 schema", `{"type":"string","x-akita-seen":3,"x-akita-types":{"integer":2,"string":1}}`,
		},
		"a parameter that was once given without a value": {
			[]har.Entry{call("/x?q=1", 200, `{}`), call("/x?q=", 200, `{}`)},
			get + "parameters 0 schema", `{"type":"integer","x-akita-seen":2,"x-akita-types":{"integer":1,"empty":1}}`,
		},
		"a format": {
			[]har.Entry{call("/x", 200, `{"a":"2026-01-05"}`), call("/x", 200, `{"a":""}`)},
			schema + "properties a x-akita-format", `{"date":1,"empty":1}`,
		},
		"a format that not all values have": {
			[]har.Entry{call("/x", 200, `{"a":"2026-01-05"}`), call("/x", 200, `{"a":"2026-01-06"}`), call("/x", 200, `{"a":"soon"}`)},
			schema + "properties a", `{"type":"string","x-akita-seen":3,"x-akita-format":{"date":2,"other":1}}`,
		},
		"a format of numbers": {
			[]har.Entry{call("/x", 200, `{"created":1767600000}`)},
			schema + "properties created x-akita-format", `{"unixtime":1}`,
		},
		"nullable": {
			[]har.Entry{call("/x", 200, `{"a":1}`), call("/x", 200, `{"a":null}`), call("/x", 200, `{"a":2}`)},
			schema + "properties a", `{"type":["integer","null"],"x-akita-seen":3,"x-akita-types":{"integer":2,"null":1}}`,
		},
		"an optional field": {
			[]har.Entry{call("/x", 200, `{"a":1,"b":1}`), call("/x", 200, `{"a":1}`), call("/x", 200, `{"a":1}`)},
			schema + "properties b", `{"type":"integer","x-akita-seen":1,"x-akita-absent":2}`,
		},
		"an enum": {
			[]har.Entry{call("/x", 200, `{"state":"on"}`), call("/x", 200, `{"state":"off"}`), call("/x", 200, `{"state":"on"}`), call("/x", 200, `{"state":"on"}`), call("/x", 200, `{"state":"on"}`)},
			schema + "properties state x-akita-enum", `{"on":4,"off":1}`,
		},
		"a kind of object": {
			[]har.Entry{call("/x", 200, `[{"type":"click","at":1,"x":1},{"type":"buy","at":1,"sum":2},{"type":"buy","at":1,"sum":3}]`)},
			schema + "items oneOf 0 x-akita-seen", `2`,
		},
		"a field of a kind of object": {
			[]har.Entry{call("/x", 200, `[{"type":"click","at":1,"x":1},{"type":"buy","at":1,"sum":2},{"type":"buy","at":1,"sum":3}]`)},
			"components schemas BuyX properties at x-akita-seen", `2`,
		},
		"a record that stands in two places: all that was seen of it": {
			[]har.Entry{call("/x", 200, `{"a":1,"b":2,"c":"2026-01-05"}`), call("/y", 200, `{"a":1,"b":2,"c":"2026-01-06"}`)},
			"components schemas X properties c", `{"type":"string","format":"date","x-akita-seen":2,"x-akita-format":{"date":2}}`,
		},
		"a record that stands in two places: how often it stands in one of them": {
			[]har.Entry{call("/x", 200, `{"v":{"a":1,"b":2,"c":3}}`), call("/x", 200, `{}`), call("/y", 200, `{"v":{"a":1,"b":2,"c":4}}`)},
			schema + "properties v", `{"$ref":"#/components/schemas/V","x-akita-seen":1,"x-akita-absent":1}`,
		},
		"an optional parameter": {
			[]har.Entry{call("/x?q=a", 200, `{}`), call("/x", 200, `{}`), call("/x", 200, `{}`)},
			get + "parameters 0 x-akita-absent", `2`,
		},
		"a required parameter": {
			[]har.Entry{call("/x", 200, `{}`, header("X-Tenant", "a")), call("/x", 200, `{}`, header("X-Tenant", "b"))},
			get + "parameters 0 x-akita-seen", `2`,
		},
		"a parameter that is an array": {
			[]har.Entry{call("/x?q=a&q=b", 200, `{}`), call("/x?q=c", 200, `{}`)},
			get + "parameters 0 x-akita-repeated", `1`,
		},
		"an optional body": {
			[]har.Entry{call("/x", 200, `{}`, sends(`{"a":1}`)), call("/x", 200, `{}`, sends(""))},
			"paths /x post requestBody x-akita-absent", `1`,
		},
		"a field of a form": {
			[]har.Entry{call("/x", 200, `{}`, submits("a=1&b=2")), call("/x", 200, `{}`, submits("a=1"))},
			"paths /x post requestBody content application/x-www-form-urlencoded schema properties b", `{"type":"integer","x-akita-seen":1,"x-akita-absent":1}`,
		},
		"the sizes of bodies, each the largest that it may be": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 200, `{"a":"`+strings.Repeat("b", 1000)+`"}`)},
			answer + "x-akita-bytes", `{"p50":3,"p95":1023,"max":1023}`,
		},
		"bodies that were not wholly seen": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 200, `{`, cut)},
			answer + "x-akita-cut", `1`,
		},
		"bodies that were not read": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 200, `{`, cut), call("/x", 200, `{`), call("/x", 200, `<html>`)},
			answer + "x-akita-unread", `{"not-json":1,"truncated":2}`,
		},
		"bodies of all operations that were not read": {
			[]har.Entry{call("/x", 200, `<html>`), call("/y", 500, `<html>`), call("/y", 200, "{")},
			"x-akita-unread", `{"not-json":2,"truncated":1}`,
		},
		"bodies that a strict parser refuses": {
			[]har.Entry{call("/x", 200, `{"a":NaN}`), call("/x", 200, `for(;;);{"a":1}`), call("/x", 200, `{"a":1}`)},
			answer + "x-akita-quirks", `{"guard":1,"nan":1}`,
		},
		"a number that is not finite": {
			[]har.Entry{call("/x", 200, `{"a":NaN}`), call("/x", 200, `{"a":1}`)},
			schema + "properties a type", `"number"`,
		},
		"a status": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 500, `{}`, later), call("/x", 500, `{}`)},
			get + "responses 500 x-akita-traffic",
			`{"responses":2,"first_seen":"2026-01-05T09:00:00Z","last_seen":"2026-01-05T09:01:00Z","latency_ms":{"p50":10.1,"p90":20,"p95":20,"p99":20,"max":20}}`,
		},
		"a status that is answered with and without a body": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 200, "")},
			get + "responses 200 x-akita-empty", `1`,
		},
		"a stream": {
			[]har.Entry{call("/x", 200, `{}`, streamed)},
			get + "responses 200 x-akita-streamed", `1`,
		},
		"a header of an answer": {
			[]har.Entry{call("/x", 200, `{}`, answersHeader("X-Total", "1")), call("/x", 200, `{}`)},
			get + "responses 200 headers x-total", `{"schema":{"type":"integer","x-akita-seen":1},"x-akita-seen":1,"x-akita-absent":1}`,
		},
		"an operation": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 503, `{}`, later)},
			get + "x-akita-traffic",
			`{"requests":2,"errors":1,"error_rate":0.5,"first_seen":"2026-01-05T09:00:00Z","last_seen":"2026-01-05T09:01:00Z","latency_ms":{"p50":10.1,"p90":20,"p95":20,"p99":20,"max":20}}`,
		},
		"authentication": {
			[]har.Entry{call("/x", 200, `{}`, header("Authorization", "Bearer opaque")), call("/x", 403, `{}`, header("Authorization", "Bearer opaque")), call("/x", 401, `{}`)},
			get + "x-akita-auth", `{"bearerAuth":{"accepted":1,"rejected":1},"none":{"accepted":0,"rejected":1}}`,
		},
		"all calls": {
			[]har.Entry{call("/x", 200, `{}`), call("/x", 200, `{}`)},
			"x-akita-witnesses", `2`,
		},
		"calls that are of no operation": {
			[]har.Entry{call("/x", 200, `{}`), call("/wp-login.php", 404, "")},
			"x-akita-unmatched", `1`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, document := documentOf(t, c.calls, openapi.Options{})
			if got, want := at(document, c.place), parsed(t, c.want); !reflect.DeepEqual(got, want) {
				t.Errorf("%s is %v, want %s in\n%s", c.place, got, c.want, text)
			}
			plain, _ := documentOf(t, c.calls, openapi.Options{Plain: true})
			if strings.Contains(string(plain), "x-akita-") {
				t.Errorf("plain has evidence:\n%s", plain)
			}
		})
	}
}
