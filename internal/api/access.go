package api

import (
	"fmt"
	"strings"

	"akita/internal/store"
)

// access is a set of those who may call an operation. The zero value has nobody.
type access uint8

const (
	byAnyone access = 1 << iota // no credentials are asked for
	bySession
	byAgentKey
	byReadKey
	byFullKey
)

// The sets of the route table. Keys of all scopes are kept from sessionOnly: a key that is stolen must not
// make another one.
const (
	anyone      = byAnyone
	sessionOnly = bySession
	toRead      = bySession | byReadKey | byFullKey // answers, and changes nothing
	toChange    = bySession | byFullKey
	forDaemons  = byAgentKey | byFullKey
	forTools    = byReadKey | byFullKey // AI agents have keys, and browsers have no business there
)

// keyScopes are the scopes of API keys, and whom they stand for in an access.
var keyScopes = []struct {
	scope store.KeyScope
	by    access
}{{store.AgentKey, byAgentKey}, {store.ReadKey, byReadKey}, {store.FullKey, byFullKey}}

// has reports whether a key may call the operation.
func (a access) has(k store.APIKey) bool {
	for _, s := range keyScopes {
		if s.scope == k.Scope {
			return a&s.by != 0
		}
	}
	return false
}

// check returns a problem unless a key may call the operation.
func (a access) check(k store.APIKey) error {
	if a.has(k) {
		return nil
	}
	var needed []string
	for _, s := range keyScopes {
		if a&s.by != 0 {
			needed = append(needed, fmt.Sprintf("%q", s.scope))
		}
	}
	detail := fmt.Sprintf("This API key has the scope %q, and this operation needs %s: create a key with that scope in "+
		"the console under Settings, API keys, and send it instead.", k.Scope, strings.Join(needed, " or "))
	if k.IsOlderThanScopes() {
		detail += ` The key is older than scopes; all such keys have the scope "agent".`
	}
	return &problem{code: codeInsufficientScope, detail: detail}
}
