package agent

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"akita/internal/neterr"
)

// socketMode lets the owner and the group of the socket connect, and no others.
const socketMode = 0o660

// socketListener listens on a Unix socket and removes it when it is closed.
type socketListener struct {
	net.Listener
	path string
}

func (l *socketListener) Addr() net.Addr { return &net.UnixAddr{Name: l.path, Net: "unix"} }

func (l *socketListener) Close() error {
	err := l.Listener.Close()
	if removed := os.Remove(l.path); !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	return err
}

// listenSocket listens on a Unix socket. The socket is made in a private folder and moved
// to its path once its mode is set, so that other users cannot connect at any moment.
func listenSocket(path string) (net.Listener, error) {
	if err := removeStale(path); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".akita")
	if err != nil {
		return nil, explainSocket(err, path)
	}
	defer func() { _ = os.RemoveAll(folder) }() // it is empty
	made := filepath.Join(folder, "s")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: made, Net: "unix"})
	if err != nil {
		return nil, explainSocket(err, path)
	}
	l.SetUnlinkOnClose(false) // the socket is moved
	err = os.Chmod(made, socketMode)
	if err == nil {
		err = os.Rename(made, path)
	}
	if err != nil {
		return nil, errors.Join(explainSocket(err, path), l.Close())
	}
	return &socketListener{l, path}, nil
}

// removeStale removes a socket that no process listens on, left by a daemon that was killed.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return explainSocket(err, path)
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s exists and is not a socket: choose another path with --socket (AKITA_DAEMON_SOCKET)", path)
	}
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "unix", path)
	if err == nil {
		return errors.Join(
			fmt.Errorf(
				"another process listens on %s: is another daemon running? If not, choose another path with --socket "+
					"(AKITA_DAEMON_SOCKET)",
				path,
			),
			conn.Close(),
		)
	}
	if !neterr.IsRefused(err) {
		return explainSocket(err, path)
	}
	if err := os.Remove(path); err != nil {
		return explainSocket(err, path)
	}
	return nil
}

func explainSocket(err error, path string) error {
	const hint = "choose another path with --socket (AKITA_DAEMON_SOCKET)"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder of the socket %s does not exist: make it, or %s", path, hint)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("this user may not make a socket at %s: %s", path, hint)
	}
	return fmt.Errorf("listen on the socket %s: %w; %s", path, err, hint)
}
