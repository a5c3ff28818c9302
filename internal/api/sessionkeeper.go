package api

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"akita/internal/store"
)

// Limits of a session.
const (
	sessionIdle     = 8 * time.Hour      // without a request
	sessionLifetime = 7 * 24 * time.Hour // since the log-in
	sessionProlong  = time.Minute        // between two times that requests prolong it, a synced write each
)

// The keys of a session's values.
const (
	userIDValue    = "user_id"
	prolongedValue = "prolonged" // Unix seconds
)

// sessionKeeper creates, finds and ends sessions.
type sessionKeeper struct {
	manager *scs.SessionManager
	store   store.Store
	now     func() time.Time

	// ending is held while a session is created, prolonged or ended. Without it, a
	// request could store a session again that another request has just ended.
	ending sync.Mutex
}

func newSessionKeeper(s store.Store, now func() time.Time, secure bool) *sessionKeeper {
	name := "akita_session"
	if secure {
		name = "__Host-akita_session" // browsers require Secure, Path=/ and no Domain for this prefix
	}
	codec := scs.GobCodec{}
	// scs.New would start a memory store with a goroutine that never ends.
	manager := &scs.SessionManager{
		IdleTimeout: sessionIdle,
		Lifetime:    sessionLifetime,
		Store:       &sessionStore{store: s, codec: codec, now: now},
		Codec:       codec,
		Cookie: scs.SessionCookie{
			Name: name, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, Persist: true,
		},
	}
	return &sessionKeeper{manager: manager, store: s, now: now}
}

// find returns the token and the user of a request's session, or store.ErrNotFound.
func (k *sessionKeeper) find(r *http.Request) (token, userID string, err error) {
	ctx, err := k.load(r)
	if err != nil {
		return "", "", err
	}
	if userID = k.manager.GetString(ctx, userIDValue); userID == "" {
		return "", "", store.ErrNotFound
	}
	return k.manager.Token(ctx), userID, nil
}

func (k *sessionKeeper) load(r *http.Request) (context.Context, error) {
	var token string
	if cookie, err := r.Cookie(k.manager.Cookie.Name); err == nil {
		token = cookie.Value
	}
	ctx, err := k.manager.Load(r.Context(), token)
	if err != nil {
		return nil, fmt.Errorf("load session: %w", err)
	}
	return ctx, nil
}

// prolong restarts the idle time of a request's session, at most once per
// sessionProlong.
func (k *sessionKeeper) prolong(r *http.Request) error {
	ctx, err := k.load(r)
	if err != nil || !k.prolongDue(ctx) {
		return err
	}
	k.ending.Lock()
	defer k.ending.Unlock()
	ctx, err = k.load(r) // again: the session may have ended before the lock
	if err != nil || k.manager.GetString(ctx, userIDValue) == "" {
		return err
	}
	k.manager.Put(ctx, prolongedValue, k.now().Unix())
	if _, _, err := k.manager.Commit(ctx); err != nil {
		return fmt.Errorf("prolong session: %w", err)
	}
	return nil
}

func (k *sessionKeeper) prolongDue(ctx context.Context) bool {
	age := k.now().Unix() - k.manager.GetInt64(ctx, prolongedValue)
	return age >= int64(sessionProlong.Seconds())
}

// begin creates a session with a new token and sets its cookie. It ends the session
// of the request, if any. It returns a problem if the password has changed since
// user was read.
func (k *sessionKeeper) begin(w http.ResponseWriter, r *http.Request, user store.User) error {
	if _, err := k.destroy(r); err != nil {
		return err
	}
	ctx, err := k.manager.Load(r.Context(), "")
	if err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	k.manager.Put(ctx, userIDValue, user.ID)
	k.manager.Put(ctx, prolongedValue, k.now().Unix())
	token, err := k.commitFor(ctx, user)
	if err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	// The cookie lives as long as the session can; the server enforces the idle time.
	k.writeCookie(ctx, w, token, k.manager.Deadline(ctx))
	return nil
}

// commitFor stores a new session, unless the password has changed. A later change
// ends this session with all others.
func (k *sessionKeeper) commitFor(ctx context.Context, user store.User) (token string, err error) {
	k.ending.Lock()
	defer k.ending.Unlock()
	stored, err := k.store.UserByID(ctx, user.ID)
	if err != nil {
		return "", err
	}
	if stored.PasswordHash != user.PasswordHash {
		return "", passwordChanged()
	}
	token, _, err = k.manager.Commit(ctx)
	return token, err
}

// end ends the session of a request, if any, and deletes its cookie.
func (k *sessionKeeper) end(w http.ResponseWriter, r *http.Request) error {
	ctx, err := k.destroy(r)
	if err != nil {
		return err
	}
	k.writeCookie(ctx, w, "", time.Time{})
	return nil
}

func (k *sessionKeeper) destroy(r *http.Request) (context.Context, error) {
	ctx, err := k.load(r)
	if err != nil || k.manager.Token(ctx) == "" {
		return ctx, err
	}
	k.ending.Lock()
	defer k.ending.Unlock()
	if err := k.manager.Destroy(ctx); err != nil {
		return nil, fmt.Errorf("end session: %w", err)
	}
	return ctx, nil
}

// writeCookie sets the cookie. It also sets Cache-Control again, because scs
// replaces it with a weaker one.
func (k *sessionKeeper) writeCookie(ctx context.Context, w http.ResponseWriter, token string, expiry time.Time) {
	k.manager.WriteSessionCookie(ctx, w, token, expiry)
	w.Header().Set("Cache-Control", "no-store")
}

// endAll ends every session of a user.
func (k *sessionKeeper) endAll(ctx context.Context, userID string) error {
	k.ending.Lock()
	defer k.ending.Unlock()
	if err := k.store.DeleteUserSessions(ctx, userID, [32]byte{}); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}
