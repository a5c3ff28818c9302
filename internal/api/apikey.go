package api

import (
	"crypto/rand"
	"errors"
	"math/big"
	"net/http"
	"strings"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

const maxKeyNameSize = 100 // characters

// apiKeyJSON is the ApiKey of openapi.yaml.
type apiKeyJSON struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Created  time.Time  `json:"created"`
	LastUsed *time.Time `json:"last_used"` // null if never used
	Secret   string     `json:"secret,omitempty"`
}

func apiKeyOf(k store.APIKey) apiKeyJSON {
	out := apiKeyJSON{ID: k.ID, Name: k.Name, Created: k.Created.UTC()}
	if !k.LastUsed.IsZero() {
		used := k.LastUsed.UTC()
		out.LastUsed = &used
	}
	return out
}

func (h *Handler) listAPIKeys(w http.ResponseWriter, r *http.Request) error {
	stored, err := h.store.APIKeys(r.Context())
	if err != nil {
		return err
	}
	out := list[apiKeyJSON]{Items: make([]apiKeyJSON, len(stored))}
	for i, k := range stored {
		out.Items[i] = apiKeyOf(k)
	}
	return ok(w, out)
}

func (h *Handler) createAPIKey(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Name string `json:"name"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	var f fields
	f.name("name", in.Name, maxKeyNameSize)
	if err := f.err(); err != nil {
		return err
	}
	secret := newKeySecret()
	key := store.APIKey{ID: id.New(id.APIKey), Name: in.Name, SecretSHA256: sha256Of(secret), Created: h.timestamp()}
	if err := h.store.CreateAPIKey(r.Context(), key); err != nil {
		return err
	}
	h.logger.Info("API key created", "key", key.ID, "name", key.Name, "by", callerOf(r))
	out := apiKeyOf(key)
	out.Secret = secret
	return created(w, out)
}

func (h *Handler) revokeAPIKey(w http.ResponseWriter, r *http.Request) error {
	keyID := r.PathValue("apiKey")
	err := h.store.DeleteAPIKey(r.Context(), keyID)
	if errors.Is(err, store.ErrNotFound) {
		return &problem{code: codeAPIKeyNotFound,
			detail: "There is no API key with this id: it may have been revoked already."}
	}
	if err != nil {
		return err
	}
	h.changes.notifyAll(credentialsChanged)
	h.logger.Info("API key revoked", "key", keyID, "by", callerOf(r))
	return noContent(w)
}

// newKeySecret returns aks_ followed by 32 random bytes in base62, which are 43
// characters.
func newKeySecret() string {
	const length = 43 // ceil(256 / log2(62))
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never returns an error
	digits := new(big.Int).SetBytes(random).Text(62)
	return "aks_" + strings.Repeat("0", length-len(digits)) + digits
}
