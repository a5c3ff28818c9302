package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"akita/internal/store"
)

// sessionJSON is the Session of openapi.yaml.
type sessionJSON struct {
	Username string `json:"username"`
	Version  string `json:"version"`
}

func (h *Handler) sessionOf(u store.User) sessionJSON { return sessionJSON{u.Username, h.version} }

func (h *Handler) getSession(w http.ResponseWriter, r *http.Request) error {
	return ok(w, h.sessionOf(callerOf(r).user))
}

func (h *Handler) logIn(w http.ResponseWriter, r *http.Request) error {
	if err := h.limitAddress(r); err != nil {
		return err
	}
	var in struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	user, err := h.store.UserByName(r.Context(), in.Username)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if user, err = h.checkPassword(r, in.Username, user, in.Password); err != nil {
		return err
	}
	if err := h.sessions.begin(w, r, user); err != nil {
		return err
	}
	h.logger.Info("Logged in", "user", user.Username, "address", r.RemoteAddr)
	return created(w, h.sessionOf(user))
}

// checkPassword verifies the password of a user and returns the stored user. If
// user is zero, it takes as long and fails in the same way. It limits attempts and
// replaces hashes with outdated costs.
func (h *Handler) checkPassword(r *http.Request, username string, user store.User, pass string) (store.User, error) {
	ctx := r.Context()
	account := store.NameKey(username)
	if wait := h.attempts.Account(account); wait > 0 {
		h.refusedLogIn(r, username, "too many attempts")
		return store.User{}, tooManyAttempts(wait)
	}
	wrong := &problem{code: codeInvalidCredentials, detail: "The user name or the password is wrong."}
	if user.ID == "" {
		if err := h.passwords.VerifyDecoy(ctx, pass); err != nil {
			return store.User{}, err
		}
		h.refusedLogIn(r, username, "wrong user name or password")
		return store.User{}, wrong
	}
	match, outdated, err := h.passwords.Verify(ctx, user.PasswordHash, pass)
	if err != nil {
		return store.User{}, fmt.Errorf("verify password: %w", err)
	}
	if !match {
		h.refusedLogIn(r, username, "wrong user name or password")
		return store.User{}, wrong
	}
	h.attempts.Succeeded(account)
	if !outdated {
		return user, nil
	}
	renewed, err := h.storePassword(r, user, pass)
	if !errors.Is(err, store.ErrNotFound) {
		return renewed, err
	}
	// A concurrent request has changed the password or replaced the hash.
	if user, err = h.store.UserByID(ctx, user.ID); err != nil {
		return store.User{}, err
	}
	return h.checkPassword(r, username, user, pass)
}

// storePassword replaces the password of user and returns the user with the new
// hash. It returns store.ErrNotFound if the stored hash is not that of user.
func (h *Handler) storePassword(r *http.Request, user store.User, pass string) (store.User, error) {
	hash, err := h.passwords.Hash(r.Context(), pass)
	if err != nil {
		return store.User{}, err
	}
	if err := h.store.SetPasswordHash(r.Context(), user.ID, user.PasswordHash, hash); err != nil {
		return store.User{}, fmt.Errorf("store password: %w", err)
	}
	user.PasswordHash = hash
	return user, nil
}

func passwordChanged() error {
	return &problem{code: codeInvalidCredentials, detail: "The password has just been changed: log in with the new one."}
}

func (h *Handler) refusedLogIn(r *http.Request, username, reason string) {
	h.logInFailed()
	h.logger.Warn("Log-in refused",
		"user", clip(username, maxUsernameSize), "address", r.RemoteAddr, "reason", reason)
}

// clip truncates untrusted text.
func clip(text string, maxRunes int) string {
	if runes := []rune(text); len(runes) > maxRunes {
		return string(runes[:maxRunes]) + "…"
	}
	return text
}

// limitAddress counts an attempt of the connection's address. It ignores headers
// such as X-Forwarded-For, because any client can set them.
func (h *Handler) limitAddress(r *http.Request) error {
	addr, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return fmt.Errorf("remote address: %w", err)
	}
	if wait := h.attempts.Address(addr.Addr()); wait > 0 {
		h.logInFailed()
		return tooManyAttempts(wait)
	}
	return nil
}

func tooManyAttempts(wait time.Duration) error {
	return &problem{code: codeTooManyAttempts, retryAfter: wait,
		detail: fmt.Sprintf("Too many attempts: try again in %v.", max(wait.Round(time.Second), time.Second))}
}

func (h *Handler) logOut(w http.ResponseWriter, r *http.Request) error {
	if err := h.sessions.end(w, r); err != nil {
		return err
	}
	h.changes.notifyAll(credentialsChanged)
	h.logger.Info("Logged out", "user", callerOf(r).user.Username)
	return noContent(w)
}

func (h *Handler) changePassword(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Current string `json:"current"`
		New     string `json:"new"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	user := callerOf(r).user
	var f fields
	if f.password("new", in.New, user.Username); len(f) > 0 {
		return f.err()
	}
	user, err := h.checkCurrent(r, user, in.Current)
	if err != nil {
		return err
	}
	user, err = h.storePassword(r, user, in.New)
	if errors.Is(err, store.ErrNotFound) {
		return passwordChanged()
	}
	if err != nil {
		return err
	}
	if err := h.sessions.endAll(r.Context(), user.ID); err != nil {
		return err
	}
	h.changes.notifyAll(credentialsChanged)
	h.logger.Info("Password changed", "user", user.Username)
	if err := h.sessions.begin(w, r, user); err != nil {
		return err
	}
	return noContent(w)
}

// checkCurrent is like checkPassword for a user who has logged in: a wrong password
// is an invalid field, so that the console does not ask the user to log in again.
func (h *Handler) checkCurrent(r *http.Request, user store.User, current string) (store.User, error) {
	user, err := h.checkPassword(r, user.Username, user, current)
	if p, ok := errors.AsType[*problem](err); ok && p.code == codeInvalidCredentials {
		var f fields
		f.add("current", "is not your password")
		return store.User{}, f.err()
	}
	return user, err
}
