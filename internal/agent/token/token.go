// Package token is a secret that a daemon and its middlewares may share. Each side proves
// to the other that it knows the secret. The secret is never sent, because another process
// that has taken the daemon's port would learn it.
package token

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"akita/internal/secret"
)

// Headers of a request and of the reply to it.
const (
	NonceHeader = "Akita-Nonce" // of the request: 32 hex digits, fresh each time
	AuthHeader  = "Akita-Auth"  // of the request: the client's proof
	ProofHeader = "Akita-Proof" // of the reply: the daemon's proof
)

// MinLength is the least number of characters of a token.
const MinLength = 16

const nonceBytes = 16

// Token is a shared secret of at least MinLength characters. The zero Token is not set.
type Token struct{ text secret.Text }

// String implements fmt.Stringer, because fmt prints unexported fields as they are.
func (t Token) String() string { return t.text.String() }

// GoString implements fmt.GoStringer.
func (t Token) GoString() string { return t.text.GoString() }

// IsSet reports whether there is a token.
func (t Token) IsSet() bool { return t.text != "" }

// Sign makes a request of a method and a target (RFC 9112, section 3.2: path and query, as
// sent) a client's that has the token, and returns how to recognise the reply of a daemon that
// has it.
func (t Token) Sign(header http.Header, method, target string) (proven func(reply http.Header) bool) {
	var b [nonceBytes]byte
	_, _ = rand.Read(b[:]) // never fails
	nonce := hex.EncodeToString(b[:])
	header.Set(NonceHeader, nonce)
	header.Set(AuthHeader, t.proof(clientRole(method, target), nonce))
	want := t.proof("akita-daemon", nonce)
	return func(reply http.Header) bool { return hmac.Equal([]byte(reply.Get(ProofHeader)), []byte(want)) }
}

// clientRole holds what is asked for, so that who listened to one request, such as one for the
// daemon's proof, cannot make another with its nonce.
func clientRole(method, target string) string { return "akita-client " + method + " " + target }

// Check reports whether a request of a method and a target is a client's that has the token,
// and proves in the reply's header that this daemon has it too, whoever asks.
func (t Token) Check(request, reply http.Header, method, target string) bool {
	nonce := request.Get(NonceHeader)
	if b, err := hex.DecodeString(nonce); err != nil || len(b) != nonceBytes {
		return false
	}
	reply.Set(ProofHeader, t.proof("akita-daemon", nonce))
	return hmac.Equal([]byte(request.Get(AuthHeader)), []byte(t.proof(clientRole(method, target), nonce)))
}

// proof is what only who has the token can say of a nonce, in hex. The role is
// in it, so that one side's proof is none of the other's.
func (t Token) proof(role, nonce string) string {
	mac := hmac.New(sha256.New, []byte(t.text.Reveal()))
	_, _ = mac.Write([]byte(role + " " + nonce)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}
