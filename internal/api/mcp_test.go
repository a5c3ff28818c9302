package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/ingest"
)

// authorized sends requests with an Authorization header.
type authorized struct {
	by   func(*http.Request)
	next http.RoundTripper
}

func (a authorized) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	a.by(r)
	return a.next.RoundTrip(r)
}

// agent returns a session of the SDK's client with a real server.
func agent(t *testing.T, f *fixture, query string, by func(*http.Request)) (*sdk.ClientSession, error) {
	t.Helper()
	server := httptest.NewServer(f.Handler)
	t.Cleanup(server.Close)
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(),
		&sdk.StreamableClientTransport{
			Endpoint:   server.URL + "/mcp" + query,
			HTTPClient: &http.Client{Transport: authorized{by, server.Client().Transport}},
		}, nil)
	if err == nil {
		t.Cleanup(func() { _ = session.Close() })
	}
	return session, err
}

func callTool(t *testing.T, session *sdk.ClientSession, tool string, arguments map[string]any) (text string, failed bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	return result.Content[0].(*sdk.TextContent).Text, result.IsError
}

func TestAgentsAskTheServer(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = evolving{}
	f.project("demo")
	key := f.daemon().key
	for name, by := range map[string]func(*http.Request){
		"basic":  func(r *http.Request) { r.SetBasicAuth(key.ID, key.Secret) },
		"bearer": func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+key.ID+":"+key.Secret) },
	} {
		for query, projects := range map[string]bool{"": true, "?project=DEMO": false} {
			t.Run(name+query, func(t *testing.T) {
				t.Parallel()
				session, err := agent(t, f, query, by)
				if err != nil {
					t.Fatal(err)
				}
				list, err := session.ListTools(t.Context(), nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, tool := range list.Tools {
					input := tool.InputSchema.(map[string]any)["properties"].(map[string]any)
					if _, takes := input["project"]; takes != projects {
						t.Errorf("%s takes a project: %v, want %v", tool.Name, takes, projects)
					}
				}
				for tool, want := range map[string]string{
					"search_endpoints": `GET "/orders/{id}/": 1 call`,
					"list_changes": `GET "/orders/{id}/": field "owner" in 200 "application/json" appeared ` +
						`(in 220 of 220; 180 without it)`,
				} {
					if text, failed := callTool(t, session, tool, nil); failed || !strings.Contains(text, want) {
						t.Errorf("%s: failed %v: %s", tool, failed, text)
					}
				}
			})
		}
	}
}

func TestAgentsNameAProject(t *testing.T) {
	t.Parallel()
	f := setup(t)
	key := f.daemon().key
	session, err := agent(t, f, "", func(r *http.Request) { r.SetBasicAuth(key.ID, key.Secret) })
	if err != nil {
		t.Fatal(err)
	}
	ask := func(arguments map[string]any, wantFailed bool, want string) {
		t.Helper()
		if text, failed := callTool(t, session, "search_endpoints", arguments); failed != wantFailed || !strings.HasPrefix(text, want) {
			t.Errorf("%v: failed %v: %s", arguments, failed, text)
		}
	}
	ask(nil, true, "This server has no project yet: a person creates one in the console.")
	f.project("one")
	ask(nil, false, "1 endpoint, ")
	f.project("two")
	ask(nil, true, `Name a project with the argument project: "one", "two".`)
	ask(map[string]any{"project": "two"}, false, "1 endpoint, ")
	ask(map[string]any{"project": "three"}, true,
		`There is no such project: name another one with the argument project: "one", "two".`)
	for i := range 25 {
		f.project("other" + string(rune('a'+i)))
	}
	if text, _ := callTool(t, session, "search_endpoints", nil); !strings.HasSuffix(text, ", or one of 22 more.") {
		t.Errorf("of many projects: %s", text)
	}
}

func TestAgentsAskForChangesSinceATime(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = evolving{}
	f.project("demo")
	key := f.daemon().key
	session, err := agent(t, f, "?project=demo", func(r *http.Request) { r.SetBasicAuth(key.ID, key.Secret) })
	if err != nil {
		t.Fatal(err)
	}
	for since, want := range map[string]string{
		"-2h": "Nothing changed", "-20h": "1 change.", "yesterday": `The request is invalid: "since" must be a time such as`,
	} {
		if text, _ := callTool(t, session, "list_changes", map[string]any{"since": since}); !strings.HasPrefix(text, want) {
			t.Errorf("since %s: %s", since, text)
		}
	}
}

// compared implements Models of calls of some routes, with their model.
type compared struct{ routed }

func (compared) Model(ctx context.Context, of ingest.Scope) (*apimodel.Model, string, error) {
	return drifting{}.Model(ctx, of)
}

// TestAgentsCompare asks how a project differs from what it declares, from its tests and from its routes:
// first before there is any of them.
func TestAgentsCompare(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = compared{}
	project := f.project("demo")
	daemon, user := f.daemon(), f.user()
	session, err := agent(t, f, "?project=demo", func(r *http.Request) { r.SetBasicAuth(daemon.key.ID, daemon.key.Secret) })
	if err != nil {
		t.Fatal(err)
	}
	ask := func(tool string, wantFailed bool, wanted ...string) {
		t.Helper()
		text, failed := callTool(t, session, tool, nil)
		for _, want := range wanted {
			if failed != wantFailed || !strings.Contains(text, want) {
				t.Errorf("%s: failed %v: %s, want %s", tool, failed, text, want)
			}
		}
	}
	ask("list_drift", true, `The project "demo" declares no document: run "akita declare openapi.yaml --project demo"`)
	ask("list_untested", true, "pytest --akita")
	ask("list_dead_routes", true, "The application has reported no routes yet")

	daemon.do("PUT", putRoutesPath+"2026-01-31T10:00:00Z", listOfRoutes).want(http.StatusOK)
	daemon.do("PUT", reportPath+"2026-01-31T10:00:00Z",
		`{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{"/orders/":{"get":{"responses":{"200":{}}}}}}`)
	user.headers = http.Header{"Content-Type": {"application/octet-stream"}}
	user.do("PUT", project+"/tests/unit", encoded(t, recordingOfTests("/new/"))).want(http.StatusOK)

	ask("list_drift", false, `undocumented parameter GET "/orders/" "query.page": "`, "in 20 of 20")
	ask("list_untested", false, `untested operation GET "/orders/": "`, "in 20 of 20")
	ask("list_dead_routes", false, "5 routes (called 1, dead 1, rejected_only 1, shadow 1, zombie 1):\n"+
		`rejected_only GET "/admin/" view "admin": 1 call, last 2026-01-31T12:00Z`,
		`shadow GET "/debug/" at "shop.example": 1 call`, `dead POST "/orders/" view "shop.Orders": 0 calls`,
		`zombie GET "/v1/orders/" view "old": 1 call`)
}

func TestAgentsThatAreRefused(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("demo")
	daemon := f.daemon()
	for name, test := range map[string]struct {
		path   string
		change func(*http.Request)
		want   code
	}{
		"a key that is wrong": {"/mcp", func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+daemon.key.ID+":wrong")
		}, codeInvalidAPIKey},
		"a token without an id": {"/mcp", func(r *http.Request) {
			r.Header.Set("Authorization", "Bearer "+daemon.key.Secret)
		}, codeInvalidAPIKey},
		"a page of another origin": {"/mcp", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, codeCrossOrigin},
		"a project that is not":    {"/mcp?project=other", func(*http.Request) {}, codeProjectNotFound},
		"an unknown parameter":     {"/mcp?trace=other", func(*http.Request) {}, codeInvalidRequest},
		"a stream of events":       {"/mcp", func(r *http.Request) { r.Method = http.MethodGet }, codeMethodNotAllowed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := *daemon
			c.t = t
			r := c.request("POST", test.path, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`)
			test.change(r)
			w := httptest.NewRecorder()
			f.ServeHTTP(w, r)
			(&response{w, t}).wantProblem(test.want)
		})
	}
}

// stuck implements Models and answers when its caller gives up.
type stuck struct{ oneEndpoint }

func (stuck) Endpoints(ctx context.Context, _ ingest.Scope) (*endpoints.Set, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestCallsOfToolsAreBoundedInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.models = stuck{}
		f.project("demo")
		daemon, begin := f.daemon(), time.Now()
		call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_endpoints","arguments":{}}}`
		r := daemon.request("POST", "/mcp", call)
		r.Header.Set("Accept", "application/json, text/event-stream")
		if a := daemon.send(r).want(http.StatusOK); !strings.Contains(a.Body.String(), "This took longer than 30s") {
			t.Errorf("the answer is %s", a.Body)
		}
		if took := time.Since(begin); took != toolTimeout {
			t.Errorf("it took %s", took)
		}
	})
}

// defective implements Models and fails.
type defective struct{ oneEndpoint }

func (defective) Endpoints(context.Context, ingest.Scope) (*endpoints.Set, error) {
	return nil, errors.New("page 17 is torn")
}

func TestCauseOfADefectIsInTheLogOnly(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = defective{}
	f.project("demo")
	key := f.daemon().key
	session, err := agent(t, f, "", func(r *http.Request) { r.SetBasicAuth(key.ID, key.Secret) })
	if err != nil {
		t.Fatal(err)
	}
	text, failed := callTool(t, session, "get_endpoint", map[string]any{"endpoint": "GET /a"})
	if !failed || text != "Akita failed: its log has the cause. Try again later." {
		t.Errorf("failed %v: %s", failed, text)
	}
	if !strings.Contains(f.log.String(), "page 17 is torn") {
		t.Errorf("the log is %s", f.log)
	}
}
