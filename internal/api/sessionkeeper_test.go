package api

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/api/password"
)

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	f := setup(t)
	set := f.anonymous().logIn("ADA", adminPassword).want(http.StatusCreated).Header().Get("Set-Cookie")
	for _, want := range []string{"akita_session=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=60480"} {
		if !strings.Contains(set, want) {
			t.Errorf("Set-Cookie %q lacks %q", set, want)
		}
	}
	for _, unwanted := range []string{"Secure", "Domain"} {
		if strings.Contains(set, unwanted) {
			t.Errorf("Set-Cookie %q contains %q", set, unwanted)
		}
	}
	token, _, _ := strings.Cut(strings.TrimPrefix(set, "akita_session="), ";")
	if raw, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(raw) != 32 {
		t.Errorf("token %q does not have 256 bits: %v", token, err)
	}
}

func TestSessionCookieOverHTTPS(t *testing.T) {
	t.Parallel()
	f := setup(t)
	secure, err := New(Config{
		Store: f.store, Bundles: f.bundles, Models: oneEndpoint{}, Now: time.Now, Secure: true,
		Logger: f.logger, PasswordCosts: password.Params{MemoryKiB: 64, Passes: 1, Lanes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(secure.Close)
	c := &client{api: secure, t: t}
	set := c.logIn(adminName, adminPassword).want(http.StatusCreated).Header().Get("Set-Cookie")
	for _, want := range []string{"__Host-akita_session=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
		if !strings.Contains(set, want) {
			t.Errorf("Set-Cookie %q lacks %q", set, want)
		}
	}
	c.get("/api/v1/session").want(http.StatusOK)
}

func TestLogInReplacesTheSession(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c := f.user()
	old := *c
	c.logIn(adminName, adminPassword).want(http.StatusCreated)
	if c.cookie.Value == old.cookie.Value {
		t.Fatal("the token is the same after a new log-in")
	}
	c.get("/api/v1/session").want(http.StatusOK)
	old.get("/api/v1/session").wantProblem(codeUnauthenticated)
}

func TestLogInIgnoresTheClientsToken(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c := f.anonymous()
	c.cookie = &http.Cookie{Name: "akita_session", Value: "chosen-by-an-attacker"}
	c.logIn(adminName, adminPassword).want(http.StatusCreated)
	if c.cookie.Value == "chosen-by-an-attacker" {
		t.Error("the session uses the token of the client")
	}
}

func TestInvalidCookies(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, value := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 4000)} {
		c := f.anonymous()
		c.cookie = &http.Cookie{Name: "akita_session", Value: value}
		c.get("/api/v1/projects").wantProblem(codeUnauthenticated)
	}
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		every time.Duration // between requests
		until time.Duration // since the log-in
		alive bool
	}{
		"busy for 7 days less a minute":  {5 * time.Hour, sessionLifetime - time.Minute, true},
		"busy for 7 days":                {5 * time.Hour, sessionLifetime + time.Second, false},
		"idle for 8 hours less a minute": {sessionIdle - time.Minute, sessionIdle - time.Minute, true},
		"idle for 8 hours":               {sessionIdle + time.Second, sessionIdle + time.Second, false},
		"used once after 7 hours":        {7 * time.Hour, 14 * time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := setup(t)
				c := f.user()
				begin := time.Now()
				for {
					left := tc.until - time.Since(begin)
					if left <= tc.every {
						time.Sleep(left)
						break
					}
					time.Sleep(tc.every)
					c.get("/api/v1/session").want(http.StatusOK)
				}
				want := http.StatusUnauthorized
				if tc.alive {
					want = http.StatusOK
				}
				c.get("/api/v1/session").want(want)
			})
		})
	}
}

func TestRequestsProlongTheSessionOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		c := f.user()
		time.Sleep(sessionProlong - time.Second)
		c.get("/api/v1/session").want(http.StatusOK)
		time.Sleep(sessionIdle - sessionProlong + 2*time.Second) // that request did not prolong it
		c.get("/api/v1/session").wantProblem(codeUnauthenticated)
	})
}
