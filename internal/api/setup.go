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

// setupLink is the one-time token that lets the first user in; only its hash is kept.
type setupLink struct {
	mu      sync.Mutex
	open    bool
	hash    [32]byte
	expires time.Time
}

// OpenSetup makes the one-time token with which the first user can be created
// during the next hour, in place of an earlier one. It returns "" where there is a
// user already.
func (a *API) OpenSetup(ctx context.Context) (secret.Text, error) {
	users, err := a.store.CountUsers(ctx)
	if err != nil || users > 0 {
		return "", err
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails, by its contract
	token := base64.RawURLEncoding.EncodeToString(random)
	a.setup.mu.Lock()
	defer a.setup.mu.Unlock()
	a.setup.open = true
	a.setup.hash = sha256Of(token)
	a.setup.expires = a.now().Add(setupLifetime)
	return secret.Text(token), nil
}

// check returns a problem where the token does not open the set-up now.
func (s *setupLink) check(token string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := sha256Of(token)
	switch {
	case !s.open:
		return setupOver()
	case subtle.ConstantTimeCompare(hash[:], s.hash[:]) != 1:
		return &problem{code: codeWrongSetupToken,
			detail: "This set-up link is not the one that the server printed last: open the link from the server's latest start."}
	case !now.Before(s.expires):
		return &problem{code: codeSetupOver, detail: "This set-up link is older than an hour: restart the server to get a new one."}
	}
	return nil
}

func (s *setupLink) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = false
}

func setupOver() error {
	return &problem{code: codeSetupOver, detail: "The first user exists already: log in."}
}

// Why CreateAdmin refuses what it is given.
var (
	ErrInvalidUsername = errors.New("invalid user name")
	ErrWeakPassword    = errors.New("weak password")
)

// CreateAdmin creates the first user. It returns false, and changes nothing, where
// there is a user already. It fails with
// ErrInvalidUsername or ErrWeakPassword where others have to be chosen.
func (a *API) CreateAdmin(ctx context.Context, username string, pass secret.Text) (bool, error) {
	users, err := a.store.CountUsers(ctx)
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
	_, err = a.addFirstUser(ctx, username, pass.Reveal())
	if errors.Is(err, store.ErrExists) {
		return false, nil
	}
	return err == nil, err
}

func (a *API) addFirstUser(ctx context.Context, username, pass string) (store.User, error) {
	hash, err := a.passwords.Hash(ctx, pass)
	if err != nil {
		return store.User{}, err
	}
	user := store.User{ID: id.New(id.User), Username: username, PasswordHash: hash, Created: a.timestamp()}
	if err := a.store.CreateFirstUser(ctx, user); err != nil {
		return store.User{}, fmt.Errorf("create first user: %w", err)
	}
	a.setup.close()
	a.logger.Info("First user created", "user", username)
	return user, nil
}

func (a *API) getSetup(w http.ResponseWriter, r *http.Request) error {
	users, err := a.store.CountUsers(r.Context())
	if err != nil {
		return err
	}
	return ok(w, struct {
		Needed bool `json:"needed"`
	}{users == 0})
}

func (a *API) createFirstUser(w http.ResponseWriter, r *http.Request) error {
	if err := a.limitAddress(r); err != nil {
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
	if err := a.setup.check(in.Token, a.now()); err != nil {
		return err
	}
	var f fields
	f.name("username", in.Username, maxUsernameSize)
	f.password("password", in.Password, in.Username)
	if err := f.err(); err != nil {
		return err
	}
	user, err := a.addFirstUser(r.Context(), in.Username, in.Password)
	if errors.Is(err, store.ErrExists) {
		return setupOver()
	}
	if err != nil {
		return err
	}
	if err := a.sessions.begin(w, r, user); err != nil {
		return err
	}
	return created(w, a.sessionOf(user))
}

// password checks a password that somebody chooses.
func (f *fields) password(field, value, username string) {
	if err := password.Check(value, username); err != nil {
		f.add(field, err.Error())
	}
}
