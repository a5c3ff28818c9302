package token_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"akita/internal/agent/token"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	for want, address := range map[string]net.Addr{
		"127.0.0.1:50080":                      &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 50080},
		"127.0.0.1:1":                          &net.TCPAddr{IP: net.ParseIP("::ffff:127.0.0.1"), Port: 1},
		"[::1]:50080":                          &net.TCPAddr{IP: net.IPv6loopback, Port: 50080, Zone: "lo"},
		"unix:/no/such/akita%20%C3%A4%25.sock": &net.UnixAddr{Name: "/no/such/akita ä%.sock", Net: "unix"},
		"unix:/no/such/a-._~b":                 &net.UnixAddr{Name: "/no/such/x/../a-._~b", Net: "unix"},
	} {
		if got := token.Address(address); got != want {
			t.Errorf("%v: %s, want %s", address, got, want)
		}
	}
}

func TestAddressOfASocketResolvesLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	folder, link := filepath.Join(dir, "folder"), filepath.Join(dir, "link")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(folder, link); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "s"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	direct := token.Address(&net.UnixAddr{Name: filepath.Join(folder, "s"), Net: "unix"})
	linked := token.Address(&net.UnixAddr{Name: filepath.Join(link, "s"), Net: "unix"})
	if direct != linked {
		t.Errorf("%s and %s", direct, linked)
	}
}
