package traces_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/traces"
)

func TestTracesSurviveARestart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "Shop", "web")
	b.Update("Shop", []traces.Trace{trace(1), trace(2)})
	b.Update("Shop", []traces.Trace{trace(2)})
	b.watched = nil
	b.log.Reset()

	b.restart()
	for _, name := range []string{"panda-1", "panda-2"} {
		if got, err := b.Find("shop", name); err != nil || got.ProjectID != "svc_p" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	b.Resume()
	if fmt.Sprint(b.watched) != "[Shop]" {
		t.Errorf("watched: %v", b.watched)
	}
	if want := "level=INFO msg=\"Activating trace panda-2 (" + trace(2).ID + ")\"\n"; b.log.String() != want {
		t.Errorf("log is %s, want %s", b.log, want)
	}
}

func TestUnreadableStateFileIsIgnored(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := os.WriteFile(filepath.Join(b.stateDir, "traces.json"), []byte("{torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.restart()
	if _, err := b.View("shop"); !errors.Is(err, traces.ErrUnknownService) {
		t.Errorf("View: %v", err)
	}
	if !strings.Contains(b.log.String(), "Cannot read which traces were on") {
		t.Errorf("log is %q", b.log)
	}
}

func TestUnwritableStateFileIsLogged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.stateDir = filepath.Join(b.stateDir, "gone")
	b.restart()
	b.mustRegister(t, "shop", "web")
	b.Update("shop", []traces.Trace{trace(1)})
	if _, err := b.Find("shop", "panda-1"); err != nil {
		t.Error(err)
	}
	if !strings.Contains(b.log.String(), "Cannot save which traces are on") {
		t.Errorf("log is %q", b.log)
	}
}

// An ended trace takes events for a minute, also if the clock is set back meanwhile.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.Update("shop", []traces.Trace{trace(1)})
	b.Update("shop", nil)
	b.now = b.now.Add(-24 * time.Hour)
	b.restart()
	if _, err := b.Find("shop", "panda-1"); err != nil {
		t.Errorf("at once: %v", err)
	}
	b.now = b.now.Add(time.Minute)
	if _, err := b.Find("shop", "panda-1"); !errors.Is(err, traces.ErrUnknownTrace) {
		t.Errorf("a minute later: %v", err)
	}
}
