package password

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// cheap keeps the tests fast.
var cheap = Params{MemoryKiB: 64, Passes: 1, Lanes: 1}

func TestRecommendedCosts(t *testing.T) {
	t.Parallel()
	phc, err := NewHasher(Recommended).Hash(t.Context(), "a long enough password")
	if err != nil {
		t.Fatal(err)
	}
	p, salt, key, err := decode(phc)
	if err != nil {
		t.Fatal(err)
	}
	if p.MemoryKiB < 46*1024 || len(salt) < 16 || len(key) < 32 {
		t.Errorf("hash %q is weaker than recommended", phc)
	}
}

func TestHashAndVerify(t *testing.T) {
	t.Parallel()
	h := NewHasher(cheap)
	for _, password := range []string{
		"plain ascii password", strings.Repeat("x", 64), "pässwörter sind schön ✓",
		" leading and trailing ", "nul\x00inside-12",
	} {
		phc, err := h.Hash(t.Context(), password)
		if err != nil {
			t.Fatal(err)
		}
		if ok, outdated, err := h.Verify(t.Context(), phc, password); !ok || outdated || err != nil {
			t.Errorf("%q: verify = %v, %v, %v", password, ok, outdated, err)
		}
		if ok, _, _ := h.Verify(t.Context(), phc, password+"x"); ok {
			t.Errorf("%q: verified with an extra character", password)
		}
		again, _ := h.Hash(t.Context(), password)
		if again == phc {
			t.Errorf("%q: the same hash twice: it has no salt", password)
		}
	}
}

func TestVerifyReportsOutdatedCosts(t *testing.T) {
	t.Parallel()
	old, err := NewHasher(cheap).Hash(t.Context(), "a long enough password")
	if err != nil {
		t.Fatal(err)
	}
	stronger := NewHasher(Params{MemoryKiB: 128, Passes: 1, Lanes: 1})
	ok, outdated, err := stronger.Verify(t.Context(), old, "a long enough password")
	if !ok || !outdated || err != nil {
		t.Errorf("verify = %v, %v, %v; want ok and outdated", ok, outdated, err)
	}
}

func TestHashWaitsForASlot(t *testing.T) {
	t.Parallel()
	h := NewHasher(cheap)
	for range cap(h.slots) {
		if err := h.acquire(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	h.release()
	if err := h.VerifyDecoy(t.Context(), "x"); err != nil {
		t.Errorf("after a slot was released: %v", err)
	}
}
