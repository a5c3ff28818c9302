// Package canary makes data that must not leave a machine, and calls that have it in every place
// of a call. It shares nothing with the product, so that a test with canaries does not repeat the
// product's own judgement.
package canary

import (
	_ "embed"
	"math/rand/v2"
	"strings"
)

// Kind is a kind of data.
type Kind struct {
	Name string
	Draw func(*rand.Rand) string
	// Allowed is how many texts may leave as names in the first calls of a place, because
	// they cannot be distinguished from names of the API.
	Allowed int
}

const (
	digits = "0123456789"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base62 = digits + upper + lower
)

// Random lists the kinds that are clearly not names of an API.
var Random = []Kind{
	{"AWS key id", func(r *rand.Rand) string { return "AKIA" + of(r, upper+"234567", 16) }, 0},
	{"sk_live_ key", func(r *rand.Rand) string { return "sk_live_" + of(r, base62, 24) }, 0},
	{"base62 of 8", func(r *rand.Rand) string { return mixed(r, 8) }, 0},
	{"base62 of 10", func(r *rand.Rand) string { return mixed(r, 10) }, 0},
	{"base62 of 22", func(r *rand.Rand) string { return mixed(r, 22) }, 0},
	{"hex of 32", func(r *rand.Rand) string { return of(r, "0123456789abcdef", 32) }, 0},
	{"one-time code of 6", func(r *rand.Rand) string { return of(r, "123456789", 1) + of(r, digits, 5) }, 0},
	{"card number", func(r *rand.Rand) string { return "4" + of(r, digits, 15) }, 0},
	{"e-mail address", func(r *rand.Rand) string { return person(r, ".") + "@mailbox.example" }, 0},
	{"first.last", func(r *rand.Rand) string { return person(r, ".") }, 3},
	{"a sentence", func(r *rand.Rand) string { return "call " + pick(r, given) + " about " + pick(r, family) }, 0},
	{"another script", script, 0},
}

// Person is the kind of names of people that look like names of fields.
var Person = Kind{"first_last", func(r *rand.Rand) string { return person(r, "_") }, 3}

//go:embed names.txt
var names string

// given and family are the names of people.
var given, family = parse(names)

func parse(text string) (given, family []string) {
	for line := range strings.Lines(text) {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#' || line == "[given]":
		case line == "[family]":
			given, family = family, []string{}
		default:
			family = append(family, line)
		}
	}
	return given, family
}

// GivenNames returns n different given names.
func GivenNames(r *rand.Rand, n int) []string {
	var drawn []string
	for _, i := range r.Perm(len(given))[:n] {
		drawn = append(drawn, given[i])
	}
	return drawn
}

// of returns n characters of an alphabet.
func of(r *rand.Rand, alphabet string, n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(text)
}

// mixed returns n letters and digits with at least one capital or digit after the first: others
// could be a word.
func mixed(r *rand.Rand, n int) string {
	for {
		text := of(r, base62, n)
		if strings.ContainsAny(text[1:], digits+upper) {
			return text
		}
	}
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// person returns the name of a person. There are some 30,000, so a number is not needed to make
// them different.
func person(r *rand.Rand, between string) string { return pick(r, given) + between + pick(r, family) }

// script returns a word of another script.
func script(r *rand.Rand) string {
	scripts := []struct{ first, last rune }{{'а', 'я'}, {'α', 'ω'}, {'ぁ', 'ん'}, {'一', '丿'}, {'ا', 'ي'}, {'가', '갛'}}
	s := scripts[r.IntN(len(scripts))]
	var text strings.Builder
	for range 4 + r.IntN(5) {
		text.WriteRune(s.first + r.Int32N(s.last-s.first))
	}
	return text.String()
}

// DrawAll returns n different texts of a kind.
func (k Kind) DrawAll(r *rand.Rand, n int) []string { return k.DrawOthers(r, n, make(map[string]bool)) }

// DrawOthers returns n texts of a kind that are not in seen, and adds them.
func (k Kind) DrawOthers(r *rand.Rand, n int, seen map[string]bool) []string {
	texts := make([]string, 0, n)
	for len(texts) < n {
		text := k.Draw(r)
		if folded := strings.ToLower(text); !seen[folded] {
			seen[folded] = true
			texts = append(texts, text)
		}
	}
	return texts
}
