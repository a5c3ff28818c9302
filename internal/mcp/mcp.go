// Package mcp serves the tools of package toolbox by the Model Context Protocol
// (https://modelcontextprotocol.io), to one agent over a pair of streams, or to any over HTTP.
package mcp

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"akita/internal/toolbox"
)

// Config says what is served.
type Config struct {
	Version string // of Akita
	Tools   []toolbox.Tool
	// Call answers a call of a tool, with its arguments as JSON. An error that is a toolbox.Problem is
	// for the agent; any other one is logged.
	Call   func(ctx context.Context, tool string, arguments []byte) (string, error)
	Logger *slog.Logger
}

// ServeStreams serves an agent until it closes in or ctx ends. in and out are the standard input and
// output of a process: each message is a line.
func ServeStreams(ctx context.Context, config Config, in io.Reader, out io.Writer) error {
	transport := &sdk.IOTransport{Reader: io.NopCloser(in), Writer: keptOpen{out}, MaxLineLength: maxMessageBytes}
	config.Call = config.endingWith(ctx)
	session, err := newServer(config).Connect(ctx, patient{transport}, nil)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = session.Close() })
	defer stop()
	if err := session.Wait(); err != nil && ctx.Err() == nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// endingWith returns Call so that it ends with a context too: the SDK's session waits for open calls.
func (c Config) endingWith(end context.Context) func(context.Context, string, []byte) (string, error) {
	return func(ctx context.Context, tool string, arguments []byte) (string, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(end, cancel)()
		return c.Call(ctx, tool, arguments)
	}
}

// keptOpen is a writer that a session does not close.
type keptOpen struct{ io.Writer }

func (keptOpen) Close() error { return nil }

// maxMessageBytes bounds a message of an agent. Arguments of tools are far smaller.
const maxMessageBytes = 64 << 10

// Handler serves agents over streamable HTTP. It keeps nothing between requests.
func Handler(config Config) http.Handler {
	server := newServer(config)
	return sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, &sdk.StreamableHTTPOptions{
		Stateless:           true,
		JSONResponse:        true,
		Logger:              warnings(config.Logger),
		MaxRequestBodyBytes: maxMessageBytes,
		// The API key protects from other sites, and a proxy on this machine sends the name of the server.
		DisableLocalhostProtection:   true,
		PropagateRequestCancellation: true,
	})
}

func newServer(config Config) *sdk.Server {
	server := sdk.NewServer(
		&sdk.Implementation{Name: "akita", Title: "Akita", Version: config.Version},
		&sdk.ServerOptions{
			Instructions: toolbox.Instructions,
			Logger:       warnings(config.Logger),
			Capabilities: &sdk.ServerCapabilities{Tools: &sdk.ToolCapabilities{}},
		},
	)
	closed := false
	for _, tool := range config.Tools {
		server.AddTool(&sdk.Tool{
			Name: tool.Name, Title: tool.Title, Description: tool.Description, InputSchema: tool.Input,
			Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
		}, config.handle)
	}
	return server
}

// handle answers a call. Every error is a result, because agents see only results.
func (c Config) handle(ctx context.Context, request *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
	text, err := c.Call(ctx, request.Params.Name, request.Params.Arguments)
	problem, isProblem := errors.AsType[toolbox.Problem](err)
	switch {
	case isProblem:
		text = problem.Error()
	case err != nil:
		c.Logger.Error("Tool failed", "tool", request.Params.Name, "error", err)
		text = "Akita failed: its log has the cause. Try again later."
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: text}}, IsError: err != nil}, nil
}
