package store_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/store"
)

func TestNameKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"django-demo", "Django-DEMO", true},
		{"straße", "STRAßE", true},
		{"straße", "strasse", false}, // one rune for one rune: no full case folding
		{"ÉCOLE", "école", true},
		{"Σίσυφος", "ΣΊΣΥΦΟΣ", true}, // three forms of sigma
		{"K", "k", true},             // the Kelvin sign
		{"a", "b", false},
		{"", "", true},
	} {
		if got := store.NameKey(c.a) == store.NameKey(c.b); got != c.same {
			t.Errorf("NameKey(%q) == NameKey(%q) is %t, want %t", c.a, c.b, got, c.same)
		}
	}
}

func TestNameKeyAgreesWithEqualFold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringN(0, 8, -1).Draw(t, "a")
		upper, lower := rapid.Just(strings.ToUpper(a)), rapid.Just(strings.ToLower(a))
		b := rapid.OneOf(upper, lower, rapid.StringN(0, 3, -1)).Draw(t, "b")
		if got, want := store.NameKey(a) == store.NameKey(b), strings.EqualFold(a, b); got != want {
			t.Errorf("NameKey(%q) == NameKey(%q) is %t, EqualFold returns %t", a, b, got, want)
		}
	})
}
