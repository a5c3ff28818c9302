// Package token is a secret that a daemon and its middlewares may share. Each side proves
// to the other that it knows the secret. The secret is never sent, because another process
// that has taken the daemon's port would learn it.
package token

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"akita/internal/secret"
)

// Headers of a request and of the reply to it.
const (
	NonceHeader   = "Akita-Nonce"   // of the request: 32 hex digits, fresh each time
	AddressHeader = "Akita-Address" // of the request: the address that the client dialled, see Address
	AuthHeader    = "Akita-Auth"    // of the request: the client's proof
	ProofHeader   = "Akita-Proof"   // of the reply: the daemon's proof
)

// ErrNotProven reports that a request holds no valid proof of its client.
var ErrNotProven = errors.New("the client does not prove that it knows the token")

// AddressError reports that a client dialled another address than that at which its
// request arrived: another process relays it.
type AddressError struct{ Dialled, Reached string }

func (e *AddressError) Error() string {
	return fmt.Sprintf("the client dialled %s, but its request arrived at %s", e.Dialled, e.Reached)
}

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

// Sign adds to the header of a request the client's proof that it knows the token. The
// target is the path and query as they are sent (RFC 9112, section 3.2), the address is
// that of the connection's peer, as Address returns it. proven reports whether the reply
// holds the proof of a daemon that knows the token and was reached at this address.
func (t Token) Sign(header http.Header, method, target, address string) (proven func(reply http.Header) bool) {
	var b [nonceBytes]byte
	_, _ = rand.Read(b[:]) // never fails
	nonce := hex.EncodeToString(b[:])
	header.Set(NonceHeader, nonce)
	header.Set(AddressHeader, address)
	header.Set(AuthHeader, t.proof(clientMessage(method, target, address, nonce)))
	want := t.proof(daemonMessage(address, nonce))
	return func(reply http.Header) bool { return hmac.Equal([]byte(reply.Get(ProofHeader)), []byte(want)) }
}

// Check returns nil if a request, which arrived at an address of this daemon, proves that
// its client knows the token; otherwise ErrNotProven or an *AddressError. It adds the
// daemon's proof to the reply's header, also after ErrNotProven.
//
// A request without AddressHeader comes from an older middleware, whose proofs do not hold
// the address; old reports that.
func (t Token) Check(request, reply http.Header, method, target, address string) (old bool, err error) {
	nonce := request.Get(NonceHeader)
	if b, err := hex.DecodeString(nonce); err != nil || len(b) != nonceBytes {
		return false, ErrNotProven
	}
	dialled := request.Get(AddressHeader)
	if old = dialled == ""; !old && dialled != address {
		return false, &AddressError{Dialled: dialled, Reached: address}
	}
	client, daemon := clientMessage(method, target, address, nonce), daemonMessage(address, nonce)
	if old {
		client, daemon = "akita-client "+method+" "+target+" "+nonce, "akita-daemon "+nonce
	}
	reply.Set(ProofHeader, t.proof(daemon))
	if !hmac.Equal([]byte(request.Get(AuthHeader)), []byte(t.proof(client))) {
		return old, ErrNotProven
	}
	return old, nil
}

// clientMessage is what a client authenticates. It holds the method and the target, so that
// a process that receives a request cannot make another one with its proof.
func clientMessage(method, target, address, nonce string) string {
	return strings.Join([]string{"akita-client-2", method, target, address, nonce}, "\n")
}

// daemonMessage is what a daemon authenticates. It holds the address, so that a process that
// listens on another one cannot pass for the daemon by relaying requests to it.
func daemonMessage(address, nonce string) string {
	return strings.Join([]string{"akita-daemon-2", address, nonce}, "\n")
}

// proof returns the HMAC of a message, in hex.
func (t Token) proof(message string) string {
	mac := hmac.New(sha256.New, []byte(t.text.Reveal()))
	_, _ = mac.Write([]byte(message)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}
