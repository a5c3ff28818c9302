package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"

	"akita/internal/store"
)

// sample is what an operation accepts.
type sample struct{ query, mediaType, body string }

// samples are the bodies and queries of the operations that need them to be valid.
func samples(t testing.TB) map[string]sample {
	t.Helper()
	return map[string]sample{
		"POST /api/v1/setup":            {body: `{"token":"x","username":"eve","password":"copper lantern orbit"}`},
		"POST /api/v1/session":          {body: `{"username":"ada","password":"copper lantern orbit"}`},
		"POST /api/v1/account/password": {body: `{"current":"copper lantern orbit","new":"violet harbour clock"}`},

		"POST /api/v1/projects":                           {body: `{"name":"another"}`},
		"PATCH /api/v1/projects/{project}":                {body: `{"retention_days":30}`},
		"POST /api/v1/api-keys":                           {body: `{"name":"second","scope":"full"}`},
		"POST /api/v1/projects/{project}/traces":          {body: `{"duration_hours":1}`},
		"PATCH /api/v1/projects/{project}/traces/{trace}": {body: `{"extend_hours":1}`},
		"PUT /api/v1/projects/{project}/declaration": {
			body: `{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{}}`,
		},
		"POST /mcp": {query: "project={project}", body: `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`},

		"POST /api/v1/agent/heartbeat": {body: `{"name":"heroku","version":"1","clients":[]}`},
		"POST /api/v1/agent/projects/{project}/traces": {
			body: `{"daemon":"heroku","active_trace_ids":[],"wait_seconds":0}`,
		},
		"PUT /api/v1/agent/projects/{project}/routes": {
			query: "reported=2026-01-31T12:00:00Z", body: `{"routes":[{"method":"GET","path":"/"}]}`,
		},
		"PUT /api/v1/agent/projects/{project}/declaration": {
			query: "reported=2026-01-31T12:00:00Z", body: `{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{}}`,
		},
		"PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}": {
			mediaType: "application/x-ndjson", body: "{}\n",
		},
		"PUT /api/v1/projects/{project}/tests/{name}": {
			mediaType: "application/octet-stream", body: encoded(t, recordingOfTests("/orders/")),
		},
	}
}

// The callers of TestAccess. A key "of own" is for one project, the others are for all.
var callers = []string{
	"anonymous", "unknown key", "revoked key", "session",
	"agent", "read", "full", "agent of own", "read of own", "full of own",
}

// The projects of TestAccess. "id" names the foreign one by its id.
var targets = []string{"own", "foreign", "id", "missing"}

// TestAccess tries every operation by every caller, with a project of its own, a foreign and a missing one.
// What must happen is what openapi.yaml says.
func TestAccess(t *testing.T) {
	t.Parallel()
	doc := loadDocument(t)
	var mu sync.Mutex
	var table []string
	calls := 0
	t.Cleanup(func() { // when all operations were tried
		slices.Sort(table)
		t.Logf("%d operations × %d callers × projects %v: %d calls\n%s",
			len(table), len(callers), targets, calls, strings.Join(table, "\n"))
	})
	for _, rt := range setupEmpty(t).routes() {
		t.Run(rt.pattern, func(t *testing.T) {
			t.Parallel()
			row, tried := tryOperation(t, rt.pattern, accessInDocument(t, doc, rt.pattern))
			mu.Lock()
			defer mu.Unlock()
			table, calls = append(table, row), calls+tried
		})
	}
}

func accessInDocument(t *testing.T, doc *openapi3.T, pattern string) access {
	t.Helper()
	method, path, _ := strings.Cut(pattern, " ")
	item := doc.Paths.Value(path)
	if item == nil || item.GetOperation(method) == nil {
		t.Fatalf("%s is not in openapi.yaml", pattern)
	}
	return documentedAccess(item.GetOperation(method), doc.Security)
}

// tryOperation tries an operation by every caller, and returns a row with the outcomes.
func tryOperation(t *testing.T, pattern string, may access) (row string, calls int) {
	t.Helper()
	named := []string{""}
	if strings.Contains(pattern, "{project}") || strings.Contains(samples(t)[pattern].query, "{project}") {
		named = targets
	}
	shared := newWorld(t)
	row = pattern + ":"
	for _, by := range callers {
		var outcomes, missing []string
		for _, target := range named {
			shared.client(by)
			w, before := shared, shared.state()
			want := wantedOutcome(pattern, may, by, target)
			if want == "ok" && !strings.HasPrefix(pattern, "GET ") {
				w = newWorld(t) // the call may delete what others need
			}
			a := w.try(pattern, by, target)
			got := outcomeOf(a)
			if got != want {
				t.Errorf("%s with project %q: %s, want %s; status %d: %s", by, target, got, want, a.Code, a.Body)
			}
			if w == shared && shared.state() != before {
				t.Errorf("%s with project %q: %s, but something has changed", by, target, got)
			}
			if got == "404" {
				missing = append(missing, strings.ReplaceAll(a.Body.String(), w.nameOf(target), "NAME"))
			}
			outcomes = append(outcomes, got)
			calls++
		}
		if len(slices.Compact(missing)) > 1 {
			t.Errorf("%s can tell a foreign project from a missing one: %s", by, missing)
		}
		row += fmt.Sprintf(" %s %s;", by, strings.Join(outcomes, "/"))
	}
	return row, calls
}

// wantedOutcome returns the outcome that a call must have: "ok", or the status of its refusal.
func wantedOutcome(pattern string, may access, by, target string) string {
	name, isOfOwn := strings.CutSuffix(by, " of own")
	scopes := map[string]access{"session": bySession, "agent": byAgentKey, "read": byReadKey, "full": byFullKey}
	switch hasKey := by != "anonymous" && by != "session"; {
	case may == anyone:
		return "ok"
	case hasKey && may == sessionOnly:
		return "403"
	case scopes[name] == 0, !hasKey && may&scopes[name] == 0:
		return "401"
	case may&scopes[name] == 0, isOfOwn && pattern == "POST /api/v1/projects":
		return "403"
	case target == "missing", isOfOwn && (target == "foreign" || target == "id"):
		return "404"
	}
	return "ok"
}

// outcomeOf returns "ok" for a call that reached what it is about.
func outcomeOf(a *response) string {
	var p struct{ Code code }
	if strings.HasPrefix(a.Header().Get("Content-Type"), "application/problem+json") {
		a.into(&p)
	}
	switch p.Code {
	case codeUnauthenticated, codeInvalidAPIKey:
		return "401"
	case codeSessionRequired, codeInsufficientScope:
		return "403"
	case codeProjectNotFound:
		return "404"
	case codeInvalidRequest, codeUnsupportedMediaType, codeInternal:
		return string(p.Code) // the test has no sample of this operation, or a bad one
	}
	return "ok"
}

// world is a server with two projects, each with a trace.
type world struct {
	*fixture

	session      *client
	own, foreign projectJSON
	traces       map[string]traceJSON // by the name of the project
	clients      map[string]*client
}

func newWorld(t *testing.T) *world {
	t.Helper()
	f := setup(t)
	f.Close() // polls and streams end at once
	w := &world{fixture: f, session: f.user(), traces: make(map[string]traceJSON), clients: make(map[string]*client)}
	for name, project := range map[string]*projectJSON{"own": &w.own, "foreign": &w.foreign} {
		w.session.post("/api/v1/projects", `{"name":"`+name+`"}`).want(http.StatusCreated).into(project)
		var trace traceJSON
		w.session.post("/api/v1/projects/"+name+"/traces", `{"duration_hours":1}`).want(http.StatusCreated).into(&trace)
		w.traces[name] = trace
	}
	w.client("agent") // the key that an operation of keys is about
	return w
}

// client returns the client of a caller.
func (w *world) client(by string) *client {
	if w.clients[by] == nil {
		w.clients[by] = w.newClient(by)
	}
	return w.clients[by]
}

func (w *world) newClient(by string) *client {
	switch by {
	case "anonymous":
		return w.anonymous()
	case "session":
		return w.session
	case "unknown key":
		c := w.anonymous()
		c.key = apiKeyJSON{ID: "apk_none", Secret: "x"}
		return c
	case "revoked key":
		c := w.keyOf(w.session, store.FullKey)
		w.session.delete("/api/v1/api-keys/" + c.key.ID).want(http.StatusNoContent)
		return c
	}
	if scope, isOfOwn := strings.CutSuffix(by, " of own"); isOfOwn {
		return w.keyOf(w.session, store.KeyScope(scope), "own")
	}
	return w.keyOf(w.session, store.KeyScope(by))
}

// nameOf returns the name or id of a project in the path.
func (w *world) nameOf(target string) string {
	if target == "id" {
		return w.foreign.ID
	}
	return target
}

// try calls an operation.
func (w *world) try(pattern, by, target string) *response {
	w.t.Helper()
	method, path, _ := strings.Cut(pattern, " ")
	sample := samples(w.t)[pattern]
	trace := w.traces["own"]
	if target == "foreign" || target == "id" {
		trace = w.traces["foreign"]
	}
	fill := strings.NewReplacer("{project}", w.nameOf(target), "{trace}", trace.ID, "{apiKey}", w.client("agent").key.ID,
		"{endpoint}", "none", "{name}", "unit", "{consumer}", "curl", "{bundle}", "bdl_6EjLU2sINbfKRwmqeqQM8s")
	if sample.query != "" {
		path += "?" + sample.query
	}
	c := w.client(by)
	r := c.request(method, fill.Replace(path), sample.body)
	if sample.mediaType != "" {
		r.Header.Set("Content-Type", sample.mediaType)
	}
	if path, _, _ := strings.Cut(path, "?"); path == "/mcp" {
		r.Header.Set("Accept", "application/json, text/event-stream")
	}
	return c.send(r)
}

// state returns what refused calls must not change.
func (w *world) state() string {
	w.t.Helper()
	ctx := w.t.Context()
	projects, err := w.store.Projects(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	keys, err := w.store.APIKeys(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range keys {
		keys[i].LastUsed = keys[i].Created
	}
	text := fmt.Sprint(projects, keys)
	for _, p := range projects {
		traces, _, err := w.store.Traces(ctx, p.ID, store.Page{})
		if err != nil {
			w.t.Fatal(err)
		}
		text += fmt.Sprint(traces)
	}
	return text
}

func TestRefusedScopesSayWhatToDo(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("shop")
	body := `{"name":"heroku","version":"1","clients":[]}`
	f.withKey(store.AgentKey).get("/api/v1/projects/shop").wantProblem(codeInsufficientScope,
		`This API key has the scope "agent", and this operation needs "read" or "full": create a key with that scope in `+
			`the console under Settings, API keys, and send it instead.`)
	f.withKey(store.ReadKey).post("/api/v1/agent/heartbeat", body).wantProblem(codeInsufficientScope,
		`has the scope "read", and this operation needs "agent" or "full"`)
	f.withKey(store.ReadKey).delete("/api/v1/projects/shop").wantProblem(codeInsufficientScope,
		`has the scope "read", and this operation needs "full"`)
	f.withKey(store.FullKey).get("/api/v1/api-keys").wantProblem(codeSessionRequired,
		`needs a session, and no API key can do it: log in`)
	f.withKey(store.FullKey, "shop").post("/api/v1/projects", `{"name":"shop"}`).wantProblem(codeInsufficientScope,
		`This API key is for chosen projects, and creating one needs a key for all projects`)
	f.withKey(store.ReadKey, "shop").get("/api/v1/projects/other").wantProblem(codeProjectNotFound,
		`This API key has no project "other": create the project in the console, correct AKITA_SERVICE_NAME, or use a key`)
}

func TestKeysThatAreOlderThanScopesAreTold(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c := f.anonymous()
	c.key = apiKeyJSON{ID: "apk_old", Secret: "x"}
	old := store.APIKey{
		ID: "apk_old", SecretSHA256: sha256Of("x"), Scope: store.AgentKey, AllProjects: true, Created: f.timestamp(),
	}
	if err := f.store.CreateAPIKey(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	c.post("/api/v1/agent/heartbeat", `{"name":"heroku","version":"1","clients":[]}`).want(http.StatusOK)
	c.get("/api/v1/projects").wantProblem(codeInsufficientScope,
		`The key is older than scopes; all such keys have the scope "agent".`)
}

func TestKeysOfAnUnknownScopeMayDoNothing(t *testing.T) {
	t.Parallel()
	for _, rt := range setupEmpty(t).routes() {
		if rt.access.has(store.APIKey{Scope: "admin", AllProjects: true}) {
			t.Error(rt.pattern)
		}
	}
}

func TestListsShowOnlyTheProjectsOfAKey(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("b")
	f.project("a")
	f.project("secret")
	list := func(c *client) (names []string) {
		var projects list[projectJSON]
		c.get("/api/v1/projects").want(http.StatusOK).into(&projects)
		for _, p := range projects.Items {
			names = append(names, p.Name)
		}
		return names
	}
	chosen := f.withKey(store.ReadKey, "B", "a", f.projectID("b"))
	if got := list(chosen); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("of a key of two projects: %q", got)
	}
	all := f.withKey(store.ReadKey)
	f.user().delete("/api/v1/projects/a").want(http.StatusNoContent)
	f.user().delete("/api/v1/projects/b").want(http.StatusNoContent)
	f.project("a")
	if got := list(chosen); got != nil {
		t.Errorf("of a key whose projects were deleted: %q", got)
	}
	if got := list(all); !slices.Equal(got, []string{"a", "secret"}) {
		t.Errorf("of a key of all projects: %q", got)
	}
}

func TestKeysOfAProjectSeeAndReportItsClientsOnly(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("own")
	f.project("foreign")
	beat := func(c *client, daemon string, projects ...string) {
		clients := make([]string, len(projects))
		for i, p := range projects {
			clients[i] = fmt.Sprintf(`{"project":%q,"name":"web.1","last_seen":"2026-01-31T12:00:00Z"}`, p)
		}
		c.post("/api/v1/agent/heartbeat", fmt.Sprintf(`{"name":%q,"version":"1","clients":[%s]}`,
			daemon, strings.Join(clients, ","))).want(http.StatusOK)
	}
	daemons := func(c *client, project string) (names []string) {
		var out list[daemonJSON]
		c.get("/api/v1/projects/" + project + "/daemons").want(http.StatusOK).into(&out)
		for _, d := range out.Items {
			names = append(names, fmt.Sprint(d.Name, len(d.Clients)))
		}
		return names
	}
	beat(f.withKey(store.AgentKey), "shared", "OWN", "foreign")
	beat(f.withKey(store.AgentKey), "far", "foreign")
	beat(f.withKey(store.AgentKey, "own"), "near", f.projectID("own"), "foreign")
	for _, test := range []struct {
		by      *client
		project string
		want    []string
	}{
		{f.user(), "own", []string{"far0", "near1", "shared1"}},
		{f.user(), "foreign", []string{"far1", "near0", "shared1"}},
		{f.withKey(store.ReadKey), "own", []string{"far0", "near1", "shared1"}},
		{f.withKey(store.ReadKey, "own"), "own", []string{"near1", "shared1"}},
	} {
		if got := daemons(test.by, test.project); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.project, got, test.want)
		}
	}
}

func TestTracesOfForeignProjectsAreMissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own, foreign := "/api/v1/projects/own", w.traces["foreign"].ID
	full := w.client("full of own")
	full.get(own + "/traces/" + foreign).wantProblem(codeTraceNotFound)
	full.get(own + "/model?trace=" + foreign).wantProblem(codeTraceNotFound)
	full.post(own+"/traces/"+foreign+"/stop", "").wantProblem(codeTraceNotFound)
	full.delete(own + "/traces/" + foreign).wantProblem(codeTraceNotFound)
	bundle := "/api/v1/agent/projects/own/traces/" + foreign + "/bundles/bdl_6EjLU2sINbfKRwmqeqQM8s"
	w.client("agent of own").do("PUT", bundle, "{}\n").wantProblem(codeTraceNotFound)
}

func TestAgentsAskAboutTheProjectsOfTheirKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(by, project string) string {
		key := w.client(by).key
		session, err := agent(t, w.fixture, "", func(r *http.Request) { r.SetBasicAuth(key.ID, key.Secret) })
		if err != nil {
			t.Fatal(err)
		}
		text, _ := callTool(t, session, "search_endpoints", map[string]any{"project": project})
		return text
	}
	for _, test := range []struct{ by, project, want string }{
		{"read", "own", "1 endpoint, "},
		{"read", "foreign", "1 endpoint, "},
		{"read", "", `Name a project with the argument project: "foreign", "own".`},
		{"read of own", "own", "1 endpoint, "},
		{"read of own", "", "1 endpoint, "},
		{"read of own", "foreign", `There is no such project: name another one with the argument project: "own".`},
		{"read of own", w.foreign.ID, `There is no such project: name another one with the argument project: "own".`},
		{"read of own", "missing", `There is no such project: name another one with the argument project: "own".`},
	} {
		if got := ask(test.by, test.project); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s about %q: %s", test.by, test.project, got)
		}
	}
	w.session.delete("/api/v1/projects/own").want(http.StatusNoContent)
	if got := ask("read of own", ""); !strings.HasPrefix(got, "The projects of this API key were deleted") {
		t.Errorf("after its project was deleted: %s", got)
	}
}

// keyOf returns a client with a new API key, for all projects unless some are named.
func (f *fixture) keyOf(by *client, scope store.KeyScope, projects ...string) *client {
	f.t.Helper()
	body, err := json.Marshal(newAPIKey{"test", scope, projects}, json.FormatNilSliceAsNull(true))
	if err != nil {
		f.t.Fatal(err)
	}
	c := f.anonymous()
	by.post("/api/v1/api-keys", string(body)).want(http.StatusCreated).into(&c.key)
	return c
}
