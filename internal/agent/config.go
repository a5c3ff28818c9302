// Package agent is the daemon that runs beside the application. It takes calls from
// middlewares (package local), makes witnesses of them, keeps these on disk (package
// spool) and uploads them to the server (packages upload and cloud). Middlewares learn
// from it which traces are on (package traces).
package agent

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"akita/internal/agent/spool"
	"akita/internal/agent/token"
	"akita/internal/gate"
	"akita/internal/id"
	"akita/internal/secret"
	"akita/internal/witness"
)

// DefaultPort is where middlewares look for the daemon.
const DefaultPort = 50080

// maxNameLength bounds a daemon's name, in characters. It is the server's bound.
const maxNameLength = 200

// Config is what the user sets.
type Config struct {
	// Name identifies the daemon in the console.
	Name string
	// Listen is a loopback address, or "localhost". With 127.0.0.1 the daemon
	// listens on [::1] too if the machine has it.
	Listen string
	// Port is the TCP port; 0 means any free one.
	Port int
	// Socket is the path of a Unix socket to listen on as well; "" means none.
	Socket string
	// NoTCP makes the daemon listen on Socket only.
	NoTCP bool
	// Token is a secret that middlewares must know. TokenFile is a file that holds it, and is
	// made if it does not exist. At most one of them is set. Without either, every process on
	// this machine is let in.
	Token     secret.Text
	TokenFile string
	// Server is the server's base URL.
	Server string
	// KeyID and KeySecret are an API key of the server.
	KeyID     string
	KeySecret secret.Text
	// DataDir holds one folder for each daemon's name.
	DataDir string
	// SpoolMaxBytes bounds what waits on disk for the server; 0 means
	// spool.DefaultMaxBytes.
	SpoolMaxBytes int64
	// Witness decides how much of a call may leave the machine.
	Witness witness.Options
	// Gate decides which names of a call may leave the machine.
	Gate gate.Config
	// Preview makes the daemon write to Settings.Preview what it would upload. Server and API
	// key are not used then, and a trace is on in every project.
	Preview bool
}

// Settings are what the program injects.
type Settings struct {
	Version    string
	HTTPClient *http.Client // nil means cloud.NewHTTPClient()
	Preview    io.Writer    // for Config.Preview; each Write is one witness
	Now        func() time.Time
	Logger     *slog.Logger
}

// Validate returns an error that says what is wrong with the configuration and what to do.
func (c Config) Validate() error {
	if err := validateName(c.Name); err != nil {
		return err
	}
	if err := c.validateListen(); err != nil {
		return err
	}
	if err := c.validateToken(); err != nil {
		return err
	}
	if c.SpoolMaxBytes != 0 && c.SpoolMaxBytes < spool.MinMaxBytes {
		return fmt.Errorf("--spool-max-bytes %d is too small: choose %d (16 MiB) or more", c.SpoolMaxBytes, spool.MinMaxBytes)
	}
	if err := c.Gate.Validate(); err != nil {
		return err
	}
	if c.Preview {
		return nil
	}
	if _, err := parseServer(c.Server); err != nil {
		return err
	}
	return c.validateKey()
}

// maxSocketPath bounds a socket's path, in bytes: sun_path has 104 on some systems, and
// the socket is made in a folder beside its path.
const maxSocketPath = 80

func (c Config) validateListen() error {
	if _, err := c.listenIP(); err != nil {
		return err
	}
	switch {
	case c.Port < 0 || c.Port > 65535:
		return fmt.Errorf("port %d is out of range: choose one from 1 to 65535 with --port (AKITA_DAEMON_PORT)", c.Port)
	case c.NoTCP && c.Socket == "":
		return errors.New("--no-tcp needs a socket: set --socket (AKITA_DAEMON_SOCKET)")
	case len(c.Socket) > maxSocketPath:
		return fmt.Errorf("the socket's path is too long: --socket (AKITA_DAEMON_SOCKET) takes up to %d bytes", maxSocketPath)
	}
	return nil
}

func (c Config) validateToken() error {
	switch {
	case c.Token != "" && c.TokenFile != "":
		return errors.New("there are two tokens: set either AKITA_DAEMON_TOKEN or --token-file (AKITA_DAEMON_TOKEN_FILE)")
	case c.Token != "":
		if _, err := token.Parse(c.Token); err != nil {
			return fmt.Errorf("AKITA_DAEMON_TOKEN: %w", err)
		}
	}
	return nil
}

func validateName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New(
			"the daemon has no name: set --name (AKITA_DAEMON_NAME) to one that you will recognize in the console",
		)
	case utf8.RuneCountInString(name) > maxNameLength:
		return fmt.Errorf(
			"the daemon's name is too long: --name (AKITA_DAEMON_NAME) takes up to %d characters",
			maxNameLength,
		)
	case !utf8.ValidString(name), strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the daemon's name holds characters that are not printable: correct --name (AKITA_DAEMON_NAME)")
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
		return errors.New("AKITA_API_KEY_ID and AKITA_API_KEY_SECRET are swapped: the id is the one that begins with apk_")
	case !id.Is(id.APIKey, c.KeyID):
		return errors.New(
			"AKITA_API_KEY_ID is malformed: an id is apk_ and 22 letters or digits; copy it from the console, under Settings",
		)
	case strings.ContainsFunc(keySecret, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New(
			"AKITA_API_KEY_SECRET is malformed: it holds blanks or characters that are not ASCII; copy it again, " +
				"or create another API key in the console under Settings",
		)
	}
	return nil
}

// parseServer reads the server's base URL.
func parseServer(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	const hint = "--server (AKITA_SERVER) is a URL such as https://akita.example.com or http://127.0.0.1:8080"
	switch {
	case err != nil:
		return nil, errors.New("the server's address is not a URL: " + hint)
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, fmt.Errorf("the server's address %q is not an http or https URL with a host: %s", u.Redacted(), hint)
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return nil, errors.New("the server's address must not have a user, a query or a fragment: " + hint)
	}
	return u, nil
}

// exposesKey reports whether the API key would be sent over a network unencrypted.
func exposesKey(server *url.URL) bool {
	ip := net.ParseIP(server.Hostname())
	local := server.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return server.Scheme == "http" && !local
}

// listenIP returns the address to listen on.
func (c Config) listenIP() (net.IP, error) {
	if strings.EqualFold(c.Listen, "localhost") {
		return net.IPv4(127, 0, 0, 1), nil
	}
	ip := net.ParseIP(strings.Trim(c.Listen, "[]"))
	switch {
	case ip == nil:
		return nil, fmt.Errorf(
			"--listen %q is not an IP address: choose 127.0.0.1 or ::1, and the port with --port",
			c.Listen,
		)
	case !ip.IsLoopback():
		return nil, fmt.Errorf(
			"--listen %s is not a loopback address, and middlewares send unobfuscated calls to it: choose 127.0.0.1 or ::1",
			c.Listen,
		)
	}
	return ip, nil
}
