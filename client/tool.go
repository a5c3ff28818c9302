package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// ToolAnswer is the answer of a tool for AI agents.
type ToolAnswer struct {
	Text string
	// Failed says that Text is not an answer, but what to do to get one.
	Failed bool
}

// toolProtocol is the revision of the Model Context Protocol that CallTool speaks.
const toolProtocol = "2025-06-18"

// CallTool calls a tool for AI agents, with its arguments as a JSON object. project may be empty if the
// arguments name one, or if the server has one only.
func (c *Client) CallTool(
	ctx context.Context, project, tool string, arguments json.RawMessage,
) (answer ToolAnswer, err error) {
	type params struct {
		Name      string          `json:"name"`
		Arguments json.RawMessage `json:"arguments,omitempty"`
	}
	message, err := json.Marshal(map[string]any{
		"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params{tool, arguments},
	})
	if err != nil {
		return answer, fmt.Errorf("call tool %s: %w", tool, err)
	}
	target := c.base.JoinPath("mcp")
	if project != "" {
		target.RawQuery = url.Values{"project": {project}}.Encode()
	}
	request, err := c.request(ctx, http.MethodPost, target, bytes.NewReader(message))
	if err != nil {
		return answer, err
	}
	request.Header.Set("Accept", "application/json, text/event-stream")
	request.Header.Set("Mcp-Protocol-Version", toolProtocol)
	response, err := c.do(&c.http, request)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	var in struct {
		Result struct {
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
			IsError bool `json:"isError"`
		} `json:"result"`
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.NewDecoder(response.Body).Decode(&in); err != nil {
		return answer, fmt.Errorf("call tool %s: decode the answer: %w", tool, err)
	}
	if in.Error.Message != "" {
		return answer, fmt.Errorf("call tool %s: %s", tool, in.Error.Message)
	}
	for _, part := range in.Result.Content {
		answer.Text += part.Text
	}
	answer.Failed = in.Result.IsError
	return answer, nil
}
