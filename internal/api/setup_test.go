package api

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// setupBody returns the body of a setup request.
func setupBody(token string) string {
	return `{"token":"` + token + `","username":"ada","password":"copper lantern orbit"}`
}

func openSetup(t *testing.T, f *fixture) string {
	t.Helper()
	token, err := f.OpenSetup(t.Context())
	if err != nil || token == "" {
		t.Fatalf("open setup: %q, %v", token.Reveal(), err)
	}
	return token.Reveal()
}

func TestSetupCreatesAUserAndLogsIn(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token := openSetup(t, f)
	f.anonymous().get("/api/v1/setup").want(http.StatusOK).wantBody(`{"needed":true}`)
	c := f.anonymous()
	c.keepCookie(c.post("/api/v1/setup", setupBody(token)).want(http.StatusCreated))
	c.get("/api/v1/session").want(http.StatusOK).wantBody(`{"username":"ada","version":"1.2.3"}`)
	f.anonymous().get("/api/v1/setup").want(http.StatusOK).wantBody(`{"needed":false}`)
}

func TestSetupLinkWorksOnce(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token := openSetup(t, f)
	f.anonymous().post("/api/v1/setup", setupBody(token)).want(http.StatusCreated)
	f.anonymous().post("/api/v1/setup", setupBody(token)).wantProblem(codeSetupOver, "log in")
	if again, err := f.OpenSetup(t.Context()); again != "" || err != nil {
		t.Errorf("OpenSetup with a user returned %q, %v", again.Reveal(), err)
	}
}

func TestSetupLinkWorksOnceForConcurrentRequests(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token := openSetup(t, f)
	var mu sync.Mutex
	codes := make(map[int]int)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			got := f.anonymous().post("/api/v1/setup", setupBody(token)).Code
			mu.Lock()
			defer mu.Unlock()
			codes[got]++
		})
	}
	all.Wait()
	if codes[http.StatusCreated] != 1 || codes[http.StatusGone] != 7 {
		t.Errorf("statuses %v, want 201 once and 410 seven times", codes)
	}
}

func TestSetupLinkIsValidForAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setupEmpty(t)
		token := openSetup(t, f)
		time.Sleep(setupLifetime)
		f.anonymous().post("/api/v1/setup", setupBody(token)).wantProblem(codeSetupOver, "restart the server")
	})
	synctest.Test(t, func(t *testing.T) {
		f := setupEmpty(t)
		token := openSetup(t, f)
		time.Sleep(setupLifetime - time.Second)
		f.anonymous().post("/api/v1/setup", setupBody(token)).want(http.StatusCreated)
	})
}

func TestNewSetupLinkReplacesTheOldOne(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	old, token := openSetup(t, f), openSetup(t, f)
	f.anonymous().post("/api/v1/setup", setupBody(old)).wantProblem(codeWrongSetupToken, "last started")
	f.anonymous().post("/api/v1/setup", setupBody(token)).want(http.StatusCreated)
}

func TestSetupLinkStaysValidAfterAnInvalidRequest(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token := openSetup(t, f)
	for _, tc := range []struct{ old, new, detail string }{
		{"ada", "", `"username" is missing`},
		{"ada", strings.Repeat("a", 65), "at most 64"},
		{"copper lantern orbit", "short", "at least 12"},
		{"copper lantern orbit", "password1234", "easy to guess"},
	} {
		body := strings.Replace(setupBody(token), tc.old, tc.new, 1)
		f.anonymous().post("/api/v1/setup", body).wantProblem(codeInvalidRequest, tc.detail)
	}
	f.anonymous().post("/api/v1/setup", setupBody("")).wantProblem(codeWrongSetupToken)
	f.anonymous().post("/api/v1/setup", setupBody(token)).want(http.StatusCreated)
}

func TestThereIsNoDefaultAccount(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	f.anonymous().logIn("admin", "admin").wantProblem(codeInvalidCredentials)
	f.anonymous().logIn("", "").wantProblem(codeInvalidCredentials)
	f.anonymous().post("/api/v1/setup", setupBody("")).wantProblem(codeSetupOver)
}
