//go:build linux

package rig_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"akita/test/rig"
)

// script starts a shell script, and kills it at the end of the test.
func script(t *testing.T, text string) *rig.Process {
	t.Helper()
	p, err := rig.Start(
		rig.Command{Name: "script", Path: "/bin/sh", Args: []string{"-c", text}, Env: []string{"GREETING=hello"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Kill(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestLine(t *testing.T) {
	t.Parallel()
	p := script(t, `echo "$GREETING $AKITA_API_KEY_ID."; exec sleep 60`)
	line, err := p.Line(t.Context(), regexp.MustCompile("^hello"))
	if err != nil || line.Text != "hello ." {
		t.Errorf("got %q, %v; want the script's own environment alone", line.Text, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := p.Line(ctx, regexp.MustCompile("goodbye")); err == nil || !strings.Contains(err.Error(), "hello .") {
		t.Errorf("got %v, want an error with the last lines", err)
	}
}

func TestLineOfAProcessThatEnded(t *testing.T) {
	t.Parallel()
	p := script(t, "echo one; echo two; exit 3")
	<-p.Done()
	if _, err := p.Line(t.Context(), regexp.MustCompile("two")); err != nil {
		t.Errorf("its last line: %v", err)
	}
	if _, err := p.Line(t.Context(), regexp.MustCompile("three")); err == nil {
		t.Error("got a line that was not written")
	}
	if code := p.ExitCode(); code != 3 {
		t.Errorf("exit code %d, want 3", code)
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	ok := rig.Command{Name: "ok", Path: "/bin/sh", Args: []string{"-c", "exit 0"}}
	if err := rig.Run(t.Context(), ok); err != nil {
		t.Error(err)
	}
	bad := rig.Command{Name: "bad", Path: "/bin/sh", Args: []string{"-c", "echo the reason; exit 1"}}
	if err := rig.Run(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("got %v, want the last lines", err)
	}
	if err := rig.Run(t.Context(), rig.Command{Name: "none", Path: "/nowhere"}); err == nil {
		t.Error("ran a program that does not exist")
	}
}

func TestStopKillsWhatIgnoresSIGTERM(t *testing.T) {
	t.Parallel()
	p := script(t, "trap '' TERM; echo ready; while :; do sleep 1; done")
	if _, err := p.Line(t.Context(), regexp.MustCompile("ready")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := p.Stop(ctx); err == nil {
		t.Error("got no error, want that it did not stop in time")
	}
	<-p.Done()
}

func TestUsage(t *testing.T) {
	t.Parallel()
	p := script(t, "echo ready; exec sleep 60")
	if _, err := p.Line(t.Context(), regexp.MustCompile("ready")); err != nil {
		t.Fatal(err)
	}
	if memory, err := p.PeakMemory(); err != nil || memory < 1<<10 {
		t.Errorf("peak memory %d, %v", memory, err)
	}
	if cpu, err := p.CPU(); err != nil || cpu < 0 {
		t.Errorf("CPU time %s, %v", cpu, err)
	}
}
