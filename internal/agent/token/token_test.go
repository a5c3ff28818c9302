package token_test

import (
	"fmt"
	"net/http"
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

// These vectors hold for every implementation.
func TestProofVectors(t *testing.T) {
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

func TestBothSidesMustKnowTheToken(t *testing.T) {
	t.Parallel()
	mine, other := parse(t, "a token of this machine"), parse(t, "a token of another one")
	for name, c := range map[string]struct {
		client, daemon token.Token
		spoil          func(request http.Header)
		taken, proven  bool
	}{
		"the same":       {mine, mine, func(http.Header) {}, true, true},
		"different ones": {mine, other, func(http.Header) {}, false, false},
		"no nonce":       {mine, mine, func(h http.Header) { h.Del(token.NonceHeader) }, false, false},
		"a short nonce":  {mine, mine, func(h http.Header) { h.Set(token.NonceHeader, "00") }, false, false},
		"a nonce that is not hex": {
			mine, mine, func(h http.Header) { h.Set(token.NonceHeader, strings.Repeat("x", 32)) }, false, false,
		},
		"no proof of the client": {mine, mine, func(h http.Header) { h.Del(token.AuthHeader) }, false, true},
		"another nonce than said": {
			mine, mine, func(h http.Header) { h.Set(token.NonceHeader, strings.Repeat("0", 32)) }, false, false,
		},
		"the daemon's proof again": {
			mine, mine, func(h http.Header) { h.Set(token.AuthHeader, proofOf(mine, h)) }, false, true,
		},
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

// A process that receives a request for a proof must not be able to make another request with it.
func TestProofIsForOneRequest(t *testing.T) {
	t.Parallel()
	mine := parse(t, "a token of this machine")
	request := http.Header{}
	mine.Sign(request, "POST", "/v1/proof")
	for _, other := range [][2]string{
		{"GET", "/status"}, {"GET", "/v1/proof"}, {"POST", "/v1/services/shop/traces/t/events"},
	} {
		if mine.Check(request, http.Header{}, other[0], other[1]) {
			t.Errorf("it is taken for %s", other)
		}
	}
}

// proofOf returns the proof that a daemon answers to a request.
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

func TestTokenIsRedacted(t *testing.T) {
	t.Parallel()
	const text = "canary-canary-canary"
	tok := parse(t, text)
	if got := fmt.Sprintf("%v %+v %#v %s", tok, tok, tok, tok); strings.Contains(got, "canary") {
		t.Errorf("printed as %s", got)
	}
	if _, err := token.Parse("canary"); err == nil || strings.Contains(err.Error(), "canary") ||
		!strings.Contains(err.Error(), "at least 16 are needed") {
		t.Errorf("a short one: %v", err)
	}
}
