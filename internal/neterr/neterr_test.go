package neterr

import (
	"errors"
	"net"
	"os"
	"syscall"
	"testing"
)

func TestErrorsOfEverySystem(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(error) bool{"in use": IsAddressInUse, "refused": IsRefused, "reset": IsReset}
	for _, c := range []struct {
		errno syscall.Errno
		want  string
	}{
		{syscall.EADDRINUSE, "in use"},
		{10048, "in use"},
		{syscall.ECONNREFUSED, "refused"},
		{10061, "refused"},
		{syscall.ECONNRESET, "reset"},
		{10054, "reset"},
		{syscall.EACCES, ""},
		{10013, ""},
	} {
		err := &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", c.errno)}
		for name, is := range kinds {
			if got := is(err); got != (name == c.want) {
				t.Errorf("errno %d is %q: %v", uintptr(c.errno), name, got)
			}
		}
	}
	if IsRefused(nil) || IsReset(errors.New("reset")) {
		t.Error("nil and other errors are not socket errors")
	}
}

func TestListenOnAUsedPort(t *testing.T) {
	t.Parallel()
	first, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if second, err := net.Listen("tcp", first.Addr().String()); !IsAddressInUse(err) {
		t.Errorf("listen: %v, %v", second, err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
}
