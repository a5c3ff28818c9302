package endpoints

// slugs holds the words that were values of path parameters. They never leave the Set. They only
// distinguish enums from fields that name such things.
type slugs struct {
	words map[string]bool // all words of paths, and the values of arguments
	names map[string]bool // words of paths that are not values of parameters
}

func newSlugs() slugs { return slugs{make(map[string]bool), make(map[string]bool)} }

func (s slugs) has(word string) bool { return s.words[word] && !s.names[word] }

// addArguments adds the values of arguments that routes name. They are known offline only.
func (s slugs) addArguments(arguments []argument) {
	for _, a := range arguments {
		if a.shape.Enum == nil {
			continue
		}
		for _, m := range a.shape.Enum.Members {
			s.words[m.Text] = true
		}
	}
}
