package names

import "testing"

func TestIsUsualHost(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"localhost": true, "testserver": true, "api.example.com": true, "www.example.co.uk": false, // "co" is a label of its own
		"web-2.internal": true, "api-v2.staging.example.org": true, "app.test": true, "api01.example.de": true,
		"host.docker.internal": true, "example.test": true,

		"sofia.okafor": false, "sofia.example": false, "api.acme.com": false, "example": true, "hunter": false,
		"api.example.hunter": false, "api123.example.com": false, "2.example.com": false, "a7.example.com": false,
		"xn--mnchen-3ya.example": false, "": false, ".": false, "api..com": false, ".com": false, "com": true,
		"-.com": false, "qz": false,
	}
	for host, want := range tests {
		if got := IsUsualHost(host); got != want {
			t.Errorf("IsUsualHost(%q) = %v, want %v", host, got, want)
		}
	}
}
