package rig

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"akita/internal/filelock"
)

// Ports that tests may take. They lie below the range from which systems choose the ports of
// outgoing connections and of listeners on port 0 (32768 and above on Linux, 49152 and above
// elsewhere, RFC 6335), so that only another test can want the same port.
const (
	firstPort = 15000
	lastPort  = 32000
)

// FreeAddress returns a loopback address with a free port. No other call of FreeAddress, in
// this process or another, returns this port until ctx ends.
func FreeAddress(ctx context.Context) (address string, port int, err error) {
	dir := filepath.Join(os.TempDir(), "akita-test-ports")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", 0, fmt.Errorf("find a free port: %w", err)
	}
	count := lastPort - firstPort + 1
	start := rand.IntN(count)
	for i := range count {
		port := firstPort + (start+i)%count
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
		taken, err := reserve(ctx, filepath.Join(dir, strconv.Itoa(port)), address)
		if err != nil {
			return "", 0, fmt.Errorf("find a free port: %w", err)
		}
		if taken {
			return address, port, nil
		}
	}
	return "", 0, fmt.Errorf("find a free port: all ports from %d to %d are in use", firstPort, lastPort)
}

// reserve reports whether the port is free: its lock file was not locked, and nothing listens
// at the address. If so, reserve keeps the lock until ctx ends.
func reserve(ctx context.Context, path, address string) (bool, error) {
	lock, err := filelock.Acquire(path)
	if errors.Is(err, filelock.ErrLocked) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	// A connection shows whether something listens. To listen instead would be wrong: a process
	// that is started at the same moment inherits the listener for a short time.
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err == nil {
		return false, errors.Join(conn.Close(), lock.Release())
	}
	if ctx.Err() != nil {
		return false, errors.Join(ctx.Err(), lock.Release())
	}
	context.AfterFunc(ctx, func() { _ = lock.Release() })
	return true, nil
}
