package apimodel

import (
	"net/url"
	"slices"
	"strings"

	"akita/internal/witness"
)

// authKey encodes the credentials of one call as a key of Operation.Auth; "" for none.
func authKey(auths []witness.Auth) string {
	if len(auths) == 0 {
		return ""
	}
	keys := make([]string, len(auths))
	for i, a := range auths {
		keys[i] = strings.Join([]string{string(a.Type), a.In, url.QueryEscape(a.Name), a.Format}, "|")
	}
	slices.Sort(keys)
	return strings.Join(keys, "&")
}

// Credentials decodes a key of Operation.Auth: the credentials of a call, none for "" and Many.
func Credentials(key string) []witness.Auth {
	if key == "" || key == Many {
		return nil
	}
	var auths []witness.Auth
	for one := range strings.SplitSeq(key, "&") {
		parts := strings.SplitN(one, "|", 4)
		for len(parts) < 4 {
			parts = append(parts, "")
		}
		name, err := url.QueryUnescape(parts[2])
		if err != nil { // authKey escaped it
			name = parts[2]
		}
		auths = append(auths, witness.Auth{
			Type: witness.AuthType(parts[0]), In: parts[1], Name: name, Format: parts[3],
		})
	}
	return auths
}
