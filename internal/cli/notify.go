package cli

import (
	"fmt"
	"log/slog"
	"net"
)

// serviceManager is the path of the service manager's socket, from $NOTIFY_SOCKET; "" if
// there is no service manager. See sd_notify(3).
type serviceManager string

// notifyReady reports to the service manager that this process is ready. A failure is only
// logged, because the service manager has a timeout of its own.
func (m serviceManager) notifyReady(logger *slog.Logger) {
	if m == "" {
		return
	}
	if err := m.send("READY=1"); err != nil {
		logger.Warn("Cannot notify the service manager that this process is ready", "error", err)
	}
}

func (m serviceManager) send(state string) error {
	// A leading @ is the abstract namespace, for package net as for sd_notify.
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Net: "unixgram", Name: string(m)})
	if err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	defer func() { _ = conn.Close() }() // closing cannot lose a datagram
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}
