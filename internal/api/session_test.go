package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/api/password"
	"akita/internal/store"
)

func TestLogOutEndsTheSession(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c, other := f.user(), f.user()
	replay := *c
	a := c.delete("/api/v1/session").want(http.StatusNoContent)
	set := a.Header().Get("Set-Cookie")
	if !strings.Contains(set, "akita_session=;") || !strings.Contains(set, "Max-Age=0") {
		t.Errorf("Set-Cookie %q does not delete the cookie", set)
	}
	replay.get("/api/v1/session").wantProblem(codeUnauthenticated, "session has ended")
	other.get("/api/v1/session").want(http.StatusOK)
}

func TestChangePasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c, other := f.user(), f.user()
	before := *c
	body := `{"current":"copper lantern orbit","new":"violet harbour clock"}`
	c.keepCookie(c.post("/api/v1/account/password", body).want(http.StatusNoContent))
	c.get("/api/v1/session").want(http.StatusOK)
	other.get("/api/v1/session").wantProblem(codeUnauthenticated)
	before.get("/api/v1/session").wantProblem(codeUnauthenticated)
	f.anonymous().logIn(adminName, adminPassword).wantProblem(codeInvalidCredentials)
	f.anonymous().logIn(adminName, "violet harbour clock").want(http.StatusCreated)
}

func TestFailedLogInsDoNotRevealUsers(t *testing.T) {
	t.Parallel()
	f := setup(t)
	known := f.anonymous().logIn(adminName, "wrong").wantProblem(codeInvalidCredentials).Body.String()
	unknown := f.anonymous().logIn("nobody", "wrong").wantProblem(codeInvalidCredentials).Body.String()
	if known != unknown {
		t.Errorf("response for a known user is %s, for an unknown user %s", known, unknown)
	}
}

func TestLogInAttemptsAreLimited(t *testing.T) {
	t.Parallel()
	for _, username := range []string{adminName, "nobody"} {
		t.Run(username, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := setup(t)
				c := f.anonymous()
				var last *response
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
				f.anonymous().logIn(adminName, adminPassword).want(http.StatusCreated)
			})
		})
	}
}

func TestForwardedHeadersDoNotAvoidTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		c := f.anonymous()
		limited := false
		for i := range 50 {
			forged := "198.51.100." + strconv.Itoa(i)
			c.headers = http.Header{"X-Forwarded-For": {forged}, "X-Real-Ip": {forged}}
			if c.logIn("user"+strconv.Itoa(i), "wrong").Code == http.StatusTooManyRequests {
				limited = true
			}
		}
		if !limited {
			t.Error("50 attempts from one address were allowed")
		}
		c.address = "203.0.113.9:1234"
		c.logIn(adminName, adminPassword).want(http.StatusCreated)
	})
}

func TestChangePasswordIsLimited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := setup(t).user()
		var last *response
		for range 20 {
			last = c.post("/api/v1/account/password", `{"current":"wrong","new":"violet harbour clock"}`)
		}
		last.wantProblem(codeTooManyAttempts)
	})
}

// weaken gives ada a hash with lower costs.
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

func TestLogInReplacesOutdatedHash(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.weaken()
	for range 2 {
		f.anonymous().logIn(adminName, adminPassword).want(http.StatusCreated)
	}
	user, err := f.store.UserByName(t.Context(), adminName)
	if err != nil || !strings.Contains(user.PasswordHash, "m=64,") {
		t.Errorf("hash %q, %v: want the costs m=64", user.PasswordHash, err)
	}
}

// interleaved is a store that calls then once, after a user was read.
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

func TestLogInDuringAConcurrentChange(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		oldHash        bool
		changePassword bool
		want           int
	}{
		"log-in":                                {false, false, http.StatusCreated},
		"log-in with an outdated hash":          {true, false, http.StatusCreated},
		"password change":                       {false, true, http.StatusUnauthorized},
		"password change with an outdated hash": {true, true, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t)
			if tc.oldHash {
				f.weaken()
			}
			f.Handler.store = &interleaved{f.store, func() {
				user := f.user()
				if tc.changePassword {
					body := `{"current":"copper lantern orbit","new":"violet harbour clock"}`
					user.post("/api/v1/account/password", body).want(http.StatusNoContent)
				}
			}}
			f.anonymous().logIn(adminName, adminPassword).want(tc.want)
			if tc.changePassword {
				f.anonymous().logIn(adminName, "violet harbour clock").want(http.StatusCreated)
			}
		})
	}
}

func TestCrossOriginRequestsAreRefused(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user := f.user()
	for name, tc := range map[string]struct {
		headers http.Header
		allowed bool
	}{
		"no browser":         {nil, true},
		"same origin":        {http.Header{"Sec-Fetch-Site": {"same-origin"}}, true},
		"typed by the user":  {http.Header{"Sec-Fetch-Site": {"none"}}, true},
		"cross-site":         {http.Header{"Sec-Fetch-Site": {"cross-site"}}, false},
		"same site":          {http.Header{"Sec-Fetch-Site": {"same-site"}}, false},
		"null origin":        {http.Header{"Origin": {"null"}}, false},
		"other origin":       {http.Header{"Origin": {"https://evil.example"}}, false},
		"Origin header only": {http.Header{"Origin": {"http://example.com"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := *user
			c.t, c.headers = t, tc.headers
			a := c.post("/api/v1/api-keys", `{"name":"x","scope":"agent"}`)
			if tc.allowed {
				a.want(http.StatusCreated)
				return
			}
			a.wantProblem(codeCrossOrigin, "console")
		})
	}
}
