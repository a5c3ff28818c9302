package main

import (
	"os/exec"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestAgentAsksTheBinary starts the command as an agent does, with the client of the protocol's SDK.
func TestAgentAsksTheBinary(t *testing.T) {
	t.Parallel()
	var messages strings.Builder
	command := exec.CommandContext(t.Context(), "akita", "mcp", "--path", "/api/books",
		"../../testdata/accuracy/bookshop/traffic.ndjson.gz")
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
