package fiction

import "strings"

var (
	firstNames = strings.Fields(
		"Ada Grace Alan Edsger Barbara Donald Margaret Dennis Ken Linus Radia Vint Tim Sophie Hedy Katherine",
	)
	lastNames = strings.Fields(
		"Lovelace Hopper Turing Dijkstra Liskov Knuth Hamilton Ritchie Thompson Torvalds " +
			"Perlman Cerf Lee Wilson Lamarr Johnson",
	)
	cities = []string{
		"Paris",
		"Oslo",
		"Lima",
		"Kyoto",
		"Accra",
		"Quito",
		"New York",
		"Porto",
		"Bern",
		"Hanoi",
		"Tunis",
		"Riga",
	}
	countries  = strings.Fields("FR NO PE JP GH EC DE US PT CH VN TN LV")
	currencies = strings.Fields("EUR USD JPY CHF NOK")
	languages  = strings.Fields("en fr de pt-BR ja en-GB")
	dictionary = strings.Fields(
		`acorn amber anchor apple apron arrow autumn badge bakery balcony bamboo banner barley basket
		beacon berry bicycle birch blanket blossom border bottle branch bread breeze bridge bronze
		bucket butter button cabin cactus camera candle canoe canvas canyon carpet castle cedar cellar
		chalk cherry chimney circle citrus clover coast cobalt coffee comet compass copper coral corner
		cotton cradle crane creek cricket crystal current curtain daisy dawn desert diamond dolphin
		dragon dusk eagle earth echo elm ember engine fabric falcon feather fern ferry field fiddle
		flame flint flower forest fossil fountain garden garlic ginger glacier globe granite grape
		harbor harvest hazel heather hedge heron hill honey horizon island ivory ivy jacket jasmine
		jungle juniper kettle kite ladder lagoon lake lantern laurel lavender leaf lemon library lily
		linen lotus magnet mango maple marble market meadow melon mirror mist moon morning moss mountain
		nectar nest oak oasis ocean olive onyx orchard otter owl oyster paddle palace paper parsley path
		pearl pebble pepper piano pine planet plum pocket pond poppy prairie puzzle quartz quill rain
		raven reed ribbon ridge river robin rocket rose saddle saffron salmon sand satin scarlet shadow
		shell silk silver sky slate snow spice spring spruce star stone storm stream summer sunset swan
		tea thistle thunder tide timber tulip tundra valley velvet violet walnut water wave whale wheat
		willow window winter wolf wood yarn zephyr`,
	)
)

// PersonName is the name of a person.
func PersonName() *Type {
	return plain(func(r *Rand) string { return r.Pick(firstNames) + " " + r.Pick(lastNames) })
}

// FirstName is one of a few first names.
func FirstName() *Type { return Words(firstNames...) }

// City is one of a few cities.
func City() *Type { return Words(cities...) }

// Sentence is some words of prose.
func Sentence() *Type {
	return plain(func(r *Rand) string {
		words := []string{"The", r.Pick(dictionary), "and", "the", r.Pick(dictionary), "of", r.Pick(dictionary) + "."}
		return strings.Join(words[:r.Between(4, len(words))], " ")
	})
}

// Title is a heading of a few words.
func Title() *Type {
	return plain(func(r *Rand) string { return capital(r.Pick(dictionary)) + " " + r.Pick(dictionary) })
}

// Word is a word of a dictionary.
func Word() *Type { return plain(func(r *Rand) string { return r.Pick(dictionary) }) }

// Slug is a name in a URL, of one to three words of a dictionary.
func Slug(n int) *Type {
	return plain(func(r *Rand) string {
		words := make([]string, r.Between(1, 3))
		for i := range words {
			words[i] = r.Pick(dictionary)
		}
		return strings.Join(words, "-")
	}).Pool(n)
}

// WordSlug is a name in a URL that is one word of a dictionary.
func WordSlug(n int) *Type { return Word().Pool(n) }

// FileName is the name of a file, with an ending.
func FileName(endings ...string) *Type {
	return plain(func(r *Rand) string { return r.Pick(dictionary) + "-" + r.Pick(dictionary) + "." + r.Pick(endings) })
}

// Digits is a text of n digits, such as a postal code.
func Digits(n int) *Type { return plain(func(r *Rand) string { return "0" + r.Of(digits, n-1) }) }

func plain(draw func(r *Rand) string) *Type { return scalar(Form{Kind: String}, draw) }

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
