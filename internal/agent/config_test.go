package agent_test

import (
	"net/url"
	"strings"
	"testing"

	"akita/internal/agent"
	"akita/internal/agent/spool"
	"akita/internal/secret"
)

func TestInvalidConfig(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*agent.Config)
		want   string // "" if it is valid
	}{
		"all is well":             {func(*agent.Config) {}, ""},
		"listen on localhost":     {func(c *agent.Config) { c.Listen = "localhost" }, ""},
		"listen on IPv6":          {func(c *agent.Config) { c.Listen = "::1" }, ""},
		"listen on a 127 address": {func(c *agent.Config) { c.Listen = "127.0.0.9" }, ""},
		"server below a path":     {func(c *agent.Config) { c.Server = "https://example.com/akita/" }, ""},
		"smallest spool":          {func(c *agent.Config) { c.SpoolMaxBytes = spool.MinMaxBytes }, ""},
		"no name": {
			func(c *agent.Config) { c.Name = "" }, "the daemon has no name: set --name (AKITA_DAEMON_NAME)",
		},
		"a blank name": {func(c *agent.Config) { c.Name = "  " }, "the daemon has no name"},
		"a long name": {
			func(c *agent.Config) { c.Name = strings.Repeat("é", 201) }, "takes up to 200 characters",
		},
		"a name with a newline":    {func(c *agent.Config) { c.Name = "a\nb" }, "characters that are not printable"},
		"a name that is not UTF-8": {func(c *agent.Config) { c.Name = "a\xffb" }, "characters that are not printable"},
		"listen on all addresses": {
			func(c *agent.Config) { c.Listen = "0.0.0.0" }, "--listen 0.0.0.0 is not a loopback address",
		},
		"listen on all, by IPv6":  {func(c *agent.Config) { c.Listen = "::" }, "--listen :: is not a loopback address"},
		"listen on a LAN address": {func(c *agent.Config) { c.Listen = "192.168.1.2" }, "choose 127.0.0.1 or ::1"},
		"listen on a name": {
			func(c *agent.Config) { c.Listen = "example.com" }, `--listen "example.com" is not an IP address`,
		},
		"listen with a port": {func(c *agent.Config) { c.Listen = "127.0.0.1:50080" }, "and the port with --port"},
		"a port too high": {
			func(c *agent.Config) { c.Port = 65536 }, "port 65536 is out of range: choose one from 1 to 65535",
		},
		"a port below zero": {func(c *agent.Config) { c.Port = -1 }, "port -1 is out of range"},
		"a small spool": {
			func(c *agent.Config) { c.SpoolMaxBytes = 1000 },
			"--spool-max-bytes 1000 is too small: choose 16777216 (16 MiB) or more",
		},
		"no server": {
			func(c *agent.Config) { c.Server = "" },
			"the server's address \"\" is not an http or https URL with a host: --server (AKITA_SERVER) is a URL",
		},
		"a server without a scheme": {
			func(c *agent.Config) { c.Server = "akita.example.com" }, "is not an http or https URL with a host",
		},
		"a server of another kind": {
			func(c *agent.Config) { c.Server = "ftp://example.com" }, "is not an http or https URL with a host",
		},
		"a server without a host": {
			func(c *agent.Config) { c.Server = "http://" }, "is not an http or https URL with a host",
		},
		"a server that is not a URL": {func(c *agent.Config) { c.Server = "http://a b" }, "is not a URL"},
		"a server with a password": {
			func(c *agent.Config) { c.Server = "http://u:canary@example.com" }, "must not have a user, a query or a fragment",
		},
		"a server with a query": {
			func(c *agent.Config) { c.Server = "http://example.com/?a=canary" }, "must not have a user, a query or a fragment",
		},
		"no key": {
			func(c *agent.Config) { c.KeyID, c.KeySecret = "", "" },
			"AKITA_API_KEY_ID and AKITA_API_KEY_SECRET are not set: create an API key in the console under Settings",
		},
		"no key id":     {func(c *agent.Config) { c.KeyID = "" }, "AKITA_API_KEY_ID is not set"},
		"no key secret": {func(c *agent.Config) { c.KeySecret = "" }, "AKITA_API_KEY_SECRET is not set"},
		"a malformed key id": {
			func(c *agent.Config) { c.KeyID = "apk_canary" },
			"AKITA_API_KEY_ID is malformed: an id is apk_ and 22 letters or digits",
		},
		"a malformed secret": {
			func(c *agent.Config) { c.KeySecret = "canary secret" }, "AKITA_API_KEY_SECRET is malformed",
		},
		"a socket too":  {func(c *agent.Config) { c.Socket = "akita.sock" }, ""},
		"a socket only": {func(c *agent.Config) { c.Socket, c.NoTCP = "akita.sock", true }, ""},
		"nothing to listen on": {
			func(c *agent.Config) { c.NoTCP = true }, "--no-tcp needs a socket: set --socket (AKITA_DAEMON_SOCKET)",
		},
		"a long socket": {
			func(c *agent.Config) { c.Socket = strings.Repeat("x", 81) }, "the socket's path is too long",
		},
		"a token": {func(c *agent.Config) { c.Token = "canary-canary-canary" }, ""},
		"a short token": {
			func(c *agent.Config) { c.Token = "canary" },
			"AKITA_DAEMON_TOKEN: the token has 6 characters, at least 16 are needed",
		},
		"two tokens": {
			func(c *agent.Config) { c.Token, c.TokenFile = "canary-canary-canary", "file" }, "there are two tokens",
		},
		"a preview needs no server": {
			func(c *agent.Config) { c.Preview, c.Server, c.KeyID, c.KeySecret = true, "", "", "" }, "",
		},
		"id and secret exchanged": {func(c *agent.Config) { c.KeyID, c.KeySecret = "canary", secret.Text(keyID) },
			"are swapped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := testConfig("http://127.0.0.1:8080", t.TempDir())
			c.change(&config)
			err := config.Validate()
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("error is %v, want one with %q", err, c.want)
			case err != nil && strings.Contains(err.Error(), "canary"):
				t.Errorf("a secret is in %q", err)
			}
		})
	}
}

func TestExposesKey(t *testing.T) {
	t.Parallel()
	for server, want := range map[string]bool{
		"http://127.0.0.1:8080":     false,
		"http://[::1]:8080":         false,
		"http://localhost":          false,
		"https://akita.example.com": false,
		"http://akita.example.com":  true,
		"http://192.168.1.2:8080":   true,
	} {
		u, err := url.Parse(server)
		if err != nil {
			t.Fatal(err)
		}
		if got := agent.ExposesKey(u); got != want {
			t.Errorf("%s: %v, want %v", server, got, want)
		}
	}
}
