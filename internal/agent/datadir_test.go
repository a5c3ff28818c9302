package agent_test

import (
	"strings"
	"testing"

	"akita/internal/agent"
)

func TestDataDirNamesDiffer(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	for _, name := range []string{
		"laptop", "heroku-web.1", "..", ".", "a/b", "a_b", "a\\b", "ünïcode", "unicode", " ", "-", "CON:1",
		strings.Repeat("x", 64), strings.Repeat("x", 65), strings.Repeat("x", 66), strings.Repeat("é", 200),
	} {
		folder := agent.DataDirName(name)
		if other, taken := seen[folder]; taken {
			t.Errorf("%q and %q share %q", name, other, folder)
		}
		seen[folder] = name
		if len(folder) > 100 || folder == "" || strings.ContainsAny(folder, `/\:`) || strings.HasPrefix(folder, ".") {
			t.Errorf("%q gets the folder %q", name, folder)
		}
	}
	if got := agent.DataDirName("heroku-web.1"); got != "heroku-web.1" {
		t.Errorf("a plain name gets the folder %q", got)
	}
}
