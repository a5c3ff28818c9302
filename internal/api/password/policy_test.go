package password

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	const username = "Hannelore"
	for _, tc := range []struct{ password, wantError string }{
		{"copper lantern orbit", ""},
		{"xK9#mQ2$vL7!", ""},
		{strings.Repeat("Ab1 cd2 Ef3 ", 5) + "zzzz", ""}, // 64 characters
		{"ünïcödé grüße", ""},
		{"839201758463", ""}, // digits only, but not a run
		{"hannelore rides horses", ""},
		{"akita puppies dig", ""},

		{"", "at least 12 characters"},
		{"elevenchars", "at least 12 characters"},
		{"ünïcödé", "at least 12 characters"},
		{strings.Repeat("ab c", 129), "at most 512 bytes"},
		{"not utf8 \xff\xfe!!", "valid UTF-8"},

		{"password123!", "easy to guess"},
		{"Password2024!!", "easy to guess"},
		{"passwordpassword", "easy to guess"},
		{"123456789012", "easy to guess"},
		{"098765432109", "easy to guess"},
		{"aaaaaaaaaaaaaaa", "easy to guess"},
		{"121212121212", "easy to guess"},
		{"abcdefghijkl", "easy to guess"},
		{"qwertyuiopas", "easy to guess"},
		{"qwertyuiop123", "easy to guess"},
		{"akita1234567", "easy to guess"},
		{"AkitaAkita12", "easy to guess"},
		{"hannelore2024", "easy to guess"},
		{"!!Django-Demo!!", "easy to guess"},
		{"correct horse battery staple", "easy to guess"},
	} {
		t.Run(tc.password, func(t *testing.T) {
			t.Parallel()
			err := Check(tc.password, username)
			switch {
			case tc.wantError == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.wantError != "" && (err == nil || !strings.Contains(err.Error(), tc.wantError)):
				t.Errorf("error = %v, want one with %q", err, tc.wantError)
			}
		})
	}
}
