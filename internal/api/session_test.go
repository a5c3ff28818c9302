package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/api/password"
	"akita/internal/store"
)

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	f := setup(t)
	set := f.nobody().logIn("ADA", adminPassword).want(http.StatusCreated).Header().Get("Set-Cookie")
	for _, want := range []string{"akita_session=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=60480"} {
		if !strings.Contains(set, want) {
			t.Errorf("Set-Cookie %q has no %q", set, want)
		}
	}
	for _, unwanted := range []string{"Secure", "Domain"} {
		if strings.Contains(set, unwanted) {
			t.Errorf("Set-Cookie %q has %q", set, unwanted)
		}
	}
	token, _, _ := strings.Cut(strings.TrimPrefix(set, "akita_session="), ";")
	if raw, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(raw) != 32 {
		t.Errorf("token %q is no 256 bits: %v", token, err)
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
			t.Errorf("Set-Cookie %q has no %q", set, want)
		}
	}
	c.get("/api/v1/session").want(http.StatusOK)
}

func TestLogInGivesANewTokenAndEndsTheOld(t *testing.T) {
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

func TestLogInTakesNoTokenOfTheCallersChoice(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c := f.nobody()
	c.cookie = &http.Cookie{Name: "akita_session", Value: "chosen-by-an-attacker"}
	c.logIn(adminName, adminPassword).want(http.StatusCreated)
	if c.cookie.Value == "chosen-by-an-attacker" {
		t.Error("the session has the token that came with the log-in")
	}
}

func TestLogOutEndsTheSessionOnTheServer(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c, other := f.user(), f.user()
	replay := *c
	a := c.delete("/api/v1/session").want(http.StatusNoContent)
	if set := a.Header().Get("Set-Cookie"); !strings.Contains(set, "akita_session=;") || !strings.Contains(set, "Max-Age=0") {
		t.Errorf("Set-Cookie %q does not take the cookie back", set)
	}
	replay.get("/api/v1/session").wantProblem(codeUnauthenticated, "session has ended")
	other.get("/api/v1/session").want(http.StatusOK)
}

func TestUnknownCookiesAreNobody(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, value := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 4000)} {
		c := f.nobody()
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

func TestRequestsWriteTheSessionOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		c := f.user()
		time.Sleep(sessionProlong - time.Second)
		c.get("/api/v1/session").want(http.StatusOK)
		time.Sleep(sessionIdle - sessionProlong + 2*time.Second) // as if that request had never been
		c.get("/api/v1/session").wantProblem(codeUnauthenticated)
	})
}

func TestChangePasswordEndsEverySessionButThisOne(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c, other := f.user(), f.user()
	before := *c
	a := c.post("/api/v1/account/password", `{"current":"copper lantern orbit","new":"violet harbour clock"}`).want(http.StatusNoContent)
	c.keepCookie(a)
	c.get("/api/v1/session").want(http.StatusOK)
	other.get("/api/v1/session").wantProblem(codeUnauthenticated)
	before.get("/api/v1/session").wantProblem(codeUnauthenticated)
	f.nobody().logIn(adminName, adminPassword).wantProblem(codeInvalidCredentials)
	f.nobody().logIn(adminName, "violet harbour clock").want(http.StatusCreated)
}

func TestWrongLogInsLookAlike(t *testing.T) {
	t.Parallel()
	f := setup(t)
	known := f.nobody().logIn(adminName, "wrong").wantProblem(codeInvalidCredentials).Body.String()
	unknown := f.nobody().logIn("nobody", "wrong").wantProblem(codeInvalidCredentials).Body.String()
	if known != unknown {
		t.Errorf("a known user is answered %s, an unknown one %s", known, unknown)
	}
}

func TestTwentyWrongLogInsAreTooMany(t *testing.T) {
	t.Parallel()
	for _, username := range []string{adminName, "nobody"} {
		t.Run(username, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := setup(t)
				c := f.nobody()
				var last *answer
				for range 20 {
					last = c.logIn(username, "wrong")
				}
				last.wantProblem(codeTooManyAttempts, "try again in")
				wait, err := strconv.Atoi(last.Header().Get("Retry-After"))
				if err != nil || wait < 1 {
					t.Fatalf("Retry-After %q", last.Header().Get("Retry-After"))
				}
				c.logIn(adminName, adminPassword)
				time.Sleep(time.Duration(wait) * time.Second)
				f.nobody().logIn(adminName, adminPassword).want(http.StatusCreated)
			})
		})
	}
}

func TestAnAddressIsLimitedWhateverItSays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		c := f.nobody()
		limited := false
		for i := range 50 {
			c.headers = http.Header{"X-Forwarded-For": {"198.51.100." + strconv.Itoa(i)}, "X-Real-Ip": {"198.51.100.1"}}
			if c.logIn("user"+strconv.Itoa(i), "wrong").Code == http.StatusTooManyRequests {
				limited = true
			}
		}
		if !limited {
			t.Error("50 attempts from one address at once were let through")
		}
		c.address = "203.0.113.9:1234"
		c.logIn(adminName, adminPassword).want(http.StatusCreated)
	})
}

func TestChangePasswordIsLimitedToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := setup(t).user()
		var last *answer
		for range 20 {
			last = c.post("/api/v1/account/password", `{"current":"wrong","new":"violet harbour clock"}`)
		}
		last.wantProblem(codeTooManyAttempts)
	})
}

// weaken gives ada a hash of lower costs than today's.
func (f *fixture) weaken() {
	t := f.t
	t.Helper()
	user, err := f.store.UserByName(t.Context(), adminName)
	if err != nil {
		t.Fatal(err)
	}
	old, err := password.NewHasher(password.Params{MemoryKiB: 32, Passes: 1, Lanes: 1}).Hash(t.Context(), adminPassword)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.store.SetPasswordHash(t.Context(), user.ID, user.PasswordHash, old); err != nil {
		t.Fatal(err)
	}
}

func TestLogInRaisesTheCostsOfAnOldHash(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.weaken()
	for range 2 {
		f.nobody().logIn(adminName, adminPassword).want(http.StatusCreated)
	}
	if user, err := f.store.UserByName(t.Context(), adminName); err != nil || !strings.Contains(user.PasswordHash, "m=64,") {
		t.Errorf("hash %q, %v: not of today's costs", user.PasswordHash, err)
	}
}

// interleaved is a store in which something happens once, after a user was read.
type interleaved struct {
	store.Store
	then func()
}

func (s *interleaved) UserByName(ctx context.Context, username string) (store.User, error) {
	user, err := s.Store.UserByName(ctx, username)
	if then := s.then; then != nil {
		s.then = nil
		then()
	}
	return user, err
}

func TestALogInBesideAnother(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		oldHash        bool
		changePassword bool
		want           int
	}{
		"log-in":                          {false, false, http.StatusCreated},
		"log-in, of an old hash":          {true, false, http.StatusCreated},
		"password change":                 {false, true, http.StatusUnauthorized},
		"password change, of an old hash": {true, true, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t)
			if tc.oldHash {
				f.weaken()
			}
			f.API.store = &interleaved{f.store, func() {
				user := f.user()
				if tc.changePassword {
					user.post("/api/v1/account/password", `{"current":"copper lantern orbit","new":"violet harbour clock"}`).want(http.StatusNoContent)
				}
			}}
			f.nobody().logIn(adminName, adminPassword).want(tc.want)
			if tc.changePassword {
				f.nobody().logIn(adminName, "violet harbour clock").want(http.StatusCreated)
			}
		})
	}
}

func TestCrossOriginRequestsChangeNothing(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user := f.user()
	for name, tc := range map[string]struct {
		headers http.Header
		allowed bool
	}{
		"no browser":           {nil, true},
		"same origin":          {http.Header{"Sec-Fetch-Site": {"same-origin"}}, true},
		"typed by the user":    {http.Header{"Sec-Fetch-Site": {"none"}}, true},
		"cross-site":           {http.Header{"Sec-Fetch-Site": {"cross-site"}}, false},
		"same site":            {http.Header{"Sec-Fetch-Site": {"same-site"}}, false},
		"null origin":          {http.Header{"Origin": {"null"}}, false},
		"other origin":         {http.Header{"Origin": {"https://evil.example"}}, false},
		"this origin, no more": {http.Header{"Origin": {"http://example.com"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := *user
			c.t, c.headers = t, tc.headers
			a := c.post("/api/v1/api-keys", `{"name":"x"}`)
			if tc.allowed {
				a.want(http.StatusCreated)
				return
			}
			a.wantProblem(codeCrossOrigin, "console")
		})
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token, err := f.OpenSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := f.nobody()
	c.keepCookie(c.post("/api/v1/setup", `{"token":"`+token.Reveal()+`","username":"ada","password":"copper lantern orbit"}`).want(http.StatusCreated))
	var key apiKeyJSON
	c.post("/api/v1/api-keys", `{"name":"x"}`).want(http.StatusCreated).into(&key)
	daemon := f.nobody()
	daemon.key = key
	daemon.get("/api/v1/projects").want(http.StatusOK)
	daemon.key.Secret += "x"
	daemon.get("/api/v1/projects").wantProblem(codeInvalidAPIKey)
	f.nobody().logIn(adminName, "a wrong password of hers").wantProblem(codeInvalidCredentials)

	kept := f.log.String() + f.databaseFiles()
	if !strings.Contains(kept, "ada") {
		t.Fatal("the search finds nothing, not even the user's name")
	}
	for name, secret := range map[string]string{
		"set-up token": token.Reveal(), "password": adminPassword, "wrong password": "a wrong password of hers",
		"session token": c.cookie.Value, "API key's secret": key.Secret,
	} {
		if strings.Contains(kept, secret) {
			t.Errorf("the %s is in the database or the log", name)
		}
	}
}

// databaseFiles returns all bytes that the store has written.
func (f *fixture) databaseFiles() string {
	f.t.Helper()
	files, err := filepath.Glob(filepath.Join(f.dir, "*"))
	if err != nil || len(files) == 0 {
		f.t.Fatalf("no database files: %v", err)
	}
	var all strings.Builder
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			f.t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}
