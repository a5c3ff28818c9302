package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"go.uber.org/goleak"

	"akita/internal/mcp"
	"akita/internal/toolbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// config serves tools that repeat their arguments, or fail as these say.
func config(logs io.Writer) mcp.Config {
	return mcp.Config{
		Version: "1.2.3", Tools: toolbox.Tools(true), Logger: slog.New(slog.NewTextHandler(logs, nil)),
		Call: func(_ context.Context, tool string, arguments []byte) (string, error) {
			switch {
			case strings.Contains(string(arguments), "problem"):
				return "", toolbox.Problem("Do something else.")
			case strings.Contains(string(arguments), "defect"):
				return "", errors.New("the disk is broken")
			}
			return tool + string(arguments), nil
		},
	}
}

// overStreams returns a session of the SDK's client that is served over a pair of streams.
func overStreams(t *testing.T, config mcp.Config) *sdk.ClientSession {
	t.Helper()
	fromClient, toServer := io.Pipe()
	fromServer, toClient := io.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- mcp.ServeStreams(t.Context(), config, fromClient, toClient)
		_ = toClient.Close()
	}()
	session := connect(t, &sdk.IOTransport{Reader: fromServer, Writer: toServer})
	t.Cleanup(func() {
		_ = session.Close()
		if err := <-served; err != nil {
			t.Errorf("served: %v", err)
		}
	})
	return session
}

// overHTTP returns a session of the SDK's client that is served over HTTP.
func overHTTP(t *testing.T, config mcp.Config) *sdk.ClientSession {
	t.Helper()
	server := httptest.NewServer(mcp.Handler(config))
	t.Cleanup(server.Close)
	session := connect(t, &sdk.StreamableClientTransport{Endpoint: server.URL, HTTPClient: server.Client()})
	t.Cleanup(func() { _ = session.Close() })
	return session
}

func connect(t *testing.T, transport sdk.Transport) *sdk.ClientSession {
	t.Helper()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

var transports = map[string]func(*testing.T, mcp.Config) *sdk.ClientSession{"streams": overStreams, "HTTP": overHTTP}

func TestConformsToTheClientOfTheSDK(t *testing.T) {
	t.Parallel()
	for name, open := range transports {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var logs strings.Builder
			session := open(t, config(&logs))
			about := session.InitializeResult()
			if about.ServerInfo.Name != "akita" || about.ServerInfo.Version != "1.2.3" || about.Instructions != toolbox.Instructions {
				t.Errorf("the server says %+v, %q", about.ServerInfo, about.Instructions)
			}
			for _, test := range []struct {
				argument, text string
				failed         bool
			}{
				{"orders", `search_endpoints{"text":"orders"}`, false},
				{"problem", "Do something else.", true},
				{"defect", "Akita failed: its log has the cause. Try again later.", true},
			} {
				result, err := session.CallTool(t.Context(), &sdk.CallToolParams{
					Name: "search_endpoints", Arguments: map[string]any{"text": test.argument},
				})
				if err != nil {
					t.Fatal(err)
				}
				if got := textOf(t, result); got != test.text || result.IsError != test.failed {
					t.Errorf("%s: %q, failed %v", test.argument, got, result.IsError)
				}
			}
			if _, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: "erase"}); err == nil {
				t.Error("an unknown tool was called")
			}
		})
	}
}

func textOf(t *testing.T, result *sdk.CallToolResult) string {
	t.Helper()
	if len(result.Content) != 1 {
		t.Fatalf("%d parts, want 1", len(result.Content))
	}
	content, ok := result.Content[0].(*sdk.TextContent)
	if !ok {
		t.Fatalf("%T, want text", result.Content[0])
	}
	return content.Text
}

// TestToolsAreListedShortly takes three bytes for a token: one of English prose in JSON has more.
func TestToolsAreListedShortly(t *testing.T) {
	t.Parallel()
	const bytesPerToken = 3
	session := overHTTP(t, config(io.Discard))
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tools have %d bytes, at most %d tokens", len(list.Tools), len(text), len(text)/bytesPerToken)
	if limit := toolbox.MaxTokens * bytesPerToken; len(text) > limit {
		t.Errorf("%d tools have %d bytes, want at most %d", len(list.Tools), len(text), limit)
	}
	if len(list.Tools) != len(toolbox.Tools(true)) {
		t.Errorf("%d tools are listed", len(list.Tools))
	}
	for _, tool := range list.Tools {
		a := tool.Annotations
		if a == nil || !a.ReadOnlyHint || !a.IdempotentHint || a.OpenWorldHint == nil || *a.OpenWorldHint {
			t.Errorf("%s: annotations %+v", tool.Name, a)
		}
	}
}

func TestLogHasTheCauseAndTheAgentHasNot(t *testing.T) {
	t.Parallel()
	var logs strings.Builder
	session := overStreams(t, config(&logs))
	if _, err := session.CallTool(t.Context(), &sdk.CallToolParams{
		Name: "search_endpoints", Arguments: map[string]any{"text": "defect"},
	}); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(logs.String(), "\n"); lines != 1 || !strings.Contains(logs.String(), `"the disk is broken"`) {
		t.Errorf("the log is %s", logs.String())
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	t.Parallel()
	handler := mcp.Handler(config(io.Discard))
	call := `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	for _, test := range []struct {
		name, method, mediaType, body string
		status                        int
	}{
		{"a call", "POST", "application/json", call, http.StatusOK},
		{"a stream of events", "GET", "", "", http.StatusMethodNotAllowed},
		{"the end of a session", "DELETE", "", "", http.StatusMethodNotAllowed},
		{"text", "POST", "text/plain", call, http.StatusUnsupportedMediaType},
		{"no JSON", "POST", "application/json", "{", http.StatusBadRequest},
		{
			"too long", "POST", "application/json", call + strings.Repeat(" ", 64<<10),
			http.StatusRequestEntityTooLarge,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), test.method, "/mcp", strings.NewReader(test.body))
			r.Header.Set("Content-Type", test.mediaType)
			r.Header.Set("Accept", "application/json, text/event-stream")
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != test.status {
				t.Errorf("status %d, want %d: %s", w.Code, test.status, w.Body)
			}
		})
	}
}

func TestStreamsEndWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	in, write := io.Pipe()
	defer write.Close()
	served := make(chan error, 1)
	go func() { served <- mcp.ServeStreams(ctx, config(io.Discard), in, io.Discard) }()
	cancel()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestHostileLinesEndTheSession(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"no JSON": "{\n", "no message": "[1]\n", "too long": `"` + strings.Repeat("a", 1<<20) + "\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_ = mcp.ServeStreams(t.Context(), config(io.Discard), strings.NewReader(line), io.Discard)
		})
	}
}
