package apimodel

import (
	"strings"

	"akita/internal/format"
	"akita/internal/shape"
)

// formatOf is the format that all of n values have; 0 for none. A weak one counts only
// where the field's name says the same.
func formatOf(name string, formats shape.Formats, n uint64) format.Format {
	if n == 0 {
		return 0
	}
	for _, f := range formats {
		if f.Count != n {
			continue
		}
		if f.Format < format.Weak || nameSays(name, f.Format) {
			return f.Format
		}
	}
	return 0
}

// hints are words of field names that say a weak format.
var hints = map[format.Format][]string{
	format.Hostname:    {"host", "hostname", "domain", "fqdn", "server"},
	format.Semver:      {"version", "semver", "ver", "release", "firmware", "os", "build", "sdk", "app"},
	format.LocalPhone:  {"phone", "mobile", "tel", "telephone", "fax", "cell", "msisdn"},
	format.CardNumber:  {"card", "pan", "cc"},
	format.Country:     {"country", "nationality"},
	format.Currency:    {"currency", "ccy"},
	format.Language:    {"language", "lang", "locale"},
	format.Base64:      {"base64", "b64", "data", "content", "payload", "image", "photo", "avatar", "thumbnail", "file", "blob", "attachment", "bytes", "cipher", "ciphertext", "certificate", "cert", "digest", "encoded"},
	format.UnixSeconds: {"time", "timestamp", "ts", "date", "at", "created", "updated", "modified", "expires", "exp", "iat", "nbf", "epoch", "unix", "since", "until", "start", "end", "from", "to", "before", "after", "seen", "login", "reset", "t", "attempt", "next", "last", "due", "deadline", "issued", "valid", "trial", "period", "anchor", "renewal", "paid", "canceled", "cancelled", "ended", "started", "deleted", "published"},
}

// nameSays reports whether one of the words of a name is a hint at the format.
func nameSays(name string, f format.Format) bool {
	if f == format.UnixMillis {
		f = format.UnixSeconds
	}
	for _, word := range nameWords(name) {
		for _, hint := range hints[f] {
			if word == hint || word == hint+"s" {
				return true
			}
		}
	}
	return false
}

// nameWords splits "createdAt", "created_at" and "HTTPHost" into lower-case words.
func nameWords(name string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(name[start:end]))
		}
		start = end
	}
	upper := func(i int) bool { return i >= 0 && i < len(name) && 'A' <= name[i] && name[i] <= 'Z' }
	for i := range len(name) {
		c := name[i]
		switch {
		case !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'):
			cut(i)
			start = i + 1
		case upper(i) && (!upper(i-1) || i+1 < len(name) && !upper(i+1) && 'a' <= name[i+1] && name[i+1] <= 'z'):
			cut(i)
		}
	}
	cut(len(name))
	return words
}
