package spelling_test

import (
	"math/rand/v2"
	"testing"

	"akita/internal/spelling"
)

func TestIsName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"id": true, "x": true, "created_at": true, "maxItemCount": true, "X-Request-Id": true,
		"X-GitHub-Event": true, "X-PayPal-Transmission-Id": true, "OpenAI-Organization": true, "X-GiTHub-Event": true,
		"X-GitHubq-Event": false, "xGitHub": false,
		"html_url":     true,
		"filter[name]": true, "filter[0]": true, "sha256": true, "address2": true, "$ref": true,
		"@type": true, "_links": true,
		"URLPath": true, "firstName": true, "HTTPHost": true, "DEBUG": true, "v2": true,
		"user.name": true, "data-id": true,
		"workflow_runs": true, "shippingAddressLine1": true, "USD": true,
		"anna_miller": true, // a person's name is spelled like any other

		"": false, "_": false, "12": false, "K7Q2ZP": false, "AKIAIOSFODNN7EXAMPLE": false,
		"sk_live_4eC39HqLyjWDarjtT1zdp7dc": false,
		"hQ3xR9bL":                         false, "kRtbQpLm": false, "xkcdqwpv": false,
		"QZXKJV": false, "user@example.com": false, "first last": false,
		"Ünal": false, "名前": false, "a:b": false, "2024-05-01": false, "line1234": false, "qzv-wkx-jpd": false,
		"the_quick_brown_fox_jumps_over_the_lazy_dog": false,
	} {
		if got := spelling.IsName(text); got != want {
			t.Errorf("IsName(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestRandomTextsAreSeldomNames(t *testing.T) {
	t.Parallel()
	const (
		small   = "abcdefghijklmnopqrstuvwxyz"
		capital = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		digits  = "0123456789"
		texts   = 100_000
	)
	for _, kind := range []struct {
		name     string
		alphabet string
		length   int
		limit    float64
	}{
		{"one-time codes", capital + digits, 6, 0.0015},
		{"base62 of 8", small + capital + digits, 8, 0.001},
		{"base62 of 10", small + capital + digits, 10, 0.0002},
		{"base64url of 12", small + capital + digits + "-_", 12, 0.0005},
		{"small letters and digits of 8", small + digits, 8, 0.01},
		{"small letters of 12", small, 12, 0.002},
		{"hex of 8", digits + "abcdef", 8, 0.005},
	} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			names := 0
			for range texts {
				text := make([]byte, kind.length)
				for i := range text {
					text[i] = kind.alphabet[r.IntN(len(kind.alphabet))]
				}
				if spelling.IsName(string(text)) {
					names++
				}
			}
			if share := float64(names) / texts; share > kind.limit {
				t.Errorf("%.3f %% pass for names, at most %.3f %% may", share*100, kind.limit*100)
			}
		})
	}
}

func BenchmarkIsName(b *testing.B) {
	names := []string{"id", "created_at", "maxItemCount", "performed_via_github_app", "description"}
	for i := 0; b.Loop(); i++ {
		spelling.IsName(names[i%len(names)])
	}
}
