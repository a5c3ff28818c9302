package token_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/internal/agent/token"
	"akita/internal/secret"
)

func parse(t *testing.T, text string) token.Token {
	t.Helper()
	tok, err := token.Parse(secret.Text(text))
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// The figures that both sides of the wire must come to.
func TestTheProofsOfTheContract(t *testing.T) {
	t.Parallel()
	request := http.Header{
		"Akita-Nonce": {"000102030405060708090a0b0c0d0e0f"},
		// printf %s "akita-client POST /v1/proof 000102…0f" | openssl dgst -sha256 -hmac 0123456789abcdef
		"Akita-Auth": {"5f6495ada64fa505180b302480fbf3daf36a4e80a87c8bb7e5958419bc90ebe4"},
	}
	reply := http.Header{}
	if !parse(t, "0123456789abcdef").Check(request, reply, "POST", "/v1/proof") {
		t.Error("the client's proof is not taken")
	}
	if got := reply.Get("Akita-Proof"); got != "9203cd44deff6834270e2b102d865c9a5b12e59f7c9d231258b6bf36f2617b4b" {
		t.Errorf("the daemon's proof is %s", got)
	}
}

func TestBothSidesMustHaveTheToken(t *testing.T) {
	t.Parallel()
	mine, other := parse(t, "a token of this machine"), parse(t, "a token of another one")
	for name, c := range map[string]struct {
		client, daemon token.Token
		spoil          func(request http.Header)
		taken, proven  bool
	}{
		"the same":                 {mine, mine, func(http.Header) {}, true, true},
		"different ones":           {mine, other, func(http.Header) {}, false, false},
		"no nonce":                 {mine, mine, func(h http.Header) { h.Del(token.NonceHeader) }, false, false},
		"a short nonce":            {mine, mine, func(h http.Header) { h.Set(token.NonceHeader, "00") }, false, false},
		"a nonce that is no hex":   {mine, mine, func(h http.Header) { h.Set(token.NonceHeader, strings.Repeat("x", 32)) }, false, false},
		"no proof of the client":   {mine, mine, func(h http.Header) { h.Del(token.AuthHeader) }, false, true},
		"another nonce than said":  {mine, mine, func(h http.Header) { h.Set(token.NonceHeader, strings.Repeat("0", 32)) }, false, false},
		"the daemon's proof again": {mine, mine, func(h http.Header) { h.Set(token.AuthHeader, proofOf(mine, h)) }, false, true},
	} {
		request, reply := http.Header{}, http.Header{}
		proven := c.client.Sign(request, "POST", "/v1/proof")
		c.spoil(request)
		if got := c.daemon.Check(request, reply, "POST", "/v1/proof"); got != c.taken {
			t.Errorf("%s: taken is %v", name, got)
		}
		if got := proven(reply); got != c.proven {
			t.Errorf("%s: proven is %v", name, got)
		}
	}
}

// Who was asked for a proof must not be able to ask for anything in the client's name.
func TestAProofIsOfOneRequest(t *testing.T) {
	t.Parallel()
	mine := parse(t, "a token of this machine")
	request := http.Header{}
	mine.Sign(request, "POST", "/v1/proof")
	for _, other := range [][2]string{{"GET", "/status"}, {"GET", "/v1/proof"}, {"POST", "/v1/services/shop/traces/t/events"}} {
		if mine.Check(request, http.Header{}, other[0], other[1]) {
			t.Errorf("it is taken for %s", other)
		}
	}
}

// proofOf is what a daemon says to a request, which a squatter may send back.
func proofOf(t token.Token, request http.Header) string {
	reply := http.Header{}
	t.Check(request, reply, "POST", "/v1/proof")
	return reply.Get(token.ProofHeader)
}

func TestNoncesAreFresh(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for range 100 {
		h := http.Header{}
		parse(t, "0123456789abcdef").Sign(h, "POST", "/v1/proof")
		seen[h.Get(token.NonceHeader)] = true
	}
	if len(seen) != 100 {
		t.Errorf("%d different nonces of 100", len(seen))
	}
}

func TestATokenNeverPrintsItself(t *testing.T) {
	t.Parallel()
	const text = "canary-canary-canary"
	tok := parse(t, text)
	if got := fmt.Sprintf("%v %+v %#v %s", tok, tok, tok, tok); strings.Contains(got, "canary") {
		t.Errorf("printed as %s", got)
	}
	if _, err := token.Parse("canary"); err == nil || strings.Contains(err.Error(), "canary") || !strings.Contains(err.Error(), "at least 16 are needed") {
		t.Errorf("a short one: %v", err)
	}
}

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

func TestATokenFileThatIsNoneIsSaid(t *testing.T) {
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
		if _, _, err := token.ReadOrMake(path); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if _, err := token.Read(filepath.Join(dir, "none")); err == nil {
		t.Error("a client makes no token")
	}
}
