package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"akita/internal/server"
)

// An error of the start names the setting that the user can change.
func TestExplainServer(t *testing.T) {
	t.Parallel()
	config := server.Config{Listen: "127.0.0.1:80"}
	for name, c := range map[string]struct {
		err   error
		want  string
		usage bool
	}{
		"the directory is in use": {server.ErrInUse, "choose another directory with --data-dir", false},
		"the port is in use": {
			fmt.Errorf("%w: %w", server.ErrListen, syscall.EADDRINUSE),
			"another program listens on 127.0.0.1:80: stop it, or choose another address with --listen", false,
		},
		"the port is privileged": {
			fmt.Errorf("%w: %w", server.ErrListen, fs.ErrPermission), "choose a port of 1024 or above with --listen", false,
		},
		"the address is of another machine": {
			fmt.Errorf("%w: %w", server.ErrListen, syscall.EADDRNOTAVAIL), "choose an address of this machine with --listen", false,
		},
		"the certificate":         {server.ErrCertificate, "set --tls-cert to a PEM certificate", true},
		"the directory is barred": {server.ErrDataDir, "choose a directory that this user may write to", false},
		"the first user":          {server.ErrAdmin, "correct AKITA_ADMIN_USERNAME and AKITA_ADMIN_PASSWORD", true},
		"any other":               {errors.New("out of luck"), "start server: out of luck", false},
	} {
		got := explainServer(config, c.err)
		if !strings.Contains(got.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
		if _, usage := errors.AsType[usageError](got); usage != c.usage {
			t.Errorf("%s: an error of usage: %v, want %v", name, usage, c.usage)
		}
	}
}

func TestServerDataDir(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ xdg, home, want string }{
		"XDG":             {"/data", "/home/ada", "/data/akita/server"},
		"a relative XDG":  {"data", "/home/ada", "/home/ada/.local/share/akita/server"},
		"a home":          {"", "/home/ada", "/home/ada/.local/share/akita/server"},
		"neither of both": {"", "", ""},
	} {
		got, err := serverDataDir(func(variable string) string {
			return map[string]string{"XDG_DATA_HOME": c.xdg, "HOME": c.home}[variable]
		})
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}
