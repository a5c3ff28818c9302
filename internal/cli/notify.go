package cli

import (
	"fmt"
	"log/slog"
	"net"
)

// serviceManager is who started this process and wants to know when it is ready: the
// path of a socket, from $NOTIFY_SOCKET; "" for nobody. See sd_notify(3).
type serviceManager string

// tellReady says that this process is ready. Where that fails it works on: the service
// manager has a time limit of its own.
func (m serviceManager) tellReady(logger *slog.Logger) {
	if m == "" {
		return
	}
	if err := m.send("READY=1"); err != nil {
		logger.Warn("Cannot tell the service manager that this process is ready", "err", err)
	}
}

func (m serviceManager) send(state string) error {
	// A leading @ stands for the abstract namespace, to package net too.
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Net: "unixgram", Name: string(m)})
	if err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	defer func() { _ = conn.Close() }() // a datagram is sent, or it is not
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}
