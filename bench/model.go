package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"akita/client"
	"akita/test/rig"
)

// path is the endpoint of the app that is called. It does almost nothing.
const path = "/healthz"

// measureModel measures the time from a request to the app until the server notifies a
// subscribed console of a changed model, and until a model that holds the request is
// fetched.
func measureModel(ctx context.Context, s *setup, rounds int) (notified, shown []time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	trace, err := s.api.StartTrace(ctx, project, time.Hour)
	if err != nil {
		return nil, nil, err
	}
	if _, err := s.bothLog(ctx, rig.Activating(trace)); err != nil {
		return nil, nil, err
	}
	changes, err := watchModel(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	for range rounds {
		first, last, err := modelOnce(ctx, s, changes)
		if err != nil {
			return nil, nil, err
		}
		notified, shown = append(notified, first), append(shown, last)
	}
	_, err = s.api.StopTrace(ctx, project, trace.ID)
	return notified, shown, err
}

func modelOnce(ctx context.Context, s *setup, changes <-chan change) (notified, shown time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	before, err := s.requests(ctx)
	if err != nil {
		return 0, 0, err
	}
	start := time.Now()
	if err := s.callApp(ctx); err != nil {
		return 0, 0, err
	}
	for {
		select {
		case c := <-changes:
			if c.err != nil {
				return 0, 0, c.err
			}
			if notified == 0 {
				notified = c.at.Sub(start)
			}
		case <-ctx.Done():
			return 0, 0, fmt.Errorf("wait for the model: %w\n%s", ctx.Err(), s.daemon.Tail())
		}
		after, err := s.requests(ctx)
		if err != nil {
			return 0, 0, err
		}
		if after > before {
			return notified, time.Since(start), nil
		}
	}
}

// requests returns how many calls of the endpoint are in the model.
func (s *setup) requests(ctx context.Context) (int, error) {
	model, err := s.api.Model(ctx, project, client.Filter{})
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(model.Endpoints, func(e client.Endpoint) bool { return e.Path == path })
	if i < 0 {
		return 0, nil
	}
	return model.Endpoints[i].Requests, nil
}

func (s *setup) callApp(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.appURL+path, nil)
	if err != nil {
		return fmt.Errorf("call the app: %w", err)
	}
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		return fmt.Errorf("call the app: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("call the app: %s", response.Status)
	}
	return nil
}

// change is an event of the project, or the end of the stream of events.
type change struct {
	at  time.Time // when the event came
	err error     // why the stream ended
}

// watchModel subscribes to the project as a console does. The channel gets each change of
// the model but the first, which confirms the subscription.
func watchModel(ctx context.Context, s *setup) (<-chan change, error) {
	changes := make(chan change, 100)
	go func() {
		for event, err := range s.api.Watch(ctx, project) {
			if err == nil && event != client.ModelChanged {
				continue
			}
			select {
			case changes <- change{time.Now(), err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	select {
	case first := <-changes:
		return changes, first.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
