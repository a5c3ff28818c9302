package api

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
)

func TestInvalidRequests(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user, daemon := f.user(), f.daemon()
	f.project("demo")
	const (
		projects  = "POST /api/v1/projects"
		traces    = "POST /api/v1/projects/demo/traces"
		heartbeat = "POST /api/v1/agent/heartbeat"
		poll      = "POST /api/v1/agent/projects/demo/traces"
		unknown   = "POST /api/v1/agent/projects/other/traces"
		password  = "POST /api/v1/account/password"
		office    = `{"weekdays":["mon"],"from":"09:00","to":"17:00","time_zone":"UTC"}`
	)
	for _, tc := range []struct {
		client  *client
		request string
		body    string
		code    code
		detail  string
	}{
		{user, projects, ``, codeUnsupportedMediaType, "Content-Type: application/json"},
		{user, projects, ` `, codeInvalidRequest, "must be a JSON object"},
		{user, projects, `[]`, codeInvalidRequest, "must be a JSON object"},
		{user, projects, `{"name":`, codeInvalidRequest, "not valid JSON"},
		{user, projects, `{"name":"a"} {}`, codeInvalidRequest, "not valid JSON"},
		{user, projects, `{"name":"a","name":"b"}`, codeInvalidRequest, "duplicate member"},
		{user, projects, "{\"name\":\"\xff\"}", codeInvalidRequest, "not valid JSON"},
		{user, projects, `{"title":"a"}`, codeInvalidRequest, `"title" is unknown`},
		{user, projects, `{"Name":"a"}`, codeInvalidRequest, `"Name" is unknown`},
		{user, projects, `{"name":1}`, codeInvalidRequest, `"name" must be a string`},
		{user, projects, `{}`, codeInvalidRequest, `"name" is missing`},
		{user, projects, `{"name":""}`, codeInvalidRequest, `"name" is missing`},
		{user, projects, `{"name":" a"}`, codeInvalidRequest, "space"},
		{user, projects, `{"name":"a\nb"}`, codeInvalidRequest, "printable"},
		{user, projects, `{"name":"a/b"}`, codeInvalidRequest, `"/"`},
		{user, projects, `{"name":".."}`, codeInvalidRequest, `".."`},
		{user, projects, `{"name":"svc_6EjLU2sINbfKRwmqeqQM8s"}`, codeInvalidRequest, "id"},
		{user, projects, `{"name":"` + strings.Repeat("ä", 101) + `"}`, codeInvalidRequest, "at most 100 characters"},
		{user, projects, `{"name":"` + strings.Repeat("x", maxBodyBytes) + `"}`, codeTooLarge, "larger than"},
		{user, projects, `{"name":"DEMO"}`, codeProjectExists, "choose another name"},

		{user, "POST /api/v1/api-keys", `{"name":""}`, codeInvalidRequest, `"name" is missing; "scope" is missing; send "agent" for daemons`},
		{user, "POST /api/v1/api-keys", `{"name":"x","scope":"admin"}`, codeInvalidRequest, `"scope" must be "agent", "read" or "full"`},
		{user, "POST /api/v1/api-keys", `{"name":"x","scope":"read","projects":[]}`, codeInvalidRequest, `"projects" must have at least one project`},
		{user, "POST /api/v1/api-keys", `{"name":"x","scope":"read","projects":["demo","none"]}`, codeInvalidRequest, `"projects" has "none", and there is no such project`},
		{user, "DELETE /api/v1/api-keys/apk_none", ``, codeAPIKeyNotFound, "revoked"},

		{user, traces, `{}`, codeInvalidRequest, "from 1 to 720"},
		{user, traces, `{"duration_hours":0}`, codeInvalidRequest, "from 1 to 720"},
		{user, traces, `{"duration_hours":721}`, codeInvalidRequest, "from 1 to 720"},
		{user, traces, `{"duration_hours":1.5}`, codeInvalidRequest, "must be an integer"},
		{user, traces, `{"duration_hours":"1"}`, codeInvalidRequest, "must be an integer"},
		{user, traces, `{"until_stopped":false}`, codeInvalidRequest, `"until_stopped" must be true`},
		{user, traces, `{"duration_hours":1,"until_stopped":true}`, codeInvalidRequest, `"until_stopped" cannot be combined`},
		{user, traces, `{"until_stopped":true,"schedule":` + office + `}`, codeInvalidRequest, `"schedule" cannot be combined`},
		{user, traces, `{"schedule":{}}`, codeInvalidRequest, `"schedule.weekdays" must have at least one day`},
		{user, traces, `{"schedule":{"weekdays":["mon"],"every":2}}`, codeInvalidRequest, `"schedule.every" is unknown`},
		{
			user, traces, strings.Replace(`{"schedule":`+office+`}`, "UTC", "Mars/Base", 1),
			codeInvalidRequest, `"schedule.time_zone" must be`,
		},
		{user, "POST /api/v1/projects/other/traces", `{"duration_hours":1}`, codeProjectNotFound, "AKITA_SERVICE_NAME"},
		{user, "GET /api/v1/projects/demo/traces/none", ``, codeTraceNotFound, `no trace "none"`},
		{user, "PATCH /api/v1/projects/demo/traces/none", `{"name":"x"}`, codeTraceNotFound, `no trace "none"`},
		{user, "DELETE /api/v1/projects/demo/traces/none", ``, codeTraceNotFound, `no trace "none"`},
		{user, "PATCH /api/v1/projects/other", `{"retention_days":1}`, codeProjectNotFound, "AKITA_SERVICE_NAME"},
		{user, "DELETE /api/v1/projects/other", ``, codeProjectNotFound, "AKITA_SERVICE_NAME"},
		{user, "PATCH /api/v1/projects/demo", `{}`, codeInvalidRequest, "from 1 to 3650, or null"},
		{user, "PATCH /api/v1/projects/demo", `{"retention_days":0}`, codeInvalidRequest, "from 1 to 3650, or null"},
		{user, "PATCH /api/v1/projects/demo", `{"retention_days":3651}`, codeInvalidRequest, "from 1 to 3650, or null"},
		{user, "PATCH /api/v1/projects/demo", `{"retention_days":"30"}`, codeInvalidRequest, "from 1 to 3650, or null"},
		{user, "PATCH /api/v1/projects/demo", `{"retention_days":1.5}`, codeInvalidRequest, "from 1 to 3650, or null"},

		{user, "GET /api/v1/projects/demo/traces?state=on", ``, codeInvalidRequest, "active, waiting, ended or open"},
		{user, "GET /api/v1/projects/demo/traces?limit=0", ``, codeInvalidRequest, "from 1 to 500"},
		{user, "GET /api/v1/projects/demo/traces?limit=501", ``, codeInvalidRequest, "from 1 to 500"},
		{user, "GET /api/v1/projects/demo/traces?limit=ten", ``, codeInvalidRequest, "from 1 to 500"},
		{user, "GET /api/v1/projects/demo/traces?cursor=%00", ``, codeInvalidRequest, `"cursor"`},
		{user, "GET /api/v1/projects/demo/traces?on=true", ``, codeInvalidRequest, `"on" is unknown`},

		{user, "GET /api/v1/projects/demo/model?status=2x", ``, codeInvalidRequest, "200 or a class such as 4xx"},
		{user, "GET /api/v1/projects/demo/model?status=600", ``, codeInvalidRequest, "200 or a class such as 4xx"},
		{user, "GET /api/v1/projects/demo/model?auth=jwt", ``, codeInvalidRequest, "one of none, basic, bearer"},
		{user, "GET /api/v1/projects/demo/model?trace=none", ``, codeTraceNotFound, `no trace "none"`},
		{user, "GET /api/v1/projects/demo/model?status=5xx;path=x", ``, codeInvalidRequest, `join parameters with "&"`},
		{user, "GET /api/v1/projects/demo/model?status=%zz", ``, codeInvalidRequest, "percent-encode"},
		{user, "GET /api/v1/projects/demo/model/endpoints/none", ``, codeEndpointNotFound, "list of endpoints"},
		{user, "GET /api/v1/projects?limit=1", ``, codeInvalidRequest, "no query parameters"},

		{
			user, password, `{"current":"wrong password","new":"violet harbour clock"}`,
			codeInvalidRequest, `"current" is not your password`,
		},
		{
			user, password, `{"current":"copper lantern orbit","new":"short"}`,
			codeInvalidRequest, `"new" must have at least 12`,
		},

		{daemon, heartbeat, `{"version":"1","clients":[]}`, codeInvalidRequest, `"name" is missing`},
		{daemon, heartbeat, `{"name":"d","version":"1"}`, codeInvalidRequest, `"clients" is missing`},
		{
			daemon, heartbeat, `{"name":"d","version":"1","clients":[{"project":"p","name":"n","last_seen":"noon"}]}`,
			codeInvalidRequest, `"clients.0.last_seen" must be a time`,
		},
		{daemon, poll, `{"daemon":"d","active_trace_ids":[]}`, codeInvalidRequest, "from 0 to 60"},
		{daemon, poll, `{"daemon":"d","active_trace_ids":[],"wait_seconds":61}`, codeInvalidRequest, "from 0 to 60"},
		{
			daemon, poll, `{"daemon":"d","active_trace_ids":null,"wait_seconds":0}`,
			codeInvalidRequest, `"active_trace_ids" is missing`,
		},
		{daemon, unknown, `{"daemon":"d","active_trace_ids":[],"wait_seconds":0}`, codeProjectNotFound, "create it"},

		{user, "GET /api/v1/nothing", ``, codeNotFound, "/api/openapi.json"},
		{user, "GET /api/", ``, codeNotFound, "/api/openapi.json"},
		{user, "PATCH /api/v1/projects", ``, codeMethodNotAllowed, "GET, HEAD, POST"},
		{user, "GET /api/v1/account/password", ``, codeMethodNotAllowed, "POST"},
	} {
		t.Run(clip(tc.request+" "+tc.body, 80), func(t *testing.T) {
			t.Parallel()
			c := *tc.client
			c.t = t
			method, path, _ := strings.Cut(tc.request, " ")
			c.do(method, path, tc.body).wantProblem(tc.code, tc.detail)
		})
	}
}

func TestContentTypeIsRequired(t *testing.T) {
	t.Parallel()
	user := setup(t).user()
	for contentType, code := range map[string]int{
		"application/json":                  http.StatusCreated,
		"Application/JSON; charset=utf-8":   http.StatusCreated,
		"":                                  http.StatusUnsupportedMediaType,
		"text/plain":                        http.StatusUnsupportedMediaType,
		"application/x-www-form-urlencoded": http.StatusUnsupportedMediaType,
		"application/json-seq":              http.StatusUnsupportedMediaType,
	} {
		t.Run(contentType, func(t *testing.T) {
			t.Parallel()
			c := *user
			c.t = t
			r := c.request("POST", "/api/v1/api-keys", `{"name":"x","scope":"agent"}`)
			r.Header.Set("Content-Type", contentType)
			c.send(r).want(code)
		})
	}
}

// A request that the network cut off is not invalid: a daemon would not retry it.
func TestTruncatedRequestCanBeRetried(t *testing.T) {
	t.Parallel()
	c := setup(t).user()
	r := c.request("POST", "/api/v1/projects", `{"name":"shop"}`)
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"name":`), iotest.ErrReader(io.ErrUnexpectedEOF)))
	a := c.send(r).wantProblem(codeUnavailable, "again")
	if a.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}
