package format

// followers holds for each letter the letters that follow it in words of names of fields,
// functions and paths: English words and programmers' abbreviations. Each pair is in at least
// one of some 600 such words.
var followers = [26]string{
	"abcdefgiklmnprstuvwxy",    // a
	"abcdefijloprstuy",         // b
	"abcdefghiklmnoprstuvy",    // c
	"abcdefgilmnopqrstuvwxy",   // d
	"abcdefghiklmnopqrstuvwxy", // e
	"abcdefgilmnoprstuy",       // f
	"acdeghilmnoprstu",         // g
	"adeilmorstuy",             // h
	"abcdefglmnoprstvxz",       // i
	"ae",                       // j
	"aeilst",                   // k
	"abcdefgiklmnoprstuvwy",    // l
	"abcdeilmnoprstu",          // m
	"abcdefghiklmnoprstuv",     // n
	"abcdefgiklmnoprstuvwx",    // o
	"acdefghiklmoprstuwy",      // p
	"su",                       // q
	"abcdefgiklmnoprstuvwxy",   // r
	"abcdefghiklmnopqrstuvwxy", // s
	"abcdefghilmnoprstuvwxyz",  // t
	"abcdefgilmnoprstx",        // u
	"abcdefilmnopqstw",         // v
	"aehilnors",                // w
	"abcdefiopst",              // x
	"eilmnpst",                 // y
	"aei",                      // z
}

var isFollower = func() (table [26][26]bool) {
	for i, letters := range followers {
		for _, c := range []byte(letters) {
			table[i][c-'a'] = true
		}
	}
	return table
}()

// minRandom is the length of the shortest text that LooksRandom can judge.
const minRandom = 9

// LooksRandom reports whether text looks randomly generated: its letters follow one another as
// they do not in words, or lower case, upper case and digits alternate as they do not in names.
// It finds 98 % of random texts in base64url of 12 or more characters, and 90 % of those in
// lower-case letters. It is wrong for a few percent of programmers' names, nearly all of them
// abbreviations in upper case.
func LooksRandom(text string) bool {
	if len(text) < minRandom {
		return false
	}
	pairs, odd, runs, length := 0, 0, 0, 0
	previous, last := byte(0), byte(0) // class of the previous character; the previous letter, 0 for none
	isRepeat := false                  // the previous letter is the same as the one before it
	for i := range len(text) {
		c := text[i]
		var class byte
		switch {
		case isDigit(c):
			class = '0'
		case isLetter(c) && c >= 'a':
			class = 'a'
		case isLetter(c):
			class = 'A'
		default:
			last = 0
			continue
		}
		length++
		// A capital letter and the small letters after it are one run.
		if class != previous && !(class == 'a' && previous == 'A') {
			runs++
			last = 0
		}
		if class != '0' {
			letter := c | 0x20
			if last != 0 {
				pairs++
				// A letter again and again says as much as twice: "iii" is a numeral.
				if !isFollower[last-'a'][letter-'a'] && !(isRepeat && letter == last) {
					odd++
				}
			}
			last, isRepeat = letter, letter == last
		}
		previous = class
	}
	return runs*10 > length*4 || odd >= 2 && odd*6 > pairs
}
