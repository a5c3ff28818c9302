package rename

import (
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// bijection draws new texts.
type bijection struct {
	words  Words
	random *rand.Rand
	taken  map[string]bool   // runs of letters and digits of the traffic and of new texts, in lower case
	runs   map[string]string // old runs to new ones, in lower case
	drawn  map[string]string // the runs of a text that may yet be drawn again
}

var run = regexp.MustCompile(`[A-Za-z]+|[0-9]+`)
var token = regexp.MustCompile(`[A-Za-z0-9]+`)

func newBijection(words Words, random *rand.Rand, code map[string]bool, entries []byte) *bijection {
	b := &bijection{
		words: words, random: random,
		taken: make(map[string]bool), runs: make(map[string]string), drawn: make(map[string]string),
	}
	for _, pattern := range []*regexp.Regexp{run, token} {
		for _, text := range pattern.FindAll(entries, -1) {
			b.taken[strings.ToLower(string(text))] = true
		}
	}
	for word := range code {
		b.taken[word] = true
	}
	return b
}

// texts draws a new text for each text.
func (b *bijection) texts(data map[string]bool) (map[string]string, error) {
	renamed := b.shuffled(data)
	b.shuffleNumbers(data)
	for _, text := range slices.Sorted(maps.Keys(data)) {
		if _, done := renamed[text]; !done {
			renamed[text] = b.like(text)
		}
	}
	back := make(map[string]string, len(renamed))
	for from, to := range renamed {
		if other, twice := back[to]; twice {
			return nil, fmt.Errorf("%q and %q both become %q", from, other, to)
		}
		back[to] = from
	}
	return renamed, nil
}

// maxDraws limits how often something is drawn again.
const maxDraws = 200

// like draws texts until one is of the same kind. If the runs that other texts have in common with
// this one allow none, it draws runs for this text alone.
func (b *bijection) like(text string) (renamed string) {
	shared := b.runs
	for i := range 2 * maxDraws {
		if i == maxDraws {
			b.runs = make(map[string]string)
		}
		clear(b.drawn)
		renamed = b.text(text)
		isFree := !only(renamed, isLetter) || !b.taken[strings.ToLower(renamed)]
		if isFree && isLike(renamed, text) {
			break
		}
	}
	b.runs = shared
	for from, to := range b.drawn {
		if _, known := b.runs[from]; !known {
			b.runs[from] = to
		}
		b.taken[strings.ToLower(to)] = true
	}
	clear(b.drawn)
	return renamed
}

// shuffleNumbers gives short numbers that are a part of texts each other's digits: so few others have
// as many digits and need as many bits that there may be no unused ones.
func (b *bijection) shuffleNumbers(data map[string]bool) {
	groups := make(map[string][]string)
	seen := make(map[string]bool)
	for _, text := range slices.Sorted(maps.Keys(data)) {
		for _, piece := range pieces(text) {
			number, err := strconv.ParseUint(piece, 10, 63)
			if seen[piece] || err != nil || len(piece) > maxShuffled || shortPattern.MatchString(text) {
				continue
			}
			seen[piece] = true
			group := fmt.Sprint(len(piece), piece[0] == '0', bits.Len64(number))
			groups[group] = append(groups[group], piece)
		}
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		old := groups[group]
		for i, j := range b.random.Perm(len(old)) {
			b.runs[old[i]] = old[j]
		}
	}
}

// maxShuffled is the length of numbers that are shuffled.
const maxShuffled = 4

// shuffled renames the texts of which there are few: short numbers and tokens. Those of one shape
// get each other's text.
func (b *bijection) shuffled(data map[string]bool) map[string]string {
	groups := make(map[string][]string)
	for _, text := range slices.Sorted(maps.Keys(data)) {
		if shortPattern.MatchString(text) {
			group := shapeOf(text)
			if number, err := strconv.ParseUint(text, 10, 63); err == nil {
				group += fmt.Sprint(bits.Len64(number))
			}
			groups[group] = append(groups[group], text)
		}
	}
	renamed := make(map[string]string, len(data))
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		old := groups[group]
		for i, j := range b.random.Perm(len(old)) {
			renamed[old[i]] = old[j]
		}
	}
	return renamed
}

// shapeOf writes each letter as a or A and each digit as 0.
func shapeOf(text string) string {
	shape := []byte(text)
	for i, c := range shape {
		switch {
		case isDigit(c):
			shape[i] = '0'
		case 'a' <= c && c <= 'z':
			shape[i] = 'a'
		case 'A' <= c && c <= 'Z':
			shape[i] = 'A'
		}
	}
	return string(shape)
}

// text draws a new text of the same kind and length.
func (b *bijection) text(text string) string {
	if uuidPattern.MatchString(text) {
		return b.random16(text)
	}
	kept := ""
	if m := prefixPattern.FindStringSubmatch(text); m != nil {
		kept, text = m[1], text[len(m[1]):]
	}
	ending := ""
	if m := extensionPattern.FindStringSubmatch(text); m != nil {
		text, ending = text[:len(text)-len(m[1])], m[1]
	}
	var renamed strings.Builder
	for _, piece := range pieces(text) {
		renamed.WriteString(b.piece(piece))
	}
	return kept + renamed.String() + ending
}

// piece draws a new run of letters and digits; a text of neither stays.
func (b *bijection) piece(piece string) string {
	switch {
	case !isAlnum(piece[0]):
		return piece
	case only(piece, isLetter):
		return matchCase(b.once(piece, b.word, b.invented), piece)
	case only(piece, isDigit):
		return b.once(piece, b.digits)
	}
	// Upper and lower case are different letters in a token.
	return b.draw("token "+piece, piece, b.token)
}

// once returns the new text of a run, the same each time.
func (b *bijection) once(old string, draws ...func(string) string) string {
	old = strings.ToLower(old)
	return b.draw(old, old, draws...)
}

// draw returns what a key became, or draws it.
func (b *bijection) draw(key, old string, draws ...func(string) string) string {
	for _, known := range []map[string]string{b.runs, b.drawn} {
		if to, ok := known[key]; ok {
			return to
		}
	}
	to := b.unused(old, draws)
	b.drawn[key] = to
	return to
}

// unused draws until the text is of the kind of the old one and not in the traffic yet, in one way
// after the other. Of short texts, all may be in it.
func (b *bijection) unused(old string, draws []func(string) string) string {
	var text string
	for _, draw := range draws {
		for range maxDraws {
			text = draw(old)
			if !b.taken[strings.ToLower(text)] && isLike(text, old) {
				return text
			}
		}
	}
	return text
}

func (b *bijection) word(old string) string { return b.words.draw(b.random, len(old)) }

// invented draws a word for traffic that has used up the source's words of this length.
func (b *bijection) invented(old string) string { return invent(b.random, len(old)) }

// digits draws a number with as many digits that needs as many bits. Of numbers that may need
// more than 64 bits, and of those with leading zeros, the first digits stay.
func (b *bijection) digits(old string) string {
	const kept = 4
	number, err := strconv.ParseUint(old, 10, 63)
	if err != nil || old[0] == '0' {
		digits := []byte(old)
		for i := min(kept, len(old)/2); i < len(digits); i++ {
			digits[i] = byte('0' + b.random.IntN(10))
		}
		return string(digits)
	}
	low, high := uint64(1), uint64(10)
	for range len(old) - 1 {
		low, high = low*10, high*10
	}
	width := bits.Len64(number)
	low, high = max(low, 1<<(width-1)), min(high-1, 1<<width-1)
	return strconv.FormatUint(low+b.random.Uint64N(high-low+1), 10)
}

// token draws letters for letters and digits for digits. The first character may be the token's
// kind and stays.
func (b *bijection) token(old string) string {
	lower, upper := "abcdefghjkmnpqrstvwxyz", "ABCDEFGHJKMNPQRSTVWXYZ" // those of Crockford's base 32
	if only(old, func(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }) {
		lower, upper = "abcdef", "ABCDEF"
	}
	text := []byte(old)
	for i, c := range text {
		switch {
		case i == 0:
		case isDigit(c):
			text[i] = byte('0' + b.random.IntN(10))
		case 'a' <= c:
			text[i] = lower[b.random.IntN(len(lower))]
		default:
			text[i] = upper[b.random.IntN(len(upper))]
		}
	}
	return string(text)
}

// random16 draws a UUID of the same version and variant.
func (b *bijection) random16(old string) string {
	const version, variant = 14, 19
	text := []byte(old)
	for i, c := range text {
		if c == '-' || i == version || i == variant {
			continue
		}
		text[i] = "0123456789abcdef"[b.random.IntN(16)]
		if strings.ToUpper(old) == old && strings.ToLower(old) != old {
			text[i] = "0123456789ABCDEF"[b.random.IntN(16)]
		}
	}
	return string(text)
}
