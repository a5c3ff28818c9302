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

// TestASocketIsClosedToOtherUsers connects as another user does: the folder can be entered by
// everybody, the socket's mode keeps them out.
func TestASocketIsClosedToOtherUsers(t *testing.T) {
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
	cfg := config(newServer(t).URL, t.TempDir())
	cfg.Socket, cfg.NoTCP = filepath.Join(folder, "akita.sock"), true
	start(t, cfg)
	if err := dialAs(0, cfg.Socket); err != nil {
		t.Errorf("the owner cannot connect: %v", err)
	}
	const nobody = 65534
	if err := dialAs(nobody, cfg.Socket); !errors.Is(err, syscall.EACCES) {
		t.Errorf("another user connects: %v", err)
	}
}

// dialAs connects to a socket on a thread whose file system rights are another user's.
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
