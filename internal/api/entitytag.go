package api

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

// entityTag returns the entity tag of a response that is the same as long as all of parts are
// (RFC 9110, section 8.8.3).
func entityTag(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// setEntityTag lets the client keep the response, if it asks each time whether that is still valid.
func setEntityTag(w http.ResponseWriter, tag string) {
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
}

// clientHas responds that the client has what a tag is of, if the request says so, and reports whether it
// did.
func clientHas(w http.ResponseWriter, r *http.Request, tag string) bool {
	if !matches(r.Header.Values("If-None-Match"), tag) {
		return false
	}
	setEntityTag(w, tag)
	w.WriteHeader(http.StatusNotModified)
	return true
}

// matches reports whether the values of If-None-Match name a tag, by the weak comparison.
func matches(values []string, tag string) bool {
	for _, value := range values {
		for one := range strings.SplitSeq(value, ",") {
			if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}
