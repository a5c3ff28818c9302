package api

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"akita/internal/store"
)

func TestAPIKeySecretIsShownOnce(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user := f.user()
	var key apiKeyJSON
	user.post("/api/v1/api-keys", `{"name":"staging","scope":"read"}`).want(http.StatusCreated).into(&key)
	if !regexp.MustCompile(`^aks_[0-9A-Za-z]{43}$`).MatchString(key.Secret) || !strings.HasPrefix(key.ID, "apk_") {
		t.Errorf("key %q with secret %q", key.ID, key.Secret)
	}
	body := user.get("/api/v1/api-keys").want(http.StatusOK).Body.String()
	if key.Scope != store.ReadKey || key.Projects != nil || key.CreatedBy == nil || *key.CreatedBy != adminName {
		t.Errorf("got %+v", key)
	}
	if strings.Contains(body, "aks_") || strings.Contains(body, `"secret"`) {
		t.Errorf("the list contains a secret: %s", body)
	}
}

func TestAPIKeySecretsAreLong(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for range 1000 {
		secret := newKeySecret()
		if len(secret) != len("aks_")+43 || seen[secret] {
			t.Fatalf("secret %q", secret)
		}
		seen[secret] = true
	}
}

func TestAPIKeyOfProjects(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("Shop")
	f.project("blog")
	f.project("other")
	user := f.user()
	body := `{"name":"ci","scope":"full","projects":["shop","BLOG","` + f.projectID("shop") + `"]}`
	for name, a := range map[string]*response{
		"created": user.post("/api/v1/api-keys", body).want(http.StatusCreated),
		"listed":  user.get("/api/v1/api-keys").want(http.StatusOK),
	} {
		if got := a.Body.String(); !strings.Contains(got, `"name":"blog"},{`) || !strings.Contains(got, `"name":"Shop"}]`) {
			t.Errorf("%s: %s", name, got)
		}
	}
	user.delete("/api/v1/projects/shop").want(http.StatusNoContent)
	user.delete("/api/v1/projects/blog").want(http.StatusNoContent)
	user.get("/api/v1/api-keys").want(http.StatusOK).wantIn(`"projects":[]`, `"scope":"full"`)
	if log := f.log.String(); !strings.Contains(log, "scope=full projects=\"svc_") || !strings.Contains(log, "by=ada") {
		t.Errorf("the log is %s", log)
	}
}

func TestOldKeysAreInTheLog(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.withKey(store.ReadKey)
	for keys, want := range []bool{false, true} {
		if keys > 0 {
			old := store.APIKey{ID: "apk_old", Scope: store.AgentKey, AllProjects: true, Created: f.timestamp()}
			if err := f.store.CreateAPIKey(t.Context(), old); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.WarnOfOldKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(f.log.String(), "API keys that are older than scopes"); got != want {
			t.Errorf("%d old keys: logged %v: %s", keys, got, f.log)
		}
	}
	if !strings.Contains(f.log.String(), "keys=1") {
		t.Errorf("the log is %s", f.log)
	}
}
