package local

import (
	"strings"
	"testing"
)

// entry is a HAR entry as the published Django middleware writes it.
const entry = `{
  "startedDateTime": "2026-01-02T03:04:05.678+00:00", "time": 12.5,
  "request": {"method": "GET", "url": "http://testserver/api/users/?q=canary-query", "httpVersion": "HTTP/1.1", "cookies": [],
    "headers": [{"name": "Authorization", "value": "Bearer canary-token"}],
    "queryString": [{"name": "q", "value": "canary-query"}], "headersSize": -1, "bodySize": 0},
  "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
    "headers": [{"name": "Content-Type", "value": "application/json"}],
    "content": {"size": 22, "mimeType": "application/json", "text": "{\"name\":\"canary-body\"}"},
    "redirectURL": "", "headersSize": -1, "bodySize": 22},
  "cache": {}, "timings": {"send": 0, "wait": 12.5, "receive": 0}
}`

const (
	pandaOn = `{"trace_name":"powder-blue-panda-338","trace_id":"lrn_6EjLU2sINbfKRwmqeqQM8s",` +
		`"service_id":"svc_6EjLU2sINbfKRwmqeqQM8s","sampling_rate":1,"filter_third_party_trackers":false}`
	otherID = "lrn_0000000000000000000001"
)

func TestRegistration(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, c := range map[string]struct {
		service, body string
		status        int
		answer        string
	}{
		"a trace is on that the client does not know": {
			"django-demo", `{"client_name":"web","active_trace_ids":[]}`,
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"the client believes that another one is on": {
			"django-demo", `{"client_name":"web","active_trace_ids":["` + panda.ID + `","` + otherID + `"]}`,
			202, `{"activated_traces":[],"deactivated_traces":["` + otherID + `"]}`},
		"the name is in another case": {
			"Django-DEMO", `{"client_name":"web","active_trace_ids":[]}`,
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"the array is null": {
			"django-demo", `{"client_name":"web","active_trace_ids":null}`,
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"the array and the client's name are absent": {
			"django-demo", `{}`,
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"there are unknown members": {
			"django-demo", `{"client_name":"web","active_trace_ids":[],"new":{"a":[1]}}`,
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"the project does not exist": {
			"missing", `{"client_name":"web","active_trace_ids":[]}`,
			404, `{"message":"Service not found","detail":"The server has no project of this name: create it in the console or correct AKITA_SERVICE_NAME."}`},
		"the service's name is not printable": {
			"a%0Ab", `{"client_name":"web","active_trace_ids":[]}`,
			404, `{"message":"Service not found","detail":"The service's name is empty or not printable."}`},
		"the body is not JSON": {
			"django-demo", `{"client_name":`,
			400, `{"message":"Invalid request body","detail":"It ends before the JSON does."}`},
		"the body is empty": {
			"django-demo", ``,
			400, `{"message":"Invalid request body","detail":"It ends before the JSON does."}`},
		"a trace's id is malformed": {
			"django-demo", `{"client_name":"web","active_trace_ids":["svc_6EjLU2sINbfKRwmqeqQM8s"]}`,
			400, `{"message":"Invalid request body","detail":"active_trace_ids: a trace's id must be lrn_ and 22 letters or digits"}`},
		"a member has a wrong type": {
			"django-demo", `{"client_name":"web","active_trace_ids":"none"}`,
			400, `{"message":"Invalid request body","detail":"A member has the wrong type: see byte 40."}`},
		"the client's name is not printable": {
			"django-demo", `{"client_name":"a\u001bb"}`,
			400, `{"message":"Invalid request body","detail":"client_name is too long or not printable"}`},
		"the body is too large": {
			"django-demo", `{"client_name":"` + strings.Repeat("x", maxAskBytes) + `"}`,
			413, `{"message":"Request body too large","detail":"At most 65536 bytes are allowed: send fewer events at once."}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, answer := b.post("/v1/services/"+c.service+"/middleware", c.body)
			if status != c.status || answer != c.answer {
				t.Errorf("got  %d %s\nwant %d %s", status, answer, c.status, c.answer)
			}
		})
	}
}

const allTaken = `{"trace_event_details":{"drops":0}}`

func TestEvents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path, body string
		status     int
		answer     string
		witnesses  int
	}{
		"one event": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `],"no_more_events":false}`, 202, allTaken, 1},
		"several events": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `,` + entry + `]}`, 202, allTaken, 2},
		"the client's name comes last": {
			eventsPath, `{"trace_events":[` + entry + `],"client_name":"web"}`, 202, allTaken, 1},
		"the service's name is in another case": {
			strings.Replace(eventsPath, "django", "DJANGO", 1),
			`{"client_name":"web","trace_events":[` + entry + `]}`, 202, allTaken, 1},
		"the last of a client": {
			eventsPath, `{"client_name":"web","trace_events":[],"no_more_events":true}`, 202, allTaken, 0},
		"no events at all": {
			eventsPath, `{"client_name":"web","trace_events":null}`, 202, allTaken, 0},
		"one bad event among good ones": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `,{"request":{}},` + entry + `]}`,
			422, `{"message":"Not all trace events were processed","trace_event_details":{"drops":1}}`, 2},
		"events that are not objects": {
			eventsPath, `{"client_name":"web","trace_events":[1,null,"x",[]]}`,
			422, `{"message":"Not all trace events were processed","trace_event_details":{"drops":4}}`, 0},
		"a lone surrogate and an unknown member": {
			eventsPath, `{"client_name":"web","x":"\ud800","trace_events":[` + entry + `]}`, 202, allTaken, 1},
		"the trace's name is unknown": {
			"/v1/services/django-demo/traces/red-fox-1/events", `{"client_name":"web","trace_events":[` + entry + `]}`,
			404, `{"message":"Trace not found","detail":"No trace of this name is on."}`, 0},
		"the service is unknown": {
			"/v1/services/other/traces/powder-blue-panda-338/events", `{"client_name":"web","trace_events":[` + entry + `]}`,
			400, `{"message":"Service not found","detail":"No middleware has registered for this service here."}`, 0},
		"the body stops early": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `,`,
			400, `{"message":"Invalid request body","detail":"It ends before the JSON does."}`, 0},
		"the body is not JSON": {
			eventsPath, `{"client_name":"web",}`,
			400, `{"message":"Invalid request body","detail":"It is not JSON: see byte 21."}`, 0},
		"the body is an array": {
			eventsPath, `[` + entry + `]`, 400, `{"message":"Invalid request body","detail":"it is not a JSON object"}`, 0},
		"something follows the body": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `]} {}`,
			400, `{"message":"Invalid request body","detail":"it is not a JSON object: something follows it"}`, 0},
		"the events are not an array": {
			eventsPath, `{"client_name":"web","trace_events":{}}`,
			400, `{"message":"Invalid request body","detail":"a member has the wrong type"}`, 0},
		"the client's name is a number": {
			eventsPath, `{"client_name":1}`,
			400, `{"message":"Invalid request body","detail":"a member has the wrong type"}`, 0},
		"one event is not JSON inside": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `,{"request":{"method":GET}},` + entry + `]}`,
			422, `{"message":"Not all trace events were processed","trace_event_details":{"drops":1}}`, 2},
		"one event is too large": {
			eventsPath, `{"client_name":"web","trace_events":[` + entry + `,{"x":"` + strings.Repeat("x", maxEventBytes) + `"},` + entry + `]}`,
			422, `{"message":"Not all trace events were processed","trace_event_details":{"drops":1}}`, 2},
		"an unknown member is very long": {
			eventsPath, `{"x":{"y":["` + strings.Repeat("x", maxEventBytes) + `"]},"trace_events":[` + entry + `]}`, 202, allTaken, 1},
		"the batch's id is very long": {
			eventsPath, `{"batch_id":"` + strings.Repeat("x", maxTextBytes) + `"}`,
			400, `{"message":"Invalid request body","detail":"A name in it is too long."}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			status, answer := b.post(c.path, c.body)
			if status != c.status || answer != c.answer {
				t.Errorf("got  %d %s\nwant %d %s", status, answer, c.status, c.answer)
			}
			if witnesses, _ := b.spooled(); len(witnesses) != c.witnesses {
				t.Errorf("%d witnesses, want %d", len(witnesses), c.witnesses)
			}
		})
	}
}

func TestNamesWithSpecialCharacters(t *testing.T) {
	t.Parallel()
	for name, escaped := range map[string]string{
		"a space":          "my%20shop",
		"a slash":          "team%2Fshop",
		"other alphabets":  "caf%C3%A9-%E5%BA%97",
		"a percent sign":   "100%25",
		"a question mark":  "what%3F",
		"dots":             "%2E%2E%2Fshop",
		"a plus sign":      "a+b",
		"a trailing slash": "shop%2F",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			// The first registration waits until the server is asked. Ending the holds ends it.
			b.server.end()
			status, answer := b.post("/v1/services/"+escaped+"/middleware", `{"client_name":"web","active_trace_ids":[]}`)
			if status != 202 || answer != `{"activated_traces":[],"deactivated_traces":[]}` {
				t.Errorf("registration: %d %s", status, answer)
			}
			status, answer = b.post("/v1/services/"+escaped+"/traces/a%2Fb/events", `{}`)
			if status != 404 || !strings.Contains(answer, "Trace not found") {
				t.Errorf("events: %d %s, want that the service is known and the trace is not", status, answer)
			}
		})
	}
}
