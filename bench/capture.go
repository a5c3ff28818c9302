package main

import (
	"context"
	"regexp"
	"time"

	"akita/test/rig"
)

// measureCapture measures the time from the request that a click on Start makes until both
// the daemon and the middleware log that they capture.
func measureCapture(ctx context.Context, s *setup, rounds int) ([]time.Duration, error) {
	var waits []time.Duration
	for range rounds {
		wait, err := captureOnce(ctx, s)
		if err != nil {
			return nil, err
		}
		waits = append(waits, wait)
	}
	return waits, nil
}

func captureOnce(ctx context.Context, s *setup) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	start := time.Now()
	trace, err := s.api.StartTrace(ctx, project, time.Hour)
	if err != nil {
		return 0, err
	}
	on, err := s.bothLog(ctx, rig.Activating(trace))
	if err != nil {
		return 0, err
	}
	if _, err := s.api.StopTrace(ctx, project, trace.ID); err != nil {
		return 0, err
	}
	// The next round begins after both have stopped.
	if _, err := s.bothLog(ctx, rig.Deactivating(trace)); err != nil {
		return 0, err
	}
	return on.Sub(start), nil
}

// bothLog waits for a line of the daemon and one of the app, and returns the time of the later.
func (s *setup) bothLog(ctx context.Context, pattern *regexp.Regexp) (time.Time, error) {
	var last time.Time
	for _, process := range []*rig.Process{s.daemon, s.app} {
		line, err := process.Line(ctx, pattern)
		if err != nil {
			return last, err
		}
		if line.At.After(last) {
			last = line.At
		}
	}
	return last, nil
}
