package token_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/internal/agent/token"
)

func TestTokenFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "token")
	made, exposed, err := token.ReadOrMake(path)
	if err != nil || exposed || !made.IsSet() {
		t.Fatalf("made: %v, exposed %v", err, exposed)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(path)
	if err != nil || len(strings.TrimSpace(string(text))) != 43 {
		t.Errorf("it has %d characters, want 32 bytes as base64url", len(strings.TrimSpace(string(text))))
	}
	if again, _, err := token.ReadOrMake(path); err != nil || again != made {
		t.Errorf("read again it is another one, or %v", err)
	}
	if again, err := token.Read(path); err != nil || again != made {
		t.Errorf("read by a client it is another one, or %v", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, exposed, err := token.ReadOrMake(path); err != nil || !exposed {
		t.Errorf("that others may read it is not said: %v", err)
	}
}

func TestInvalidTokenFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	short := filepath.Join(dir, "short")
	if err := os.WriteFile(short, []byte(" canary \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		short:                            "the token has 6 characters, at least 16 are needed",
		filepath.Join(dir, "no", "such"): "make a token: ",
		dir:                              "read the token: ",
	} {
		if _, _, err := token.ReadOrMake(path); err == nil || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if _, err := token.Read(filepath.Join(dir, "none")); err == nil {
		t.Error("a client makes no token")
	}
}
