package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"akita/test/rig"
)

// TestAgentAsksTheBinary starts the command as an agent does, with the client of the protocol's SDK.
func TestAgentAsksTheBinary(t *testing.T) {
	t.Parallel()
	var messages strings.Builder
	folder := t.TempDir()
	for name, text := range map[string]string{
		"openapi.yaml": `openapi: 3.1.0
info: {title: books, version: "1"}
paths:
  /api/books/: {get: {responses: {"200": {description: ok}}}}
  /api/books/{id}/: {get: {responses: {"200": {description: ok}}}}
  /api/wishlists/: {get: {responses: {"200": {description: ok}}}}
`,
		"routes.json": `{"routes": [{"method": "GET", "route": "api/books/<int:pk>/", "view": "shop.Book"},
			{"method": "GET", "route": "api/wishlists/", "view": "shop.Wishlists"}]}`,
		"tests.ndjson": `{"startedDateTime":"2026-03-02T09:00:00Z","time":3,"request":{"method":"GET",` +
			`"url":"http://testserver/api/books/","headers":[]},"response":{"status":200,"headers":[]}}` + "\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), "akita", "mcp", "--path", "/api/books",
		"--openapi", filepath.Join(folder, "openapi.yaml"), "--routes", filepath.Join(folder, "routes.json"),
		"--tests", filepath.Join(folder, "tests.ndjson"), "../../testdata/accuracy/bookshop/traffic.ndjson.gz")
	command.Stderr = &messages
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &sdk.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatalf("%v: %s", err, messages.String())
	}
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range list.Tools {
		if strings.Contains(tool.Description, "project") {
			t.Errorf("%s asks for a project", tool.Name)
		}
	}
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		want      string
		failed    bool
	}{
		{"search_endpoints", nil, "12 endpoints, ", false},
		{"get_types", map[string]any{"endpoint": "POST /api/books/", "status": 201}, ` "price": string decimal`, false},
		{"get_endpoint", map[string]any{"endpoint": "GET /api/users/"}, "There is no such endpoint", true},
		{"list_changes", map[string]any{}, "These tools read files of traffic", true},
		{"list_drift", map[string]any{"kind": "unseen"}, `unseen operation GET "/api/wishlists/"`, false},
		{"list_drift", map[string]any{"kind": "undocumented"}, `undocumented operation POST "/api/books/"`, false},
		{"list_untested", nil, `untested operation GET "/api/books/{id}/": "`, false},
		{"list_untested", map[string]any{"method": "GET"}, `untested parameter GET "/api/books/" "query.ordering"`, false},
		{"list_dead_routes", map[string]any{"state": "dead"}, `dead GET "/api/wishlists/" view "shop.Wishlists": 0 calls`, false},
		{"list_dead_routes", map[string]any{"state": "shadow"}, `shadow POST "/api/books/"`, false},
	} {
		result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: test.tool, Arguments: test.arguments})
		if err != nil {
			t.Fatal(err)
		}
		text := result.Content[0].(*sdk.TextContent).Text
		if !strings.Contains(text, test.want) || result.IsError != test.failed {
			t.Errorf("%s %v: failed %v: %s", test.tool, test.arguments, result.IsError, text)
		}
	}
	if err := session.Close(); err != nil {
		t.Errorf("the command ends with %v: %s", err, messages.String())
	}
}

// TestAgentsAskARunningServer asks a server about calls that a daemon sent, over HTTP and by the command.
// Both give the same answers, and no answer has a value of the calls.
func TestAgentsAskARunningServer(t *testing.T) {
	t.Parallel()
	server, binary := installed(t)
	const canary = "zQ7canary4Kp"
	var calls []rig.Call
	for i := range 40 {
		calls = append(calls, rig.Call{
			Number: i, Path: fmt.Sprintf("api/v1/users/%d/orders/", i), Route: "api/v1/users/<int:pk>/orders/",
			Answer: fmt.Sprintf(`{"total": %d, "remark": "%s%d"}`, i, canary, i),
		})
	}
	batch := rig.NewBatch("agents", calls)
	batch.Stamp(1, time.Now())
	if _, err := rig.Post(t.Context(), server.EventsURL(), batch.Body); err != nil {
		t.Fatal(err)
	}
	if err := server.UntilFolded(t.Context(), len(calls)); err != nil {
		t.Fatal(err)
	}

	document := `{"openapi": "3.1.0", "info": {"title": "shop", "version": "1"}, "paths": {"/api/v1/users/{pk}/orders/": {"get":
		{"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object",
		"properties": {"total": {"type": "integer"}}}}}}}}}}}`
	if _, err := server.API.Declare(t.Context(), "shop", []byte(document)); err != nil {
		t.Fatal(err)
	}

	command := exec.CommandContext(t.Context(), binary, "mcp", "--server", server.ServerURL(), "--project", "shop")
	command.Env = []string{"AKITA_API_KEY_ID=" + server.Key.ID, "AKITA_API_KEY_SECRET=" + server.Key.Secret}
	sessions := map[string]*sdk.ClientSession{}
	for name, transport := range map[string]sdk.Transport{
		"command": &sdk.CommandTransport{Command: command},
		"HTTP": &sdk.StreamableClientTransport{
			Endpoint:   server.ServerURL() + "/mcp?project=shop",
			HTTPClient: &http.Client{Transport: bearer{server.Key.ID + ":" + server.Key.Secret}},
		},
	} {
		session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		t.Cleanup(func() { _ = session.Close() })
		sessions[name] = session
	}
	endpoint := map[string]any{"endpoint": "GET /api/v1/users/{pk}/orders/"}
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		want      string
		failed    bool
	}{
		{"search_endpoints", nil, `GET "/api/v1/users/{pk}/orders/": 40 calls`, false},
		{"get_endpoint", endpoint, "Authentication (calls): bearer 40", false},
		{"get_types", endpoint, ` "remark": string`, false},
		{"find_field", map[string]any{"name": "total"}, `"total": integer, in all of 40`, false},
		{"find_slow_or_failing", map[string]any{"by": "slow"}, "1 endpoint, the slowest first:", false},
		{"list_changes", nil, "Nothing changed", false},
		{"list_drift", nil, `undocumented response field GET "/api/v1/users/{pk}/orders/" 200 "response.body.remark"`, false},
		{"list_untested", nil, `The project "shop" has no tests`, true},
		{"list_dead_routes", nil, "The application has reported no routes yet", true},
		{"get_endpoint", map[string]any{"endpoint": "GET /api/v2/"}, "There is no such endpoint", true},
	} {
		answers := map[string]bool{}
		for name, session := range sessions {
			result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: test.tool, Arguments: test.arguments})
			if err != nil {
				t.Fatalf("%s: %s: %v", name, test.tool, err)
			}
			text := result.Content[0].(*sdk.TextContent).Text
			if !strings.Contains(text, test.want) || result.IsError != test.failed {
				t.Errorf("%s: %s %v: failed %v: %s", name, test.tool, test.arguments, result.IsError, text)
			}
			if strings.Contains(text, canary) || strings.Contains(text, "0123456789abcdef") {
				t.Errorf("%s: %s has a value of the calls: %s", name, test.tool, text)
			}
			answers[text] = true
		}
		if len(answers) != 1 {
			t.Errorf("%s: the transports answer differently: %v", test.tool, answers)
		}
	}
}

// bearer sends a token with each request.
type bearer struct{ token string }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return http.DefaultTransport.RoundTrip(r)
}
