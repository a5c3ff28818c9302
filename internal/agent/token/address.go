package token

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
)

// Address returns the text of an address for proofs: IP:port, with IPv6 in brackets and
// without a zone; or "unix:" and the absolute path of a socket, without symbolic links and
// with percent-encoding.
func Address(address net.Addr) string {
	switch a := address.(type) {
	case *net.TCPAddr:
		return (&net.TCPAddr{IP: a.IP, Port: a.Port}).String()
	case *net.UnixAddr:
		return "unix:" + escapePath(realPath(a.Name))
	}
	return address.String()
}

// realPath returns an absolute path without symbolic links. What cannot be resolved stays
// as it is.
func realPath(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	return path
}

// escapePath writes every byte but ASCII letters, digits and "-._~/" as %XX.
func escapePath(path string) string {
	var b strings.Builder
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
