package agent_test

import (
	"net/url"
	"strings"
	"testing"

	"akita/internal/agent"
	"akita/internal/agent/spool"
	"akita/internal/secret"
)

func TestConfigSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*agent.Config)
		want   string // "" where it is right
	}{
		"all is well":               {func(*agent.Config) {}, ""},
		"listen on localhost":       {func(c *agent.Config) { c.Listen = "localhost" }, ""},
		"listen on IPv6":            {func(c *agent.Config) { c.Listen = "::1" }, ""},
		"listen on a 127 address":   {func(c *agent.Config) { c.Listen = "127.0.0.9" }, ""},
		"server below a path":       {func(c *agent.Config) { c.Server = "https://example.com/akita/" }, ""},
		"smallest spool":            {func(c *agent.Config) { c.SpoolMaxBytes = spool.MinMaxBytes }, ""},
		"no name":                   {func(c *agent.Config) { c.Name = "" }, "the daemon has no name: set --name (AKITA_DAEMON_NAME)"},
		"a blank name":              {func(c *agent.Config) { c.Name = "  " }, "the daemon has no name"},
		"a long name":               {func(c *agent.Config) { c.Name = strings.Repeat("é", 201) }, "takes up to 200 characters"},
		"a name with a newline":     {func(c *agent.Config) { c.Name = "a\nb" }, "characters that cannot be shown"},
		"a name that is no text":    {func(c *agent.Config) { c.Name = "a\xffb" }, "characters that cannot be shown"},
		"listen on all addresses":   {func(c *agent.Config) { c.Listen = "0.0.0.0" }, "--listen 0.0.0.0 can be reached from other machines"},
		"listen on all, by IPv6":    {func(c *agent.Config) { c.Listen = "::" }, "--listen :: can be reached from other machines"},
		"listen on a LAN address":   {func(c *agent.Config) { c.Listen = "192.168.1.2" }, "choose 127.0.0.1 or ::1"},
		"listen on a name":          {func(c *agent.Config) { c.Listen = "example.com" }, `--listen "example.com" is no IP address`},
		"listen with a port":        {func(c *agent.Config) { c.Listen = "127.0.0.1:50080" }, "and the port with --port"},
		"a port too high":           {func(c *agent.Config) { c.Port = 65536 }, "port 65536 does not exist: choose one from 1 to 65535"},
		"a port below zero":         {func(c *agent.Config) { c.Port = -1 }, "port -1 does not exist"},
		"a small spool":             {func(c *agent.Config) { c.SpoolMaxBytes = 1000 }, "--spool-max-bytes 1000 is too small: choose 16777216 (16 MiB) or more"},
		"no server":                 {func(c *agent.Config) { c.Server = "" }, "the server's address \"\" is not understood: --server (AKITA_SERVER) is a URL"},
		"a server without a scheme": {func(c *agent.Config) { c.Server = "akita.example.com" }, "is not understood"},
		"a server of another kind":  {func(c *agent.Config) { c.Server = "ftp://example.com" }, "is not understood"},
		"a server without a host":   {func(c *agent.Config) { c.Server = "http://" }, "is not understood"},
		"a server that is no URL":   {func(c *agent.Config) { c.Server = "http://a b" }, "cannot be read"},
		"a server with a password":  {func(c *agent.Config) { c.Server = "http://u:canary@example.com" }, "holds more than it should"},
		"a server with a query":     {func(c *agent.Config) { c.Server = "http://example.com/?a=canary" }, "holds more than it should"},
		"no key":                    {func(c *agent.Config) { c.KeyID, c.KeySecret = "", "" }, "AKITA_API_KEY_ID and AKITA_API_KEY_SECRET are not set: create an API key in the console under Settings"},
		"no key id":                 {func(c *agent.Config) { c.KeyID = "" }, "AKITA_API_KEY_ID is not set"},
		"no key secret":             {func(c *agent.Config) { c.KeySecret = "" }, "AKITA_API_KEY_SECRET is not set"},
		"a malformed key id":        {func(c *agent.Config) { c.KeyID = "apk_canary" }, "AKITA_API_KEY_ID is malformed: an id is apk_ and 22 letters or digits"},
		"a malformed secret":        {func(c *agent.Config) { c.KeySecret = "canary secret" }, "AKITA_API_KEY_SECRET is malformed"},
		"a socket too":              {func(c *agent.Config) { c.Socket = "akita.sock" }, ""},
		"a socket only":             {func(c *agent.Config) { c.Socket, c.NoTCP = "akita.sock", true }, ""},
		"nothing to listen on":      {func(c *agent.Config) { c.NoTCP = true }, "--no-tcp leaves nothing to listen on: say where with --socket (AKITA_DAEMON_SOCKET)"},
		"a long socket":             {func(c *agent.Config) { c.Socket = strings.Repeat("x", 81) }, "the socket's path is too long"},
		"a token":                   {func(c *agent.Config) { c.Token = "canary-canary-canary" }, ""},
		"a short token":             {func(c *agent.Config) { c.Token = "canary" }, "AKITA_DAEMON_TOKEN: the token has 6 characters, at least 16 are needed"},
		"two tokens":                {func(c *agent.Config) { c.Token, c.TokenFile = "canary-canary-canary", "file" }, "there are two tokens"},
		"a preview needs no server": {func(c *agent.Config) { c.Preview, c.Server, c.KeyID, c.KeySecret = true, "", "", "" }, ""},
		"id and secret exchanged": {func(c *agent.Config) { c.KeyID, c.KeySecret = "canary", secret.Text(keyID) },
			"are the wrong way round"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config("http://127.0.0.1:8080", t.TempDir())
			c.change(&cfg)
			err := cfg.Validate()
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

func TestEveryNameHasAFolderOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	for _, name := range []string{
		"laptop", "heroku-web.1", "..", ".", "a/b", "a_b", "a\\b", "ünïcode", "unicode", " ", "-", "CON:1",
		strings.Repeat("x", 64), strings.Repeat("x", 65), strings.Repeat("x", 66), strings.Repeat("é", 200),
	} {
		folder := agent.FolderName(name)
		if other, taken := seen[folder]; taken {
			t.Errorf("%q and %q share %q", name, other, folder)
		}
		seen[folder] = name
		if len(folder) > 100 || folder == "" || strings.ContainsAny(folder, `/\:`) || strings.HasPrefix(folder, ".") {
			t.Errorf("%q gets the folder %q", name, folder)
		}
	}
	if got := agent.FolderName("heroku-web.1"); got != "heroku-web.1" {
		t.Errorf("a plain name gets the folder %q", got)
	}
}

func TestOnlyPlainHTTPToAnotherMachineExposesTheKey(t *testing.T) {
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
