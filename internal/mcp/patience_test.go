package mcp_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/mcp"
)

const (
	initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",` +
		`"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}` + "\n"
	initialized = `{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n"
	called      = `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_endpoint","arguments":{}}}` + "\n"
	cancelled   = `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}` + "\n"
)

// A script writes all its messages and closes the input. It gets every answer.
func TestEndOfTheInputWaitsForAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := config(io.Discard)
		slow.Call = func(context.Context, string, []byte) (string, error) {
			time.Sleep(time.Minute)
			return "slowly", nil
		}
		var out strings.Builder
		if err := mcp.ServeStreams(t.Context(), slow, strings.NewReader(initialize+initialized+called), &out); err != nil {
			t.Error(err)
		}
		for _, answer := range []string{`"id":1,"result":{`, `"id":2,"result":{"content":[{"type":"text","text":"slowly"}]}`} {
			if !strings.Contains(out.String(), answer) {
				t.Errorf("%s is missing: %s", answer, out.String())
			}
		}
	})
}

// A call that is cancelled does not keep the session open, and neither does the end of the context.
func TestEndOfTheInputDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		input string
		end   time.Duration // of the context
	}{
		"the call is cancelled": {initialize + initialized + called + cancelled, time.Hour},
		"the context ends":      {initialize + initialized + called, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), test.end)
				defer cancel()
				stuck := config(io.Discard)
				stuck.Call = func(ctx context.Context, _ string, _ []byte) (string, error) {
					<-ctx.Done()
					return "", ctx.Err()
				}
				begin := time.Now()
				if err := mcp.ServeStreams(ctx, stuck, strings.NewReader(test.input), io.Discard); err != nil {
					t.Error(err)
				}
				if took := time.Since(begin); took > time.Minute {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}
