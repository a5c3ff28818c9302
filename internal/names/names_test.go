package names

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"": "", "id": "id", "createdAt": "created at", "created_at": "created at", "HTTPHost": "http host",
		"X-Api-Key": "x api key",
		"sha256Sum": "sha256 sum", "__typename": "typename", "filter[name]": "filter name", "IDs": "i ds", "größe": "gr e",
	}
	for name, want := range tests {
		if got := strings.Join(Words(name), " "); got != want {
			t.Errorf("the words of %q are %q, want %q", name, got, want)
		}
	}
}
