package api

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestAPIKeySecretIsShownOnce(t *testing.T) {
	t.Parallel()
	f := setup(t)
	user := f.user()
	var key apiKeyJSON
	user.post("/api/v1/api-keys", `{"name":"staging"}`).want(http.StatusCreated).into(&key)
	if !regexp.MustCompile(`^aks_[0-9A-Za-z]{43}$`).MatchString(key.Secret) || !strings.HasPrefix(key.ID, "apk_") {
		t.Errorf("key %q with secret %q", key.ID, key.Secret)
	}
	body := user.get("/api/v1/api-keys").want(http.StatusOK).Body.String()
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
