package api

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestWrongAPIKeys(t *testing.T) {
	t.Parallel()
	f := setup(t)
	daemon := f.daemon()
	for name, change := range map[string]func(r *http.Request){
		"wrong secret": func(r *http.Request) { r.SetBasicAuth(daemon.key.ID, daemon.key.Secret+"x") },
		"no secret":    func(r *http.Request) { r.SetBasicAuth(daemon.key.ID, "") },
		"unknown id":   func(r *http.Request) { r.SetBasicAuth("apk_none", daemon.key.Secret) },
		"user's name":  func(r *http.Request) { r.SetBasicAuth(adminName, adminPassword) },
		"bearer":       func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+daemon.key.Secret) },
		"bad base64":   func(r *http.Request) { r.Header.Set("Authorization", "Basic !") },
	} {
		for _, path := range []string{"/api/v1/projects", "/api/v1/agent/heartbeat"} {
			t.Run(name+" "+path, func(t *testing.T) {
				t.Parallel()
				c := *daemon
				c.t = t
				r := c.request(map[bool]string{true: "POST", false: "GET"}[strings.Contains(path, "agent")], path, "")
				change(r)
				a := c.send(r).wantProblem(codeInvalidAPIKey)
				if a.Header().Get("WWW-Authenticate") == "" {
					t.Error("no WWW-Authenticate in the response to an Authorization header")
				}
			})
		}
	}
}

func TestRevokedKeyIsRefused(t *testing.T) {
	t.Parallel()
	f := setup(t)
	daemon := f.daemon()
	daemon.get("/api/v1/projects").want(http.StatusOK)
	f.user().delete("/api/v1/api-keys/" + daemon.key.ID).want(http.StatusNoContent)
	daemon.get("/api/v1/projects").wantProblem(codeInvalidAPIKey, "revoked")
	f.user().delete("/api/v1/api-keys/" + daemon.key.ID).wantProblem(codeAPIKeyNotFound)
}

func TestLastUsedIsTruncatedToMinutes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		user, daemon := f.user(), f.daemon()
		lastUsed := func() *time.Time {
			var keys list[apiKeyJSON]
			user.get("/api/v1/api-keys").want(http.StatusOK).into(&keys)
			return keys.Items[0].LastUsed
		}
		if used := lastUsed(); used != nil {
			t.Fatalf("new key: last used %v, want null", used)
		}
		first := time.Now().UTC().Truncate(time.Minute)
		daemon.get("/api/v1/projects").want(http.StatusOK)
		time.Sleep(30 * time.Second)
		daemon.get("/api/v1/projects").want(http.StatusOK)
		if used := lastUsed(); used == nil || !used.Equal(first) {
			t.Errorf("last used %v, want %v", used, first)
		}
		time.Sleep(time.Minute)
		daemon.get("/api/v1/projects").want(http.StatusOK)
		if used := lastUsed(); used == nil || !used.Equal(first.Add(time.Minute)) {
			t.Errorf("last used %v, want %v", used, first.Add(time.Minute))
		}
	})
}
