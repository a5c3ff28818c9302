package api

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecretsAreNotStoredOrLogged(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token, err := f.OpenSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := f.anonymous()
	c.keepCookie(c.post("/api/v1/setup", setupBody(token.Reveal())).want(http.StatusCreated))
	var key apiKeyJSON
	c.post("/api/v1/api-keys", `{"name":"x","scope":"read"}`).want(http.StatusCreated).into(&key)
	daemon := f.anonymous()
	daemon.key = key
	daemon.get("/api/v1/projects").want(http.StatusOK)
	daemon.key.Secret += "x"
	daemon.get("/api/v1/projects").wantProblem(codeInvalidAPIKey)
	f.anonymous().logIn(adminName, "a wrong password of hers").wantProblem(codeInvalidCredentials)

	stored := f.log.String() + f.databaseFiles()
	if !strings.Contains(stored, "ada") {
		t.Fatal("the user name is neither in the database nor in the log")
	}
	for name, secret := range map[string]string{
		"setup token": token.Reveal(), "password": adminPassword, "wrong password": "a wrong password of hers",
		"session token": c.cookie.Value, "API key's secret": key.Secret,
	} {
		if strings.Contains(stored, secret) {
			t.Errorf("the %s is in the database or the log", name)
		}
	}
}

// databaseFiles returns the contents of the store's files.
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
