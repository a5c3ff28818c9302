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

// supervised is a process that is started again whenever it ends.
type supervised struct {
	command rig.Command
	// excused says whether it may end by itself now, such as on a full disk.
	excused func() bool

	mu        sync.Mutex
	running   *rig.Process // nil between two lives
	killed    bool         // running was killed by us
	kills     int
	failures  int      // ended by itself while that was excused
	surprises []string // ended by itself while it was not
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

// stop ends the process in order, for good. It is idempotent.
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

// live follows one life of the process to its end; when ctx ends, it ends in order.
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

// stopWithin bounds an orderly end.
const stopWithin = 30 * time.Second

func (s *supervised) ended(process *rig.Process) {
	s.mu.Lock()
	killed := s.killed
	s.running = nil
	s.mu.Unlock()
	switch {
	case killed:
	case s.excused() && process.ExitCode() == 1: // 2 says that it is not to be started again
		s.mu.Lock()
		s.failures++
		s.mu.Unlock()
	default:
		s.surprise(fmt.Sprintf("%s ended by itself with exit code %d:\n%s", s.command.Name, process.ExitCode(), process.Tail()))
	}
}

func (s *supervised) surprise(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.surprises = append(s.surprises, text)
}

// kill ends the process without warning, wherever it is; between two lives there
// is nothing to kill.
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

// measure notes the largest resident set of the process so far.
func (s *supervised) measure() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return
	}
	if bytes, err := s.running.PeakMemory(); err == nil { // else it is ending
		s.peakRSS = max(s.peakRSS, bytes)
	}
}
