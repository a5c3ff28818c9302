package api

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"akita/internal/api/password"
	"akita/internal/id"
	"akita/internal/secret"
	"akita/internal/store"
)

const (
	setupLifetime   = time.Hour
	maxUsernameSize = 64 // characters
)

// setupLink holds the hash of the one-time token that creates the first user.
type setupLink struct {
	mu      sync.Mutex
	open    bool
	hash    [32]byte
	expires time.Time
}

// OpenSetup returns a new one-time token that can create the first user within an
// hour, and invalidates the previous one. It returns "" if there is a user.
func (h *Handler) OpenSetup(ctx context.Context) (secret.Text, error) {
	users, err := h.store.CountUsers(ctx)
	if err != nil || users > 0 {
		return "", err
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never returns an error
	token := base64.RawURLEncoding.EncodeToString(random)
	h.setup.mu.Lock()
	defer h.setup.mu.Unlock()
	h.setup.open = true
	h.setup.hash = sha256Of(token)
	h.setup.expires = h.now().Add(setupLifetime)
	return secret.Text(token), nil
}

// check returns a problem unless the token is valid at now.
func (s *setupLink) check(token string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := sha256Of(token)
	switch {
	case !s.open:
		return setupOver()
	case subtle.ConstantTimeCompare(hash[:], s.hash[:]) != 1:
		return &problem{code: codeWrongSetupToken,
			detail: "This setup link is not valid: open the link that the server printed when it last started."}
	case !now.Before(s.expires):
		return &problem{code: codeSetupOver,
			detail: "This setup link is older than an hour: restart the server to get a new one."}
	}
	return nil
}

func (s *setupLink) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = false
}

func setupOver() error {
	return &problem{code: codeSetupOver, detail: "The first user already exists: log in."}
}

// Errors of CreateAdmin.
var (
	ErrInvalidUsername = errors.New("invalid user name")
	ErrWeakPassword    = errors.New("weak password")
)

// CreateAdmin creates the first user. It returns false and changes nothing if there
// is a user already. It returns ErrInvalidUsername or ErrWeakPassword if the
// operator must choose another one.
func (h *Handler) CreateAdmin(ctx context.Context, username string, pass secret.Text) (bool, error) {
	users, err := h.store.CountUsers(ctx)
	if err != nil || users > 0 {
		return false, err
	}
	var f fields
	if f.name("username", username, maxUsernameSize); len(f) > 0 {
		return false, fmt.Errorf("%w: it %s", ErrInvalidUsername, f[0].Detail)
	}
	if err := password.Check(pass.Reveal(), username); err != nil {
		return false, fmt.Errorf("%w: it %w", ErrWeakPassword, err)
	}
	_, err = h.addFirstUser(ctx, username, pass.Reveal())
	if errors.Is(err, store.ErrExists) {
		return false, nil
	}
	return err == nil, err
}

func (h *Handler) addFirstUser(ctx context.Context, username, pass string) (store.User, error) {
	hash, err := h.passwords.Hash(ctx, pass)
	if err != nil {
		return store.User{}, err
	}
	user := store.User{ID: id.New(id.User), Username: username, PasswordHash: hash, Created: h.timestamp()}
	if err := h.store.CreateFirstUser(ctx, user); err != nil {
		return store.User{}, fmt.Errorf("create first user: %w", err)
	}
	h.setup.close()
	h.logger.Info("First user created", "user", username)
	return user, nil
}

func (h *Handler) getSetup(w http.ResponseWriter, r *http.Request) error {
	users, err := h.store.CountUsers(r.Context())
	if err != nil {
		return err
	}
	return ok(w, struct {
		Needed bool `json:"needed"`
	}{users == 0})
}

func (h *Handler) createFirstUser(w http.ResponseWriter, r *http.Request) error {
	if err := h.limitAddress(r); err != nil {
		return err
	}
	var in struct {
		Token    string `json:"token"`
		Username string `json:"username"`
		Password string `json:"password"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if err := h.setup.check(in.Token, h.now()); err != nil {
		return err
	}
	var f fields
	f.name("username", in.Username, maxUsernameSize)
	f.password("password", in.Password, in.Username)
	if err := f.err(); err != nil {
		return err
	}
	user, err := h.addFirstUser(r.Context(), in.Username, in.Password)
	if errors.Is(err, store.ErrExists) {
		return setupOver()
	}
	if err != nil {
		return err
	}
	if err := h.sessions.begin(w, r, user); err != nil {
		return err
	}
	return created(w, h.sessionOf(user))
}

// password checks a password that a user chooses.
func (f *fields) password(field, value, username string) {
	if err := password.Check(value, username); err != nil {
		f.add(field, err.Error())
	}
}
