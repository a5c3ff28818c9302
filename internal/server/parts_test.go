package server

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestDataIsPrivate(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	for name, want := range map[string]os.FileMode{"": 0o700, "akita.db": 0o600, "queue.db": 0o600, "lock": 0o600} {
		info, err := os.Stat(filepath.Join(f.config.DataDir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%q has mode %v, want %v", name, got, want)
		}
	}
}

func TestFailedStartUnlocksTheDataDirectory(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	config.AdminPassword = "short"
	if err := New(config, settings(io.Discard)).Start(t.Context()); err == nil {
		t.Fatal("started with a short password")
	}
	config.AdminPassword = adminPassword
	start(t, config)
}
