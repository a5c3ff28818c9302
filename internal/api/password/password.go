// Package password hashes and verifies passwords, and refuses weak ones.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/crypto/argon2"
)

// Params are the costs of argon2id.
type Params struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

// Recommended is OWASP's recommendation with one pass: 46 MiB. A hash takes about
// 40 ms on one core.
var Recommended = Params{MemoryKiB: 47104, Passes: 1, Lanes: 1}

const (
	saltBytes = 16
	keyBytes  = 32
)

// ErrMalformed means that a text is not a PHC string of argon2id.
var ErrMalformed = errors.New("malformed password hash")

// Hasher hashes and verifies passwords. It handles at most one password per CPU at
// a time, because each takes Params.MemoryKiB. It is safe for concurrent use.
type Hasher struct {
	params Params
	slots  chan struct{}
	decoy  string // a hash that no password matches
}

// NewHasher returns a Hasher with the given costs.
func NewHasher(p Params) *Hasher {
	h := &Hasher{params: p, slots: make(chan struct{}, runtime.NumCPU())}
	h.decoy = h.encode(make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

// Hash returns the PHC string of a password with a new salt. It waits for a free
// slot until ctx ends.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.acquire(ctx); err != nil {
		return "", err
	}
	defer h.release()
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never returns an error
	return h.encode(salt, derive(password, salt, h.params, keyBytes)), nil
}

// Verify reports whether phc is a hash of the password, and whether its costs
// differ from those of Hash, so that the caller should store a new one.
func (h *Hasher) Verify(ctx context.Context, phc, password string) (ok, outdated bool, err error) {
	params, salt, key, err := decode(phc)
	if err != nil {
		return false, false, err
	}
	if err := h.acquire(ctx); err != nil {
		return false, false, err
	}
	defer h.release()
	got := derive(password, salt, params, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, params != h.params, nil
}

// VerifyDecoy takes as long as Verify. Callers use it if there is no user, so that
// the time of a response does not reveal whether a user exists.
func (h *Hasher) VerifyDecoy(ctx context.Context, password string) error {
	_, _, err := h.Verify(ctx, h.decoy, password)
	return err
}

func (h *Hasher) acquire(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
}

func (h *Hasher) release() { <-h.slots }

func derive(password string, salt []byte, p Params, size uint32) []byte {
	return argon2.IDKey([]byte(password), salt, p.Passes, p.MemoryKiB, p.Lanes, size)
}

func (h *Hasher) encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.params.MemoryKiB, h.params.Passes, h.params.Lanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}
