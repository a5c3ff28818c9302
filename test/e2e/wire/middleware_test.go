package wire_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"akita/client"
	"akita/test/rig"
)

// middleware calls the daemon as its protocol requires.
type middleware struct {
	url  string
	name string
	http *http.Client
}

func newMiddleware(t *testing.T, daemonURL, name string) *middleware {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &middleware{
		url:  daemonURL + "/v1/services/" + project,
		name: name,
		http: &http.Client{Transport: transport, Timeout: time.Minute},
	}
}

// changes is the daemon's answer to a registration.
type changes struct {
	Activated []struct {
		ID   string `json:"trace_id"`
		Name string `json:"trace_name"`
	} `json:"activated_traces"`
	Deactivated []string `json:"deactivated_traces"`
}

// register sends the traces that the client believes are active, and waits for a change.
func (m *middleware) register(ctx context.Context, active ...string) (changes, error) {
	if active == nil {
		active = []string{}
	}
	var answer changes
	status, err := m.post(
		ctx,
		"/middleware",
		map[string]any{"client_name": m.name, "active_trace_ids": active},
		&answer,
	)
	if err == nil && status != http.StatusAccepted {
		err = fmt.Errorf("register: status %d", status)
	}
	return answer, err
}

// send sends a call as an old middleware does. The call is acknowledged if err is nil.
func (m *middleware) send(ctx context.Context, trace client.Trace, entry any) error {
	return m.sendEvents(ctx, trace, map[string]any{"client_name": m.name, "trace_events": []any{entry}})
}

// sendUntilAcknowledged sends a call as our middleware does: as a batch with an id, repeated
// until it is acknowledged or ctx ends.
func (m *middleware) sendUntilAcknowledged(ctx context.Context, trace client.Trace, entry any) error {
	batch := map[string]any{"client_name": m.name, "trace_events": []any{entry}, "batch_id": uuid.NewString()}
	for {
		err := m.sendEvents(ctx, trace, batch)
		if err == nil {
			return nil
		}
		if err := m.waitForDaemon(ctx); err != nil {
			return err
		}
	}
}

func (m *middleware) sendEvents(ctx context.Context, trace client.Trace, events any) error {
	status, err := m.post(ctx, "/traces/"+trace.Name+"/events", events, nil)
	if err == nil && status != http.StatusAccepted {
		err = fmt.Errorf("send events: status %d", status)
	}
	return err
}

func (m *middleware) post(ctx context.Context, path string, in, out any) (status int, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return 0, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := m.http.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if out == nil {
		return response.StatusCode, nil
	}
	return response.StatusCode, json.NewDecoder(response.Body).Decode(out)
}

// activated registers until the daemon reports the trace as active.
func (m *middleware) activated(ctx context.Context, trace client.Trace) error {
	for {
		answer, err := m.register(ctx)
		if err != nil {
			return err
		}
		for _, activated := range answer.Activated {
			if activated.ID == trace.ID && activated.Name == trace.Name {
				return nil
			}
		}
		if ctx.Err() != nil {
			return errors.New("the daemon never reported the trace as active")
		}
	}
}

// waitForDaemon waits until the daemon listens.
func (m *middleware) waitForDaemon(ctx context.Context) error {
	return rig.Until(ctx, func() (bool, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.url, nil)
		if err != nil {
			return false, err
		}
		response, err := m.http.Do(request)
		if err != nil {
			return false, nil //nolint:nilerr // it does not listen yet
		}
		return true, response.Body.Close()
	})
}
