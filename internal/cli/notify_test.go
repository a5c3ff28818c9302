package cli

import (
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestServiceManagerIsNotified(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Net: "unixgram", Name: path})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	serviceManager(path).notifyReady(slog.New(slog.DiscardHandler))
	if err := socket.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 100)
	n, err := socket.Read(buffer)
	if err != nil || string(buffer[:n]) != "READY=1" {
		t.Errorf("got %q, %v", buffer[:n], err)
	}
}

// Without a service manager nothing is logged; an unreachable one is a warning.
func TestServiceManagerIsAbsent(t *testing.T) {
	t.Parallel()
	for path, warns := range map[string]bool{"": false, filepath.Join(t.TempDir(), "absent"): true} {
		var log strings.Builder
		serviceManager(path).notifyReady(slog.New(slog.NewTextHandler(&log, nil)))
		if got := strings.Contains(log.String(), "level=WARN"); got != warns {
			t.Errorf("%q: the log is %q", path, log.String())
		}
	}
}
