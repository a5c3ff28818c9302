package agent_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// TestSocketIsClosedToOtherUsers connects as another user. All users may enter the folder,
// and the socket's mode refuses them.
func TestSocketIsClosedToOtherUsers(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can act as another user")
	}
	folder, err := os.MkdirTemp("", "akita-socket-") //nolint:usetesting // others cannot enter t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	config := testConfig(newServer(t).URL, t.TempDir())
	config.Socket, config.NoTCP = filepath.Join(folder, "akita.sock"), true
	start(t, config)
	if err := dialAs(0, config.Socket); err != nil {
		t.Errorf("the owner cannot connect: %v", err)
	}
	const nobody = 65534
	if err := dialAs(nobody, config.Socket); !errors.Is(err, syscall.EACCES) {
		t.Errorf("another user connects: %v", err)
	}
}

// dialAs connects to a socket with the file system rights of another user.
func dialAs(uid int, path string) error {
	result := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		if err := syscall.Setfsgid(uid); err != nil {
			result <- err
			return
		}
		if err := syscall.Setfsuid(uid); err != nil {
			result <- err
			return
		}
		conn, err := net.Dial("unix", path)
		if err == nil {
			err = conn.Close()
		}
		result <- err
	}()
	return <-result
}
