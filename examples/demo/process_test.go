//go:build unix

package main

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

const soon = 30 * time.Second

// shell starts a shell script that is stopped when the test ends.
func shell(t *testing.T, script string) *process {
	t.Helper()
	p, err := start(command{name: "script", path: "/bin/sh", args: []string{"-c", script}}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.stop)
	return p
}

func TestStopLeavesNothingOfTheGroup(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, script string }{
		{"one process", "echo ready; exec sleep 1000"},
		{"children", "sleep 1000 & sleep 1000 & echo ready; wait"},
		{"a parent that is gone", "sleep 1000 & echo ready"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := shell(t, test.script)
			if _, err := p.awaitLine(t.Context(), soon, "ready", 1); err != nil {
				t.Fatal(err)
			}
			p.stop()
			if err := syscall.Kill(-p.cmd.Process.Pid, 0); !errors.Is(err, syscall.ESRCH) {
				t.Errorf("asking for the process group gave %v, want %v", err, syscall.ESRCH)
			}
		})
	}
}

func TestUntil(t *testing.T) {
	t.Parallel()
	p := shell(t, "exec sleep 1000")
	asked := 0
	err := p.until(t.Context(), soon, "asked thrice", func(context.Context) bool {
		asked++
		return asked == 3
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUntilSaysWhyNot(t *testing.T) {
	t.Parallel()
	never := func(context.Context) bool { return false }
	t.Run("the process ended", func(t *testing.T) {
		t.Parallel()
		err := shell(t, "echo the port is taken; exit 3").until(t.Context(), soon, "it answers", never)
		for _, want := range []string{"script: it ended (exit status 3)", "it answers", "| the port is taken"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want an error with: %s", err, want)
			}
		}
	})
	t.Run("time is up", func(t *testing.T) {
		t.Parallel()
		err := shell(t, "exec sleep 1000").until(t.Context(), time.Millisecond, "it answers", never)
		if want := "waited 1ms until it answers"; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with: %s", err, want)
		}
	})
	t.Run("the demo is stopped", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := shell(t, "exec sleep 1000").until(ctx, soon, "it answers", never)
		if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "script") {
			t.Errorf("got %v, want %v and no report of a failure", err, context.Canceled)
		}
	})
}

func TestFinish(t *testing.T) {
	t.Parallel()
	if err := shell(t, "true").finish(t.Context()); err != nil {
		t.Error(err)
	}
	err := shell(t, "echo no such package; exit 1").finish(t.Context())
	if _, ok := errors.AsType[*exec.ExitError](err); !ok || !strings.Contains(err.Error(), "| no such package") {
		t.Errorf("got %v, want the exit status and the last line", err)
	}
}

func TestStartWithoutTheProgram(t *testing.T) {
	t.Parallel()
	_, err := start(command{name: "app", path: "/nowhere/gunicorn"}, t.TempDir())
	if want := "start app: "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want an error that starts with %q", err, want)
	}
}
