package server

import (
	"strings"
	"testing"

	"akita/internal/secret"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	good := Config{Listen: DefaultListen, DataDir: "data"}
	for name, tc := range map[string]struct {
		change    func(*Config)
		wantError string // "" if the settings are valid
	}{
		"defaults":      {func(*Config) {}, ""},
		"all addresses": {func(c *Config) { c.Listen = ":8080" }, ""},
		"IPv6":          {func(c *Config) { c.Listen = "[::1]:0" }, ""},
		"all settings": {func(c *Config) {
			c.TLSCert, c.TLSKey, c.AdminUsername, c.AdminPassword, c.DownloadDir = "c", "k", "u", "p", "."
		}, ""},
		"port only":            {func(c *Config) { c.Listen = "8080" }, "use host:port"},
		"host only":            {func(c *Config) { c.Listen = "localhost" }, "use host:port"},
		"no port":              {func(c *Config) { c.Listen = "localhost:" }, "no port from 0 to 65535"},
		"port too high":        {func(c *Config) { c.Listen = "localhost:65536" }, "no port from 0 to 65535"},
		"port by name":         {func(c *Config) { c.Listen = "localhost:http" }, "no port from 0 to 65535"},
		"bare IPv6":            {func(c *Config) { c.Listen = "::1:8080" }, "use host:port"},
		"no data directory":    {func(c *Config) { c.DataDir = "" }, "--data-dir is empty"},
		"certificate only":     {func(c *Config) { c.TLSCert = "c" }, "--tls-cert is set without --tls-key"},
		"key only":             {func(c *Config) { c.TLSKey = "k" }, "--tls-key is set without --tls-cert"},
		"user name only":       {func(c *Config) { c.AdminUsername = "u" }, "without AKITA_ADMIN_PASSWORD"},
		"password only":        {func(c *Config) { c.AdminPassword = secret.Text("p") }, "without AKITA_ADMIN_USERNAME"},
		"download-dir absent":  {func(c *Config) { c.DownloadDir = "no" }, "--download-dir no cannot be read (no such file"},
		"download-dir is file": {func(c *Config) { c.DownloadDir = "server_test.go" }, "is not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := good
			tc.change(&config)
			err := config.Validate()
			switch {
			case tc.wantError == "" && err != nil:
				t.Errorf("error = %v, want none", err)
			case tc.wantError != "" && (err == nil || !strings.Contains(err.Error(), tc.wantError)):
				t.Errorf("error = %v, want one with %q", err, tc.wantError)
			}
		})
	}
}
