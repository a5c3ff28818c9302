package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"time"

	"akita/internal/store"
)

// caller is who makes a request: a user by a session, or an API key, or nobody.
type caller struct {
	user    store.User
	session string // the session's token; "" without one
	key     store.APIKey
}

// String names the caller for the log.
func (c caller) String() string {
	switch {
	case c.session != "":
		return c.user.Username
	case c.key.ID != "":
		return c.key.ID
	default:
		return "nobody"
	}
}

type callerKey struct{}

func withCaller(r *http.Request, c caller) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
}

func callerOf(r *http.Request) caller {
	c, _ := r.Context().Value(callerKey{}).(caller)
	return c
}

// authenticate returns who calls, or a problem where they may not. It changes
// nothing, so that those who wait can be checked again.
func (a *API) authenticate(r *http.Request, who access) (caller, error) {
	byKey := r.Header.Get("Authorization") != ""
	switch {
	case who == anyone:
		return caller{}, nil
	case who == keys && !byKey:
		return caller{}, &problem{code: codeUnauthenticated, challenge: true,
			detail: "This is for daemons: send an API key by HTTP Basic, its id as user name and its secret as password."}
	case who == sessions && byKey:
		return caller{}, &problem{code: codeSessionRequired,
			detail: "An API key cannot do this: log in with user name and password, and send no Authorization header."}
	case byKey:
		return a.authenticateKey(r)
	default:
		return a.authenticateSession(r)
	}
}

func (a *API) authenticateSession(r *http.Request) (caller, error) {
	notLoggedIn := &problem{code: codeUnauthenticated,
		detail: "You are not logged in, or your session has ended: log in, or send an API key by HTTP Basic."}
	token, userID, err := a.sessions.find(r)
	if errors.Is(err, store.ErrNotFound) {
		return caller{}, notLoggedIn
	}
	if err != nil {
		return caller{}, err
	}
	user, err := a.store.UserByID(r.Context(), userID)
	if errors.Is(err, store.ErrNotFound) {
		return caller{}, notLoggedIn
	}
	if err != nil {
		return caller{}, err
	}
	return caller{user: user, session: token}, nil
}

func (a *API) authenticateKey(r *http.Request) (caller, error) {
	refused := &problem{code: codeInvalidAPIKey, challenge: true,
		detail: "The API key is unknown or revoked, or its secret is wrong: check AKITA_API_KEY_ID and AKITA_API_KEY_SECRET, or create a key in the console under Settings."}
	keyID, keySecret, ok := r.BasicAuth()
	if !ok {
		return caller{}, &problem{code: codeInvalidAPIKey, challenge: true,
			detail: "The Authorization header is no HTTP Basic: send an API key's id as user name and its secret as password."}
	}
	key, err := a.store.APIKey(r.Context(), keyID)
	if errors.Is(err, store.ErrNotFound) {
		return caller{}, refused
	}
	if err != nil {
		return caller{}, err
	}
	hash := sha256Of(keySecret)
	if subtle.ConstantTimeCompare(hash[:], key.SecretSHA256[:]) != 1 {
		return caller{}, refused
	}
	return caller{key: key}, nil
}

// use keeps that a caller has made a request: a session lives on, a key was used.
// A failure is logged: it is no reason to refuse the request.
func (a *API) use(r *http.Request, c caller) {
	var err error
	minute := a.now().UTC().Truncate(time.Minute)
	switch {
	case c.session != "":
		err = a.sessions.prolong(r)
	case c.key.ID != "" && minute.After(c.key.LastUsed):
		err = a.store.TouchAPIKey(r.Context(), c.key.ID, minute)
	}
	if err != nil && r.Context().Err() == nil {
		a.logger.Warn("Use of a session or API key not kept", "by", c, "error", err)
	}
}
