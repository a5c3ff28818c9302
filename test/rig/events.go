package rig

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Post posts a JSON text to the daemon as a middleware does, and returns how many of its events
// the daemon dropped. Any answer but 202 and 422 is an error.
func Post(ctx context.Context, url string, body []byte) (drops int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("post: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		return 0, fmt.Errorf("post: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, fmt.Errorf("post: %w", err)
	}
	if response.StatusCode != http.StatusAccepted && response.StatusCode != http.StatusUnprocessableEntity {
		return 0, fmt.Errorf("post: %s: %s", response.Status, answer)
	}
	var out struct {
		Details struct {
			Drops int `json:"drops"`
		} `json:"trace_event_details"`
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		return 0, fmt.Errorf("post: %w", err)
	}
	return out.Details.Drops, nil
}
