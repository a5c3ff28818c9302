package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"akita/test/rig"
)

// path is the endpoint of the app that is called: it does next to nothing.
const path = "/healthz"

// measureModel measures from a request to the app until the server tells a
// subscribed console that the model has changed, and until the model that is
// fetched upon that holds the request.
func measureModel(ctx context.Context, s *setup, rounds int) (told, shown []time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	trace, err := s.api.StartTrace(ctx, project)
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
		told, shown = append(told, first), append(shown, last)
	}
	return told, shown, s.api.StopTrace(ctx, project, trace.ID)
}

func modelOnce(ctx context.Context, s *setup, changes <-chan time.Time) (told, shown time.Duration, err error) {
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
		case at, open := <-changes:
			if !open {
				return 0, 0, errors.New("the stream of events ended")
			}
			if told == 0 {
				told = at.Sub(start)
			}
		case <-ctx.Done():
			return 0, 0, fmt.Errorf("wait for the model: %w\n%s", ctx.Err(), s.daemon.Tail())
		}
		after, err := s.requests(ctx)
		if err != nil {
			return 0, 0, err
		}
		if after > before {
			return told, time.Since(start), nil
		}
	}
}

// requests is how often the endpoint stands in the model.
func (s *setup) requests(ctx context.Context) (int, error) {
	model, err := s.api.Model(ctx, project)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(model.Endpoints, func(e rig.Endpoint) bool { return e.Path == path })
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
	response, err := s.api.HTTP.Do(request)
	if err != nil {
		return fmt.Errorf("call the app: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("call the app: %s", response.Status)
	}
	return nil
}

// watchModel subscribes to the project as a console does. The channel gets the time
// of each event that says that the model has changed, after the first, which says
// that the subscription stands.
func watchModel(ctx context.Context, s *setup) (<-chan time.Time, error) {
	stream := *s.api
	stream.HTTP = &http.Client{Jar: s.api.HTTP.Jar}                 // no time limit
	response, err := stream.Get(ctx, "projects/"+project+"/events") //nolint:bodyclose // the goroutine below closes it
	if err != nil {
		return nil, err
	}
	changes, subscribed := make(chan time.Time, 100), make(chan struct{})
	go func() {
		defer response.Body.Close()
		defer close(changes)
		first := true
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if lines.Text() != "event: model" {
				continue
			}
			if first {
				first = false
				close(subscribed)
				continue
			}
			select {
			case changes <- time.Now():
			case <-ctx.Done():
				return
			}
		}
	}()
	select {
	case <-subscribed:
		return changes, nil
	case _, open := <-changes:
		return nil, fmt.Errorf("subscribe to the project: the stream ended at once (%t)", open)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
