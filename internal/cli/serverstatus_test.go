package cli

import "testing"

func TestLocalURL(t *testing.T) {
	t.Parallel()
	for listen, want := range map[string]string{
		"":                 "http://127.0.0.1:8080",
		"127.0.0.1:9000":   "http://127.0.0.1:9000",
		"0.0.0.0:8080":     "http://127.0.0.1:8080",
		"[::]:8080":        "http://127.0.0.1:8080",
		":8080":            "http://127.0.0.1:8080",
		"[::1]:8080":       "http://[::1]:8080",
		"akita.local:8080": "http://akita.local:8080",
		"nonsense":         "http://127.0.0.1:8080",
	} {
		if got := localURL(listen); got != want {
			t.Errorf("%q: got %s, want %s", listen, got, want)
		}
	}
}
