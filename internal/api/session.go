package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"akita/internal/store"
)

// sessionJSON is a Session of openapi.yaml.
type sessionJSON struct {
	Username string `json:"username"`
	Version  string `json:"version"`
}

func (a *API) sessionOf(u store.User) sessionJSON { return sessionJSON{u.Username, a.version} }

func (a *API) getSession(w http.ResponseWriter, r *http.Request) error {
	return ok(w, a.sessionOf(callerOf(r).user))
}

func (a *API) logIn(w http.ResponseWriter, r *http.Request) error {
	if err := a.limitAddress(r); err != nil {
		return err
	}
	var in struct {
		Username string `json:"username"`
		Password string `json:"password"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	user, err := a.store.UserByName(r.Context(), in.Username)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if user, err = a.checkPassword(r, in.Username, user, in.Password); err != nil {
		return err
	}
	if err := a.sessions.begin(w, r, user); err != nil {
		return err
	}
	a.logger.Info("Logged in", "user", user.Username, "address", r.RemoteAddr)
	return created(w, a.sessionOf(user))
}

// checkPassword checks the password of a user, or of nobody where user is zero:
// the caller cannot tell which. Attempts are limited; a hash of lower costs than
// today's is replaced. It returns the user as they are stored then.
func (a *API) checkPassword(r *http.Request, username string, user store.User, pass string) (store.User, error) {
	ctx := r.Context()
	account := store.NameKey(username)
	if wait := a.attempts.Account(account); wait > 0 {
		a.refusedLogIn(r, username, "too many attempts")
		return store.User{}, tooManyAttempts(wait)
	}
	wrong := &problem{code: codeInvalidCredentials, detail: "The user name or the password is wrong."}
	if user.ID == "" {
		if err := a.passwords.VerifyNobody(ctx, pass); err != nil {
			return store.User{}, err
		}
		a.refusedLogIn(r, username, "wrong user name or password")
		return store.User{}, wrong
	}
	match, outdated, err := a.passwords.Verify(ctx, user.PasswordHash, pass)
	if err != nil {
		return store.User{}, fmt.Errorf("verify password: %w", err)
	}
	if !match {
		a.refusedLogIn(r, username, "wrong user name or password")
		return store.User{}, wrong
	}
	a.attempts.Succeeded(account)
	if !outdated {
		return user, nil
	}
	renewed, err := a.storePassword(r, user, pass)
	if !errors.Is(err, store.ErrNotFound) {
		return renewed, err
	}
	// Somebody was faster: with a new password, or with a log-in that has renewed the hash too.
	if user, err = a.store.UserByID(ctx, user.ID); err != nil {
		return store.User{}, err
	}
	return a.checkPassword(r, username, user, pass)
}

// storePassword replaces the password of user, whom it returns with the new hash. It
// fails with store.ErrNotFound where the hash of user is not the stored one any more.
func (a *API) storePassword(r *http.Request, user store.User, pass string) (store.User, error) {
	hash, err := a.passwords.Hash(r.Context(), pass)
	if err != nil {
		return store.User{}, err
	}
	if err := a.store.SetPasswordHash(r.Context(), user.ID, user.PasswordHash, hash); err != nil {
		return store.User{}, fmt.Errorf("store password: %w", err)
	}
	user.PasswordHash = hash
	return user, nil
}

func passwordChanged() error {
	return &problem{code: codeInvalidCredentials, detail: "The password has just been changed: log in with the new one."}
}

func (a *API) refusedLogIn(r *http.Request, username, reason string) {
	a.logInFailed()
	a.logger.Warn("Log-in refused", "user", clip(username, maxUsernameSize), "address", r.RemoteAddr, "reason", reason)
}

// clip bounds what somebody unknown puts into the log.
func clip(text string, maxRunes int) string {
	if runes := []rune(text); len(runes) > maxRunes {
		return string(runes[:maxRunes]) + "…"
	}
	return text
}

// limitAddress takes an attempt from the address that the connection comes from.
// Headers such as X-Forwarded-For are not looked at: anybody can write them.
func (a *API) limitAddress(r *http.Request) error {
	addr, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return fmt.Errorf("remote address: %w", err)
	}
	if wait := a.attempts.Address(addr.Addr()); wait > 0 {
		a.logInFailed()
		return tooManyAttempts(wait)
	}
	return nil
}

func tooManyAttempts(wait time.Duration) error {
	return &problem{code: codeTooManyAttempts, retryAfter: wait,
		detail: fmt.Sprintf("Too many attempts: try again in %v.", max(wait.Round(time.Second), time.Second))}
}

func (a *API) logOut(w http.ResponseWriter, r *http.Request) error {
	if err := a.sessions.end(w, r); err != nil {
		return err
	}
	a.changes.tellAll(credentialsChanged)
	a.logger.Info("Logged out", "user", callerOf(r).user.Username)
	return noContent(w)
}

func (a *API) changePassword(w http.ResponseWriter, r *http.Request) error {
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
	user, err := a.checkCurrent(r, user, in.Current)
	if err != nil {
		return err
	}
	user, err = a.storePassword(r, user, in.New)
	if errors.Is(err, store.ErrNotFound) {
		return passwordChanged()
	}
	if err != nil {
		return err
	}
	if err := a.sessions.endAll(r.Context(), user.ID); err != nil {
		return err
	}
	a.changes.tellAll(credentialsChanged)
	a.logger.Info("Password changed", "user", user.Username)
	if err := a.sessions.begin(w, r, user); err != nil {
		return err
	}
	return noContent(w)
}

// checkCurrent is checkPassword for somebody who has logged in: a wrong password
// is a wrong field and no reason to log in again.
func (a *API) checkCurrent(r *http.Request, user store.User, current string) (store.User, error) {
	user, err := a.checkPassword(r, user.Username, user, current)
	if p, ok := errors.AsType[*problem](err); ok && p.code == codeInvalidCredentials {
		var f fields
		f.add("current", "is not your password")
		return store.User{}, f.err()
	}
	return user, err
}
