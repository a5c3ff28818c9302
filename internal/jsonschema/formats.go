package jsonschema

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// formatOf is the format that all n strings, or all n integers, of s have; 0 for none. A weak one counts only where the field's name says the same, or where
// the values leave no doubt.
func formatOf(name string, s *shape.Shape, n uint64) format.Format {
	if n == 0 {
		return 0
	}
	for _, f := range s.Formats {
		if f.Count != n || f.Format == format.Decimal && s.Lengths.Max() <= shortDecimal {
			continue
		}
		if f.Format < format.Weak || nameSays(name, f.Format) || valuesSay(name, s, f.Format, n) {
			return f.Format
		}
	}
	return 0
}

// shortDecimal is the length of decimals that are as likely versions: "2.0".
const shortDecimal = 3

// So many different codes that are all on the list of currencies are no accident, as one in a
// hundred words of three letters is; one in three of two letters is a country, or a language.
// Nor are so many integers that are all times of the last decades.
const (
	minCurrencies = 2
	minTimes      = 5
)

// valuesSay reports whether the values alone say a weak format. Only in offline use is it
// known how many different ones there are.
func valuesSay(name string, s *shape.Shape, f format.Format, n uint64) bool {
	switch f {
	case format.Currency:
		return s.Enum != nil && len(s.Enum.Members) >= minCurrencies
	case format.UnixSeconds, format.UnixMillis:
		return n >= minTimes && !names.IsAmount(name)
	}
	return false
}

// hints are words of field names that say a weak format.
var hints = map[format.Format][]string{
	format.Hostname:    {"host", "hostname", "domain", "fqdn", "server", "nameserver", "cname", "target", "upstream", "node"},
	format.Semver:      {"version", "semver", "ver", "release", "firmware", "os", "build", "sdk", "app"},
	format.LocalPhone:  {"phone", "mobile", "tel", "telephone", "fax", "cell", "msisdn"},
	format.CardNumber:  {"card", "pan", "cc"},
	format.Country:     {"country", "nationality", "citizenship", "residence"},
	format.Currency:    {"currency", "ccy"},
	format.Language:    {"language", "lang", "locale"},
	format.Base64:      {"base64", "b64", "data", "content", "payload", "image", "photo", "avatar", "thumbnail", "file", "blob", "attachment", "bytes", "cipher", "ciphertext", "certificate", "cert", "digest", "encoded", "hash", "checksum", "sha1", "sha256", "sha512", "md5", "signature", "proof", "nonce", "salt", "policy", "key"},
	format.UnixSeconds: {"time", "timestamp", "ts", "date", "at", "created", "updated", "modified", "expires", "exp", "iat", "nbf", "epoch", "unix", "since", "until", "start", "end", "from", "to", "before", "after", "seen", "login", "reset", "t", "attempt", "next", "last", "due", "deadline", "issued", "valid", "trial", "period", "anchor", "renewal", "paid", "canceled", "cancelled", "ended", "started", "deleted", "published"},
}

// nameSays reports whether one of the words of a name is a hint at the format.
func nameSays(name string, f format.Format) bool {
	if f == format.UnixMillis {
		f = format.UnixSeconds
	}
	for _, word := range names.Words(name) {
		for _, hint := range hints[f] {
			if word == hint || word == hint+"s" {
				return true
			}
		}
	}
	return false
}
