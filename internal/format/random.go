package format

// followers says for each letter which letters commonly follow it in the words that names of
// fields, functions and paths are made of: English and the abbreviations of programmers.
// A pair stands here if at least one of some 600 such words has it.
var followers = [26]string{
	"abcdefgiklmnprstuvwxy", "abcdefijloprstuy", "abcdefghiklmnoprstuvy", "abcdefgilmnopqrstuvwxy", "abcdefghiklmnopqrstuvwxy", "abcdefgilmnoprstuy", "acdeghilmnoprstu",
	"adeilmorstuy", "abcdefglmnoprstvxz", "ae", "aeilst", "abcdefgiklmnoprstuvwy", "abcdeilmnoprstu", "abcdefghiklmnoprstuv", "abcdefgiklmnoprstuvwx", "acdefghiklmoprstuwy",
	"su", "abcdefgiklmnoprstuvwxy", "abcdefghiklmnopqrstuvwxy", "abcdefghilmnoprstuvwxyz", "abcdefgilmnoprstx", "abcdefilmnopqstw", "aehilnors", "abcdefiopst", "eilmnpst", "aei",
}

var isFollower = func() (table [26][26]bool) {
	for i, letters := range followers {
		for _, c := range []byte(letters) {
			table[i][c-'a'] = true
		}
	}
	return table
}()

// minRandom is how long a text must be for its letters to tell a token from a name.
const minRandom = 9

// LooksRandom tells texts of letters and digits that nobody made up: their letters follow one
// another as they do not in words, or lower case, upper case and digits take turns as
// they do not in names. Of random texts of base64url it tells 98 of 100 from 12 characters
// on, of random lower-case letters 9 of 10; of names that programmers give it wrongly tells a few of 100,
// nearly all of them abbreviations in upper case.
func LooksRandom(text string) bool {
	if len(text) < minRandom {
		return false
	}
	pairs, odd, runs, length := 0, 0, 0, 0
	previous, last := byte(0), byte(0) // the class before, and the letter right before
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
		// A capital begins a word together with the small letters behind it.
		if class != previous && !(class == 'a' && previous == 'A') {
			runs++
			last = 0
		}
		if class != '0' {
			letter := c | 0x20
			if last != 0 {
				pairs++
				if !isFollower[last-'a'][letter-'a'] {
					odd++
				}
			}
			last = letter
		}
		previous = class
	}
	return runs*10 > length*4 || odd >= 2 && odd*6 > pairs
}
