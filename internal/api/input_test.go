package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/ingest"
	"akita/internal/queue"
	"akita/internal/store"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user, daemon := f.user(), f.daemon()
	f.project("demo")
	const (
		projects  = "POST /api/v1/projects"
		traces    = "POST /api/v1/projects/demo/traces"
		heartbeat = "POST /api/v1/agent/heartbeat"
		poll      = "POST /api/v1/agent/projects/demo/traces"
	)
	for _, tc := range []struct {
		client  *client
		request string
		body    string
		code    code
		says    string
	}{
		{user, projects, ``, codeUnsupportedMediaType, "Content-Type: application/json"},
		{user, projects, ` `, codeInvalidRequest, "not a JSON object"},
		{user, projects, `[]`, codeInvalidRequest, "not a JSON object"},
		{user, projects, `{"name":`, codeInvalidRequest, "no valid JSON"},
		{user, projects, `{"name":"a"} {}`, codeInvalidRequest, "no valid JSON"},
		{user, projects, `{"name":"a","name":"b"}`, codeInvalidRequest, "stands twice"},
		{user, projects, "{\"name\":\"\xff\"}", codeInvalidRequest, "no valid JSON"},
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

		{user, "POST /api/v1/api-keys", `{"name":""}`, codeInvalidRequest, `"name" is missing`},
		{user, "DELETE /api/v1/api-keys/apk_none", ``, codeAPIKeyNotFound, "revoked"},

		{user, traces, `{}`, codeInvalidRequest, "from 1 to 720"},
		{user, traces, `{"duration_hours":0}`, codeInvalidRequest, "from 1 to 720"},
		{user, traces, `{"duration_hours":721}`, codeInvalidRequest, "from 1 to 720"},
		{user, traces, `{"duration_hours":1.5}`, codeInvalidRequest, "must be an integer"},
		{user, traces, `{"duration_hours":"1"}`, codeInvalidRequest, "must be an integer"},
		{user, "POST /api/v1/projects/other/traces", `{"duration_hours":1}`, codeProjectNotFound, "AKITA_SERVICE_NAME"},
		{user, "GET /api/v1/projects/demo/traces/none", ``, codeTraceNotFound, `no trace "none"`},
		{user, "GET /api/v1/projects/demo/traces?state=on", ``, codeInvalidRequest, "active or ended"},
		{user, "GET /api/v1/projects/demo/traces?limit=0", ``, codeInvalidRequest, "from 1 to 500"},
		{user, "GET /api/v1/projects/demo/traces?limit=501", ``, codeInvalidRequest, "from 1 to 500"},
		{user, "GET /api/v1/projects/demo/traces?limit=ten", ``, codeInvalidRequest, "from 1 to 500"},
		{user, "GET /api/v1/projects/demo/traces?cursor=%00", ``, codeInvalidRequest, `"cursor"`},
		{user, "GET /api/v1/projects/demo/traces?on=true", ``, codeInvalidRequest, `"on" is unknown`},

		{user, "GET /api/v1/projects/demo/model?status=2x", ``, codeInvalidRequest, "200 or a class such as 4xx"},
		{user, "GET /api/v1/projects/demo/model?status=600", ``, codeInvalidRequest, "200 or a class such as 4xx"},
		{user, "GET /api/v1/projects/demo/model?auth=jwt", ``, codeInvalidRequest, "one of none, basic, bearer"},
		{user, "GET /api/v1/projects/demo/model?trace=none", ``, codeTraceNotFound, `no trace "none"`},
		{user, "GET /api/v1/projects/demo/model?status=500;method=GET", ``, codeInvalidRequest, `join parameters by "&"`},
		{user, "GET /api/v1/projects/demo/model?status=%zz", ``, codeInvalidRequest, "percent-encoded"},
		{user, "GET /api/v1/projects/demo/model/endpoints/none", ``, codeEndpointNotFound, "list of endpoints"},
		{user, "GET /api/v1/projects?limit=1", ``, codeInvalidRequest, "no query parameters"},

		{user, "POST /api/v1/account/password", `{"current":"wrong password","new":"violet harbour clock"}`, codeInvalidRequest, `"current" is not your password`},
		{user, "POST /api/v1/account/password", `{"current":"copper lantern orbit","new":"short"}`, codeInvalidRequest, `"new" must have at least 12`},

		{daemon, heartbeat, `{"version":"1","clients":[]}`, codeInvalidRequest, `"name" is missing`},
		{daemon, heartbeat, `{"name":"d","version":"1"}`, codeInvalidRequest, `"clients" is missing`},
		{daemon, heartbeat, `{"name":"d","version":"1","clients":[{"project":"p","name":"n","last_seen":"noon"}]}`, codeInvalidRequest, `"clients.0.last_seen" must be a time`},
		{daemon, poll, `{"daemon":"d","active_trace_ids":[]}`, codeInvalidRequest, "from 0 to 60"},
		{daemon, poll, `{"daemon":"d","active_trace_ids":[],"wait_seconds":61}`, codeInvalidRequest, "from 0 to 60"},
		{daemon, poll, `{"daemon":"d","active_trace_ids":null,"wait_seconds":0}`, codeInvalidRequest, `"active_trace_ids" is missing`},
		{daemon, "POST /api/v1/agent/projects/other/traces", `{"daemon":"d","active_trace_ids":[],"wait_seconds":0}`, codeProjectNotFound, "create it"},

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
			c.do(method, path, tc.body).wantProblem(tc.code, tc.says)
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
			r := c.request("POST", "/api/v1/api-keys", `{"name":"x"}`)
			r.Header.Set("Content-Type", contentType)
			c.send(r).want(code)
		})
	}
}

func TestAllowNamesTheMethods(t *testing.T) {
	t.Parallel()
	user := setup(t).user()
	for path, want := range map[string]string{
		"/api/v1/session":            "GET, HEAD, POST, DELETE",
		"/api/v1/projects":           "GET, HEAD, POST",
		"/api/v1/api-keys/apk_none":  "DELETE",
		"/api/v1/agent/heartbeat":    "POST",
		"/api/v1/projects/x/daemons": "GET, HEAD",
	} {
		a := user.do("PATCH", path, "").wantProblem(codeMethodNotAllowed)
		if got := a.Header().Get("Allow"); got != want {
			t.Errorf("%s: Allow %q, want %q", path, got, want)
		}
	}
}

// What the network cut short is no wrong request: a daemon that was told so would give up.
func TestACutRequestMayComeAgain(t *testing.T) {
	t.Parallel()
	c := setup(t).user()
	r := c.request("POST", "/api/v1/projects", `{"name":"shop"}`)
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"name":`), iotest.ErrReader(io.ErrUnexpectedEOF)))
	a := c.send(r).wantProblem(codeUnavailable, "again")
	if a.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

func TestBundleErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err        error
		code       code
		retryAfter string
		says       string
	}{
		"full":       {queue.ErrFull, codeUnavailable, "5", "later"},
		"too large":  {ingest.ErrTooLarge, codeTooLarge, "", "too large"},
		"encoding":   {ingest.ErrEncoding, codeUnsupportedMediaType, "", "zstd"},
		"incomplete": {ingest.ErrIncomplete, codeUnavailable, "5", "again"},
		"malformed":  {fmt.Errorf("%w: line 3: no method", ingest.ErrMalformed), codeInvalidBundle, "", "line 3: no method"},
		"other":      {errors.New("disk on fire"), codeInternal, "", "log"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t)
			f.bundles.err = fmt.Errorf("accept: %w", tc.err)
			a := putBundle(f, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/x-ndjson").wantProblem(tc.code, tc.says)
			if got := a.Header().Get("Retry-After"); got != tc.retryAfter {
				t.Errorf("Retry-After %q, want %q", got, tc.retryAfter)
			}
			if leaked := strings.Contains(a.Body.String(), "on fire"); leaked {
				t.Error("an internal error's text is in the answer")
			}
			if logged := strings.Contains(f.log.String(), "on fire"); logged != (tc.code == codeInternal) {
				t.Errorf("logged = %v", logged)
			}
		})
	}
}

func TestABundleBrokenOffIsNotDurable(t *testing.T) {
	t.Parallel()
	f := setup(t)
	daemon := f.daemon()
	ctx, cancel := context.WithCancel(t.Context())
	r := bundleRequest(f, daemon, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/x-ndjson").WithContext(ctx)
	cancel()
	a := daemon.send(r).wantProblem(codeUnavailable, "again")
	if got := a.Header().Get("Retry-After"); got != "5" {
		t.Errorf("Retry-After %q, want 5", got)
	}
	if strings.Contains(f.log.String(), "Request failed") {
		t.Error("a caller who went is logged as a failure")
	}
}

// fullStore is a store whose disk has no room.
type fullStore struct{ store.Store }

func (fullStore) CreateProject(context.Context, store.Project) error {
	return fmt.Errorf("create project: %w", store.ErrFull)
}

func TestAFullDiskMakesTheServerUnavailable(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user := f.user()
	f.API.store = fullStore{f.store}
	a := user.post("/api/v1/projects", `{"name":"demo"}`).wantProblem(codeUnavailable, "disk is full")
	if got := a.Header().Get("Retry-After"); got != "5" {
		t.Errorf("Retry-After %q, want 5", got)
	}
	if !strings.Contains(f.log.String(), "Request failed") {
		t.Error("the log does not say so")
	}
}

func TestBundleIsHandedOn(t *testing.T) {
	t.Parallel()
	f := setup(t)
	putBundle(f, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/x-ndjson").want(http.StatusAccepted)
	b := f.bundles.seen["bdl_6EjLU2sINbfKRwmqeqQM8s"]
	if !strings.HasPrefix(b.ProjectID, "svc_") || !strings.HasPrefix(b.TraceID, "lrn_") || b.ContentEncoding != "zstd" || f.bundles.body != "{}\n" {
		t.Errorf("bundle %+v with body %q", b, f.bundles.body)
	}
}

func TestBundleIsRefusedBeforeItIsRead(t *testing.T) {
	t.Parallel()
	f := setup(t)
	putBundle(f, "bdl_short", "application/x-ndjson").wantProblem(codeInvalidRequest, "22 characters")
	putBundle(f, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/json").wantProblem(codeUnsupportedMediaType, "application/x-ndjson")
}

// putBundle hands over a bundle of one line to a trace of its own that has ended.
func putBundle(f *fixture, id, contentType string) *answer {
	f.t.Helper()
	daemon := f.daemon()
	return daemon.send(bundleRequest(f, daemon, id, contentType))
}

func bundleRequest(f *fixture, daemon *client, id, contentType string) *http.Request {
	f.t.Helper()
	project := f.project(fmt.Sprintf("p%d", len(f.log.String())))
	var trace traceJSON
	f.user().post(project+"/traces", `{"duration_hours":1}`).want(http.StatusCreated).into(&trace)
	f.user().post(project+"/traces/"+trace.ID+"/stop", "").want(http.StatusOK)
	path := strings.Replace(project, "/projects/", "/agent/projects/", 1)
	r := daemon.request("PUT", path+"/traces/"+trace.Name+"/bundles/"+id, "{}\n")
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Content-Encoding", "zstd")
	return r
}
