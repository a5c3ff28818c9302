package password

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// cheap keeps tests fast; its form is that of Recommended.
var cheap = Params{MemoryKiB: 64, Passes: 1, Lanes: 1}

func TestRecommendedMeetsPolicy(t *testing.T) {
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
		t.Errorf("hash %q is below policy", phc)
	}
}

func TestHashAndVerify(t *testing.T) {
	t.Parallel()
	h := NewHasher(cheap)
	for _, password := range []string{
		"plain ascii password", strings.Repeat("x", 64), "pässwörter sind schön ✓", " leading and trailing ", "nul\x00inside-12",
	} {
		phc, err := h.Hash(t.Context(), password)
		if err != nil {
			t.Fatal(err)
		}
		if ok, outdated, err := h.Verify(t.Context(), phc, password); !ok || outdated || err != nil {
			t.Errorf("%q: verify = %v, %v, %v", password, ok, outdated, err)
		}
		if ok, _, _ := h.Verify(t.Context(), phc, password+"x"); ok {
			t.Errorf("%q: verified with one character more", password)
		}
		again, _ := h.Hash(t.Context(), password)
		if again == phc {
			t.Errorf("%q: the same hash twice, so no salt", password)
		}
	}
}

func TestOutdatedWhereCostsRose(t *testing.T) {
	t.Parallel()
	old, err := NewHasher(cheap).Hash(t.Context(), "a long enough password")
	if err != nil {
		t.Fatal(err)
	}
	dearer := NewHasher(Params{MemoryKiB: 128, Passes: 1, Lanes: 1})
	if ok, outdated, err := dearer.Verify(t.Context(), old, "a long enough password"); !ok || !outdated || err != nil {
		t.Errorf("verify = %v, %v, %v; want ok and outdated", ok, outdated, err)
	}
}

func TestVerifyRefusesMalformed(t *testing.T) {
	t.Parallel()
	for name, phc := range map[string]string{
		"empty":         "",
		"bcrypt":        "$2b$12$abcdefghijklmnopqrstuv",
		"argon2i":       "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA",
		"other version": "$argon2id$v=16$m=64,t=1,p=1$AAAA$AAAA",
		"no costs":      "$argon2id$v=19$m=,t=1,p=1$AAAA$AAAA",
		"no passes":     "$argon2id$v=19$m=64,t=0,p=1$AAAA$AAAA",
		"4 TiB":         "$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA",
		"no salt":       "$argon2id$v=19$m=64,t=1,p=1$$AAAA",
		"bad key":       "$argon2id$v=19$m=64,t=1,p=1$AAAA$!!",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := NewHasher(cheap).Verify(t.Context(), phc, "x"); !errors.Is(err, ErrMalformed) {
				t.Errorf("error = %v, want ErrMalformed", err)
			}
		})
	}
}

func TestHashWaitsForASlotUntilContextEnds(t *testing.T) {
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
	if err := h.VerifyNobody(t.Context(), "x"); err != nil {
		t.Errorf("after a slot was freed: %v", err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	const username = "Hannelore"
	for _, tc := range []struct{ password, wantError string }{
		{"copper lantern orbit", ""},
		{"xK9#mQ2$vL7!", ""},
		{strings.Repeat("Ab1 cd2 Ef3 ", 5) + "zzzz", ""}, // 64 characters
		{"ünïcödé grüße", ""},
		{"839201758463", ""}, // digits alone are allowed where they are no run
		{"hannelore rides horses", ""},
		{"akita puppies dig", ""},

		{"", "at least 12 characters"},
		{"elevenchars", "at least 12 characters"},
		{"ünïcödé", "at least 12 characters"},
		{strings.Repeat("ab c", 129), "at most 512 bytes"},
		{"not utf8 \xff\xfe!!", "valid UTF-8"},

		{"password123!", "attacker"},
		{"Password2024!!", "attacker"},
		{"passwordpassword", "attacker"},
		{"123456789012", "attacker"},
		{"098765432109", "attacker"},
		{"aaaaaaaaaaaaaaa", "attacker"},
		{"121212121212", "attacker"},
		{"abcdefghijkl", "attacker"},
		{"qwertyuiopas", "attacker"},
		{"qwertyuiop123", "attacker"},
		{"akita1234567", "attacker"},
		{"AkitaAkita12", "attacker"},
		{"hannelore2024", "attacker"},
		{"!!Django-Demo!!", "attacker"},
		{"correct horse battery staple", "attacker"},
	} {
		t.Run(tc.password, func(t *testing.T) {
			t.Parallel()
			err := Check(tc.password, username)
			switch {
			case tc.wantError == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.wantError != "" && (err == nil || !strings.Contains(err.Error(), tc.wantError)):
				t.Errorf("error = %v, want one about %q", err, tc.wantError)
			}
		})
	}
}
