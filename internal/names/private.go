package names

import "strings"

// IsPrivate reports whether the values under a name must never be kept, not even as members of
// an enum: secrets, personal data and free text.
func IsPrivate(name string) bool {
	words := Words(name)
	if len(words) == 0 || describes(words) {
		return false
	}
	lower := strings.ToLower(name)
	for _, part := range []string{"pass", "pwd", "secret", "token", "apikey", "credential", "signature", "csrf", "xsrf", "session", "iban", "mail", "phone", "username"} {
		if strings.Contains(lower, part) {
			return true
		}
	}
	for _, word := range words {
		switch strings.TrimSuffix(word, "s") {
		case "key", "auth", "authorization", "cookie", "sig", "otp", "pin", "ssn", "card", "cvv", "cvc", "user", "userid", "login", "street", "city", "title", "note", "comment", "text", "message", "description":
			return true
		}
		switch {
		case word == "address", word == "addresses", word == "cities", strings.HasSuffix(word, "name"), strings.HasSuffix(word, "names"):
			return true
		}
	}
	return false
}

// describes reports whether a name stands for the kind of a secret, as "token_type" does, or for
// an operation, whose name is code.
func describes(words []string) bool {
	switch words[len(words)-1] {
	case "type", "typename", "kind", "status", "state", "format", "mode", "method", "hint", "algorithm", "alg", "scheme", "role", "level", "provider", "strategy":
		return true
	case "name":
		if len(words) > 1 {
			switch words[len(words)-2] {
			case "operation", "event", "action", "command", "method", "type":
				return true
			}
		}
	}
	return false
}

// IsSecret reports whether everything under a name is a secret, at any depth.
func IsSecret(name string) bool {
	for _, word := range Words(name) {
		switch word {
		case "password", "passwords", "passwd", "passphrase", "secret", "secrets", "credential", "credentials", "otp", "pin":
			return true
		}
	}
	return false
}

// IsPersonal reports whether the strings in objects of a name are personal data.
func IsPersonal(name string) bool {
	for _, word := range Words(name) {
		switch word {
		case "name", "names", "username", "usernames", "email", "emails", "phone", "phones", "token", "tokens", "key", "keys", "answer", "answers", "address", "addresses":
			return true
		}
	}
	return false
}
