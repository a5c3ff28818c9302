package server

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"

	"akita/internal/secret"
)

// DefaultListen is reached from this machine only.
const DefaultListen = "127.0.0.1:8080"

// Config is what a user sets; every field is needed but those that say so.
type Config struct {
	Listen  string // host:port; port 0: one that is free
	DataDir string // made where it is absent; of this server alone
	// TLSCert and TLSKey are paths of PEM files; both or neither. With them the
	// server speaks HTTPS only.
	TLSCert, TLSKey string
	// DownloadDir holds binaries for other platforms to offer; "": none.
	DownloadDir string
	// AdminUsername and AdminPassword create the first user where there is none;
	// both or neither.
	AdminUsername string
	AdminPassword secret.Text
}

// Validate says what is wrong with what was set, as the user knows it, or nil.
func (c Config) Validate() error {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q is no address: write host:port, such as %s", c.Listen, DefaultListen)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("--listen %q has no port from 0 to 65535: write host:port, such as %s", c.Listen, net.JoinHostPort(host, "8080"))
	}
	switch {
	case c.DataDir == "":
		return errors.New("--data-dir is empty: name a folder")
	case c.TLSCert != "" && c.TLSKey == "":
		return errors.New("--tls-cert is set without --tls-key: HTTPS needs both, plain HTTP neither")
	case c.TLSCert == "" && c.TLSKey != "":
		return errors.New("--tls-key is set without --tls-cert: HTTPS needs both, plain HTTP neither")
	case c.AdminUsername != "" && c.AdminPassword == "":
		return errors.New("AKITA_ADMIN_USERNAME is set without AKITA_ADMIN_PASSWORD: set both, or neither to get a set-up link")
	case c.AdminUsername == "" && c.AdminPassword != "":
		return errors.New("AKITA_ADMIN_PASSWORD is set without AKITA_ADMIN_USERNAME: set both, or neither to get a set-up link")
	}
	return checkFolder("--download-dir", c.DownloadDir)
}

func checkFolder(flag, path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%s %s cannot be read (%w): name a folder that holds binaries such as akita-linux-arm64", flag, path, errors.Unwrap(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("%s %s is no folder: name one that holds binaries such as akita-linux-arm64", flag, path)
	}
	return nil
}
