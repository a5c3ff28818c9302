package endpoints

// slugs are the words that stood in paths for parameters. They never leave the API: they only
// tell fields that name such things from enums.
type slugs struct {
	words map[string]bool // of paths, before it is decided which are parameters; and of arguments
	names map[string]bool // those that are no parameters
}

func newSlugs() slugs { return slugs{make(map[string]bool), make(map[string]bool)} }

func (s slugs) has(word string) bool { return s.words[word] && !s.names[word] }

// addArguments notes the values of arguments that routes name; offline only they are known.
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
