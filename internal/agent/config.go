// Package agent is the daemon beside the application. Middlewares hand it calls
// (package local); it makes witnesses of them, keeps those on disk (package
// spool) until the server has them (package upload), and tells middlewares which
// traces are on (package traces), as the server says (package cloud).
package agent

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"akita/internal/agent/spool"
	"akita/internal/id"
	"akita/internal/secret"
	"akita/internal/witness"
)

// DefaultPort is where middlewares look for the daemon.
const DefaultPort = 50080

// maxNameLength bounds a daemon's name, in characters, as the server does.
const maxNameLength = 200

// Config is what a user sets.
type Config struct {
	// Name is how the daemon appears in the console.
	Name string
	// Listen is a loopback address, or "localhost". With 127.0.0.1 the daemon
	// listens on [::1] too, where the machine has it.
	Listen string
	// Port is the TCP port; 0 means any that is free.
	Port int
	// Server is the server's base URL.
	Server string
	// KeyID and KeySecret are an API key of the server.
	KeyID     string
	KeySecret secret.Text
	// DataDir holds one folder per daemon's name.
	DataDir string
	// SpoolMaxBytes bounds what is kept on disk for the server; 0 means
	// spool.DefaultMaxBytes.
	SpoolMaxBytes int64
	// Witness says how much of a call may leave the machine.
	Witness witness.Options
}

// Settings are what the program injects.
type Settings struct {
	Version    string
	HTTPClient *http.Client // nil means cloud.NewHTTPClient()
	Now        func() time.Time
	Logger     *slog.Logger
}

// Validate says what is wrong with the configuration, and what to do.
func (c Config) Validate() error {
	if err := validateName(c.Name); err != nil {
		return err
	}
	if _, err := parseServer(c.Server); err != nil {
		return err
	}
	if _, err := c.listenIP(); err != nil {
		return err
	}
	if c.Port < 0 || c.Port > 65535 {
		return fmt.Errorf("port %d does not exist: choose one from 1 to 65535 with --port (AKITA_DAEMON_PORT)", c.Port)
	}
	if c.SpoolMaxBytes != 0 && c.SpoolMaxBytes < spool.MinMaxBytes {
		return fmt.Errorf("--spool-max-bytes %d is too small: choose %d (16 MiB) or more", c.SpoolMaxBytes, spool.MinMaxBytes)
	}
	return c.validateKey()
}

func validateName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("the daemon has no name: set --name (AKITA_DAEMON_NAME) to one that you will recognize in the console")
	case utf8.RuneCountInString(name) > maxNameLength:
		return fmt.Errorf("the daemon's name is too long: --name (AKITA_DAEMON_NAME) takes up to %d characters", maxNameLength)
	case !utf8.ValidString(name), strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the daemon's name holds characters that cannot be shown: correct --name (AKITA_DAEMON_NAME)")
	}
	return nil
}

const createKey = "create an API key in the console under Settings and set AKITA_API_KEY_ID and AKITA_API_KEY_SECRET"

func (c Config) validateKey() error {
	keySecret := c.KeySecret.Reveal()
	switch {
	case c.KeyID == "" && keySecret == "":
		return errors.New("AKITA_API_KEY_ID and AKITA_API_KEY_SECRET are not set: " + createKey)
	case c.KeyID == "":
		return errors.New("AKITA_API_KEY_ID is not set: " + createKey)
	case keySecret == "":
		return errors.New("AKITA_API_KEY_SECRET is not set: " + createKey)
	case id.Is(id.APIKey, keySecret) && !id.Is(id.APIKey, c.KeyID):
		return errors.New("AKITA_API_KEY_ID and AKITA_API_KEY_SECRET are the wrong way round: the id is the one that begins with apk_")
	case !id.Is(id.APIKey, c.KeyID):
		return errors.New("AKITA_API_KEY_ID is malformed: an id is apk_ and 22 letters or digits; copy it from the console, under Settings")
	case strings.ContainsFunc(keySecret, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("AKITA_API_KEY_SECRET is malformed: it holds blanks or other characters that no secret has; copy it again, or create another API key in the console under Settings")
	}
	return nil
}

// parseServer reads the server's base URL.
func parseServer(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	const hint = "--server (AKITA_SERVER) is a URL such as https://akita.example.com or http://127.0.0.1:8080"
	switch {
	case err != nil:
		return nil, errors.New("the server's address cannot be read: " + hint)
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, fmt.Errorf("the server's address %q is not understood: %s", u.Redacted(), hint)
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return nil, errors.New("the server's address holds more than it should (a user, a query or a fragment): " + hint)
	}
	return u, nil
}

// exposesKey reports whether the API key goes over a network in clear.
func exposesKey(server *url.URL) bool {
	ip := net.ParseIP(server.Hostname())
	local := server.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return server.Scheme == "http" && !local
}

// listenIP is the address to listen on.
func (c Config) listenIP() (net.IP, error) {
	if strings.EqualFold(c.Listen, "localhost") {
		return net.IPv4(127, 0, 0, 1), nil
	}
	ip := net.ParseIP(strings.Trim(c.Listen, "[]"))
	switch {
	case ip == nil:
		return nil, fmt.Errorf("--listen %q is no IP address: choose 127.0.0.1 or ::1, and the port with --port", c.Listen)
	case !ip.IsLoopback():
		return nil, fmt.Errorf("--listen %s can be reached from other machines, and what middlewares send holds values: choose 127.0.0.1 or ::1", c.Listen)
	}
	return ip, nil
}
