package server

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"

	"akita/internal/secret"
)

// DefaultListen can be reached from this machine only.
const DefaultListen = "127.0.0.1:8080"

// Config holds the settings that users can change. Listen and DataDir are
// required.
type Config struct {
	Listen  string // host:port; port 0 means any free port
	DataDir string // created if it does not exist; used by this server only
	// TLSCert and TLSKey are paths of PEM files. If they are set, the server
	// accepts HTTPS only. Set both or neither.
	TLSCert, TLSKey string
	// DownloadDir has binaries for other platforms, offered for download. Optional.
	DownloadDir string
	// PrivateHosts are names of hosts that users may name in URLs although their addresses are not public.
	PrivateHosts []string
	// AdminUsername and AdminPassword create the first user, if there is none. Set
	// both or neither.
	AdminUsername string
	AdminPassword secret.Text
}

// Validate returns an error if the settings are invalid. It names the flag or
// environment variable.
func (c Config) Validate() error {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q is not an address: use host:port, such as %s", c.Listen, DefaultListen)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("--listen %q has no port from 0 to 65535: use host:port, such as %s",
			c.Listen, net.JoinHostPort(host, "8080"))
	}
	switch {
	case c.DataDir == "":
		return errors.New("--data-dir is empty: set it to a directory")
	case c.TLSCert != "" && c.TLSKey == "":
		return errors.New("--tls-cert is set without --tls-key: set both for HTTPS, or neither")
	case c.TLSCert == "" && c.TLSKey != "":
		return errors.New("--tls-key is set without --tls-cert: set both for HTTPS, or neither")
	case c.AdminUsername != "" && c.AdminPassword == "":
		return errors.New("AKITA_ADMIN_USERNAME is set without AKITA_ADMIN_PASSWORD: " +
			"set both, or neither to get a setup link")
	case c.AdminUsername == "" && c.AdminPassword != "":
		return errors.New("AKITA_ADMIN_PASSWORD is set without AKITA_ADMIN_USERNAME: " +
			"set both, or neither to get a setup link")
	}
	return checkDir("--download-dir", c.DownloadDir)
}

func checkDir(flag, path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%s %s cannot be read (%w): set it to a directory with binaries such as akita-linux-arm64",
			flag, path, errors.Unwrap(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("%s %s is not a directory: set it to one with binaries such as akita-linux-arm64", flag, path)
	}
	return nil
}
