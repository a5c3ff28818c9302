package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"akita/test/rig"
)

// restartAfter is how long a supervisor (systemd, Docker) waits before it starts a
// process again.
const restartAfter = 100 * time.Millisecond

// supervised is a process that is restarted when it ends.
type supervised struct {
	command rig.Command
	// excused reports whether the process may end by itself now, such as on a full disk.
	excused func() bool

	mu        sync.Mutex
	running   *rig.Process // nil between two runs of the process
	killed    bool         // by kill
	kills     int
	failures  int      // how often it ended by itself with an excuse
	surprises []string // how it ended by itself without one
	peakRSS   int64    // bytes

	end     context.CancelFunc
	stopped chan struct{}
}

// supervise starts a process and keeps it running until stop is called.
func supervise(command rig.Command, excused func() bool) *supervised {
	ctx, end := context.WithCancel(context.Background())
	s := &supervised{command: command, excused: excused, end: end, stopped: make(chan struct{})}
	go s.keep(ctx)
	return s
}

// stop ends the process in order. It is idempotent.
func (s *supervised) stop() {
	s.end()
	<-s.stopped
}

func (s *supervised) keep(ctx context.Context) {
	defer close(s.stopped)
	for ctx.Err() == nil {
		process, err := rig.Start(s.command)
		if err != nil {
			s.surprise(err.Error())
		} else {
			s.live(ctx, process)
		}
		select {
		case <-time.After(restartAfter):
		case <-ctx.Done():
		}
	}
}

// live waits for the end of one run of the process. When ctx ends, it stops the process.
func (s *supervised) live(ctx context.Context, process *rig.Process) {
	s.mu.Lock()
	s.running, s.killed = process, false
	s.mu.Unlock()
	measure := time.NewTicker(50 * time.Millisecond)
	defer measure.Stop()
	for {
		select {
		case <-measure.C:
			s.measure()
		case <-process.Done():
			s.ended(process)
			return
		case <-ctx.Done():
			s.measure()
			stop, cancel := context.WithTimeout(context.Background(), stopWithin)
			if err := process.Stop(stop); err != nil {
				s.surprise(err.Error())
			}
			cancel()
			return
		}
	}
}

// stopWithin limits the time of an orderly stop.
const stopWithin = 30 * time.Second

func (s *supervised) ended(process *rig.Process) {
	s.mu.Lock()
	killed := s.killed
	s.running = nil
	s.mu.Unlock()
	switch {
	case killed:
	case s.excused() && process.ExitCode() == 1: // 2 means: do not restart
		s.mu.Lock()
		s.failures++
		s.mu.Unlock()
	default:
		s.surprise(
			fmt.Sprintf(
				"%s ended by itself with exit code %d:\n%s",
				s.command.Name,
				process.ExitCode(),
				process.Tail(),
			),
		)
	}
}

func (s *supervised) surprise(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.surprises = append(s.surprises, text)
}

// kill kills the process, if it runs.
func (s *supervised) kill() error {
	s.measure()
	s.mu.Lock()
	process := s.running
	if process == nil {
		s.mu.Unlock()
		return nil
	}
	s.killed = true
	s.kills++
	s.mu.Unlock()
	return process.Kill()
}

// measure records the largest resident set of the process so far.
func (s *supervised) measure() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return
	}
	if bytes, err := s.running.PeakMemory(); err == nil { // fails while it is ending
		s.peakRSS = max(s.peakRSS, bytes)
	}
}
