package token_test

import (
	"errors"
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

const here = "127.0.0.1:50080"

// These vectors hold for every implementation. The proofs are made by
//
//	printf 'akita-client-2\nPOST\n/v1/proof\nADDRESS\nNONCE' | openssl dgst -sha256 -hmac 0123456789abcdef
//
// and those without an address by printf 'akita-client POST /v1/proof NONCE'.
func TestProofVectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, auth, proof string }{
		{
			"127.0.0.1:50080",
			"3a6f6d68fc5cb77a0e560a4c542658ea910ec99c9a198377348c6db551a2689c",
			"01ce9c1e063a1b565bfe71620f0df2762e998d4e834b0e6058dbff9845f62a63",
		},
		{
			"[::1]:50080",
			"18379df68d097790dc3ae4515bde559765ea79a0c6ccde961bc9510e974684e1",
			"9c8f3131dde955967f67c2b0d0627f565af897841b2b0200ee6f597f9ba82299",
		},
		{
			"unix:/run/akita%20%C3%A4.sock",
			"4e4b725b7b353c6f6a0f175f9e874dc06b0c619cb98e37209b29bab42c15870e",
			"bd11c3ef7afbb44d4178ca737b3e864a2fa83221105b5c43e28e89f67d2e8d90",
		},
		{
			"", // an old middleware
			"5f6495ada64fa505180b302480fbf3daf36a4e80a87c8bb7e5958419bc90ebe4",
			"9203cd44deff6834270e2b102d865c9a5b12e59f7c9d231258b6bf36f2617b4b",
		},
	} {
		request, reply := http.Header{}, http.Header{}
		request.Set(token.NonceHeader, "000102030405060708090a0b0c0d0e0f")
		request.Set(token.AuthHeader, c.auth)
		reached := here
		if c.address != "" {
			request.Set(token.AddressHeader, c.address)
			reached = c.address
		}
		old, err := parse(t, "0123456789abcdef").Check(request, reply, "POST", "/v1/proof", reached)
		if err != nil || old != (c.address == "") {
			t.Errorf("%q: old is %v, %v", c.address, old, err)
		}
		if got := reply.Get("Akita-Proof"); got != c.proof {
			t.Errorf("%q: the daemon's proof is %s", c.address, got)
		}
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
		proven := c.client.Sign(request, "POST", "/v1/proof", here)
		c.spoil(request)
		if _, err := c.daemon.Check(request, reply, "POST", "/v1/proof", here); (err == nil) != c.taken {
			t.Errorf("%s: %v", name, err)
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
	mine.Sign(request, "POST", "/v1/proof", here)
	for _, other := range [][2]string{
		{"GET", "/status"}, {"GET", "/v1/proof"}, {"POST", "/v1/services/shop/traces/t/events"},
	} {
		if _, err := mine.Check(request, http.Header{}, other[0], other[1], here); !errors.Is(err, token.ErrNotProven) {
			t.Errorf("for %s: %v", other, err)
		}
	}
}

func TestProofIsForOneAddress(t *testing.T) {
	t.Parallel()
	mine := parse(t, "a token of this machine")
	request, reply := http.Header{}, http.Header{}
	proven := mine.Sign(request, "POST", "/v1/proof", "127.0.0.1:666")
	_, err := mine.Check(request, reply, "POST", "/v1/proof", here)
	other, ok := errors.AsType[*token.AddressError](err)
	if !ok || other.Dialled != "127.0.0.1:666" || other.Reached != here {
		t.Errorf("got %v", err)
	}
	if len(reply) > 0 {
		t.Errorf("there is a proof: %v", reply)
	}
	// A process between the two changes or removes the address.
	for _, address := range []string{here, ""} {
		request.Set(token.AddressHeader, address)
		if _, err := mine.Check(request, reply, "POST", "/v1/proof", here); !errors.Is(err, token.ErrNotProven) {
			t.Errorf("with the address %q: %v", address, err)
		}
		if proven(reply) {
			t.Errorf("with the address %q the client is deceived", address)
		}
	}
}

// proofOf returns the proof that a daemon answers to a request.
func proofOf(t token.Token, request http.Header) string {
	reply := http.Header{}
	_, _ = t.Check(request, reply, "POST", "/v1/proof", here)
	return reply.Get(token.ProofHeader)
}

func TestNoncesAreFresh(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for range 100 {
		h := http.Header{}
		parse(t, "0123456789abcdef").Sign(h, "POST", "/v1/proof", here)
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
