package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"

	"akita/internal/store"
)

// caller is the user or the API key that sent a request. It is zero if the
// operation needs neither.
type caller struct {
	user    store.User
	session string // the token of the user's session; "" without one
	key     store.APIKey
	may     access // who may call the operation
}

// String names the caller for the log.
func (c caller) String() string {
	switch {
	case c.session != "":
		return c.user.Username
	case c.key.ID != "":
		return c.key.ID
	default:
		return "anonymous"
	}
}

// reaches reports whether the caller may see a project.
func (c caller) reaches(projectID string) bool { return c.session != "" || c.key.Reaches(projectID) }

// reachesAll reports whether the caller may see every project, also later ones.
func (c caller) reachesAll() bool { return c.session != "" || c.key.AllProjects }

type callerKey struct{}

func withCaller(r *http.Request, c caller, may access) *http.Request {
	c.may = may
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
}

func callerOf(r *http.Request) caller {
	c, _ := r.Context().Value(callerKey{}).(caller)
	return c
}

// authenticate returns the caller, or a problem if it is none of those who may call the operation. It
// changes nothing, so a waiting request can be checked again.
func (h *Handler) authenticate(r *http.Request, may access) (caller, error) {
	hasKey := r.Header.Get("Authorization") != ""
	switch {
	case may&byAnyone != 0:
		return caller{}, nil
	case may&bySession == 0 && !hasKey:
		return caller{}, &problem{code: codeUnauthenticated, challenge: true,
			detail: "This operation needs an API key: send its id and secret as user name and password with HTTP Basic."}
	case may == sessionOnly && hasKey:
		return caller{}, &problem{code: codeSessionRequired,
			detail: "This operation needs a session, and no API key can do it: log in, and send no Authorization header."}
	case hasKey:
		c, err := h.authenticateKey(r)
		if err == nil {
			err = may.check(c.key)
		}
		return c, err
	default:
		return h.authenticateSession(r)
	}
}

// authenticateAgain returns a problem if the caller of a request that waits may not call it any more.
func (h *Handler) authenticateAgain(r *http.Request) error {
	_, err := h.authenticate(r, callerOf(r).may)
	return err
}

func (h *Handler) authenticateSession(r *http.Request) (caller, error) {
	notLoggedIn := &problem{code: codeUnauthenticated,
		detail: "You are not logged in, or your session has ended: log in, or send an API key with HTTP Basic."}
	token, userID, err := h.sessions.find(r)
	if errors.Is(err, store.ErrNotFound) {
		return caller{}, notLoggedIn
	}
	if err != nil {
		return caller{}, err
	}
	user, err := h.store.UserByID(r.Context(), userID)
	if errors.Is(err, store.ErrNotFound) {
		return caller{}, notLoggedIn
	}
	if err != nil {
		return caller{}, err
	}
	return caller{user: user, session: token}, nil
}

func (h *Handler) authenticateKey(r *http.Request) (caller, error) {
	refused := &problem{code: codeInvalidAPIKey, challenge: true,
		detail: "The API key is unknown or revoked, or its secret is wrong: " +
			"check AKITA_API_KEY_ID and AKITA_API_KEY_SECRET, or create a key in the console under Settings."}
	keyID, keySecret, ok := keyOf(r)
	if !ok {
		return caller{}, &problem{code: codeInvalidAPIKey, challenge: true,
			detail: "The Authorization header is not HTTP Basic: send an API key's id and secret as user name and password, " +
				"or as the bearer token id:secret."}
	}
	key, err := h.store.APIKey(r.Context(), keyID)
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

// keyOf returns the id and the secret of the API key in a request: those of HTTP Basic, or of the bearer
// token "id:secret", because most clients of MCP are configured with a token.
func keyOf(r *http.Request) (keyID, keySecret string, ok bool) {
	if keyID, keySecret, ok = r.BasicAuth(); ok {
		return keyID, keySecret, true
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	keyID, keySecret, ok = strings.Cut(strings.TrimSpace(token), ":")
	return keyID, keySecret, ok && strings.EqualFold(scheme, "Bearer")
}

// recordUse prolongs the session of the caller, or records the use of its API key.
// It logs errors, because the request can be served without.
func (h *Handler) recordUse(r *http.Request, c caller) {
	var err error
	minute := h.now().UTC().Truncate(time.Minute)
	switch {
	case c.session != "":
		err = h.sessions.prolong(r)
	case c.key.ID != "" && minute.After(c.key.LastUsed):
		err = h.store.TouchAPIKey(r.Context(), c.key.ID, minute)
	}
	if err != nil && r.Context().Err() == nil {
		h.logger.Warn("Use of a session or API key not recorded", "by", c, "error", err)
	}
}
