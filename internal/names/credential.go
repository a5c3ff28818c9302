package names

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words/credentials.txt
var credentialFile string

var (
	authSchemes      = setOf(credentialFile, "scheme")
	signingSchemes   = setOf(credentialFile, "signing-scheme")
	keyHeaders       = setOf(credentialFile, "header")
	keyHeaderEndings = setOf(credentialFile, "header-ending")
	notKeys          = setOf(credentialFile, "header-exception")
	keyParameters    = setOf(credentialFile, "query")
	keyEndings       = setOf(credentialFile, "query-ending")
	sessionCookies   = setOf(credentialFile, "cookie")
	sessionParts     = section(credentialFile, "cookie-part")
	sessionEndings   = section(credentialFile, "cookie-ending")
	csrfParts        = section(credentialFile, "csrf")
	trackerPrefixes  = section(credentialFile, "tracker")
)

// IsAuthScheme reports whether IANA registered an HTTP authentication scheme, given in any case.
func IsAuthScheme(scheme string) bool { return authSchemes.hasInAnyCase(scheme) }

// IsSigningScheme reports whether an Authorization header of a scheme, given in any case, is a
// signature of the request.
func IsSigningScheme(scheme string) bool { return signingSchemes.hasInAnyCase(scheme) }

// IsCredentialHeader reports whether a request header carries an API key or a token, by its name in
// any case: one that ends in a word for it, such as "x-api-key", unless another word says that it
// gives no access.
func IsCredentialHeader(name string) bool {
	var buf [lowerSize]byte
	lower := appendLower(buf[:0], name)
	if keyHeaders.hasBytes(lower) {
		return true
	}
	var last []byte
	words := 0
	for start, i := 0, 0; i <= len(lower); i++ {
		if i < len(lower) && lower[i] != '-' && lower[i] != '_' {
			continue
		}
		if word := lower[start:i]; len(word) > 0 {
			if notKeys.hasBytes(word) {
				return false
			}
			last = word
			words++
		}
		start = i + 1
	}
	return words > 1 && keyHeaderEndings.hasBytes(last) && !containsAny(lower, csrfParts)
}

// IsCSRF reports whether a header or cookie carries a token against cross-site request forgery,
// which guards a session and is not a credential.
func IsCSRF(name string) bool {
	var buf [lowerSize]byte
	return containsAny(appendLower(buf[:0], name), csrfParts)
}

// IsCredentialParameter reports whether a query parameter carries a credential, by its name in any
// case.
func IsCredentialParameter(name string) bool { return keyParameters.hasInAnyCase(name) }

// IsKeyLike reports whether a query parameter carries a credential if its value is a random text, as
// "key" does and "page_key" does not.
func IsKeyLike(name string) bool {
	words := Words(name)
	if len(words) == 0 || slices.ContainsFunc(words, notKeys.has) {
		return false
	}
	last := words[len(words)-1]
	return keyEndings.has(last) || last == "id" && len(words) == 2 && words[0] == "app"
}

// IsSessionCookie reports whether a cookie carries a session or a token, by its name in any case.
// The prefixes of RFC 6265bis, section 4.1.3, may be before it.
func IsSessionCookie(name string) bool {
	lower := strings.ToLower(name)
	lower = strings.TrimPrefix(strings.TrimPrefix(lower, "__host-"), "__secure-")
	if sessionCookies.has(lower) {
		return true
	}
	if IsCSRF(lower) {
		return false
	}
	for _, part := range sessionParts {
		if strings.Contains(lower, part) {
			return true
		}
	}
	for _, ending := range sessionEndings {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return false
}

// IsTrackerCookie reports whether analytics in the browser set a cookie: it is not the API's.
func IsTrackerCookie(name string) bool {
	for _, prefix := range trackerPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
