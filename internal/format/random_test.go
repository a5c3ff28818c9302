package format_test

import (
	"math/rand/v2"
	"testing"

	"akita/internal/format"
)

func TestLooksRandomAcceptsNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"created_at", "x-api-key", "shippingAddress", "maximumNumberOfConcurrentConnections",
		"payment_method_details", "HTTPServer", "content-type", "isActive", "x_forwarded_for", "last_modified_by",
		"two_factor_enabled", "getUserByName", "subscription_id", "thumbnail_url", "latitude", "longitude",
		"organization", "phoneNumber", "relationships", "encryptionKey", "country_code", "timezone_offset",
		"how-to-bake-bread", "quick-brown-fox", "set_password", "well-known", "verification",
		"accounts_receivable", "pagination", "previous_page", "next_cursor", "base_experience",
		"sprites_front_default", "generation-iii", "generation-viii",
	} {
		if format.LooksRandom(name) {
			t.Errorf("%q looks random", name)
		}
	}
}

func TestLooksRandomFindsTokens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		alphabet   string
		length     int
		maxPercent int
	}{
		"base64url of 12": {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 12, 5},
		"base64url of 21": {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 21, 3},
		"base62 of 20":    {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 20, 4},
		"letters of 16":   {"abcdefghijklmnopqrstuvwxyz", 16, 15},
		"base36 of 16":    {"abcdefghijklmnopqrstuvwxyz0123456789", 16, 10},
	} {
		random := rand.New(rand.NewPCG(1, 2))
		passed := 0
		const n = 5000
		for range n {
			text := make([]byte, c.length)
			for i := range text {
				text[i] = c.alphabet[random.IntN(len(c.alphabet))]
			}
			if !format.LooksRandom(string(text)) {
				passed++
			}
		}
		if passed*100 > n*c.maxPercent {
			t.Errorf("%s: %d of %d pass as names, want at most %d %%", name, passed, n, c.maxPercent)
		}
	}
}
