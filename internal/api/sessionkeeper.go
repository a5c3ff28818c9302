package api

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"akita/internal/store"

	"github.com/alexedwards/scs/v2"
)

// How long a session lives.
const (
	sessionIdle     = 8 * time.Hour      // without a request
	sessionLifetime = 7 * 24 * time.Hour // at all
	sessionProlong  = time.Minute        // how often a request prolongs it: each costs a synced write
)

// The values that a session holds.
const (
	userIDValue    = "user_id"
	prolongedValue = "prolonged" // Unix seconds
)

// sessionKeeper begins, finds and ends sessions.
type sessionKeeper struct {
	manager *scs.SessionManager
	store   store.Store
	now     func() time.Time

	// ending keeps a session that is being prolonged from coming back after it has
	// been ended by another request, and one that begins from being missed.
	ending sync.Mutex
}

func newSessionKeeper(s store.Store, now func() time.Time, secure bool) *sessionKeeper {
	name := "akita_session"
	if secure {
		name = "__Host-akita_session" // browsers take it only with Secure, Path=/ and no Domain
	}
	codec := scs.GobCodec{}
	// Not scs.New: that starts a memory store with a goroutine that never ends.
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

// prolong moves the idle end of a request's session, where that is due.
func (k *sessionKeeper) prolong(r *http.Request) error {
	ctx, err := k.load(r)
	if err != nil || !k.prolongDue(ctx) {
		return err
	}
	k.ending.Lock()
	defer k.ending.Unlock()
	ctx, err = k.load(r) // again, now that nobody can end it
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

// begin starts a session under a new token and sets its cookie; the session that
// the request came with, if any, ends. It refuses a user whose password has been
// changed since user was read.
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
	// The cookie may live as long as the session can: the server keeps the idle end.
	k.writeCookie(ctx, w, token, k.manager.Deadline(ctx))
	return nil
}

// commitFor stores a new session. A change of the password is either seen here, or
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

// end ends the session of a request, if it has one, and takes its cookie back.
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

// writeCookie sets the cookie; scs adds a Cache-Control that is weaker than ours.
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
