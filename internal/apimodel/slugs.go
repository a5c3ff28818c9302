package apimodel

// slugs are the words that stood in paths for parameters. They never leave the API: they only
// tell fields that name such things from enums.
type slugs struct {
	words map[string]bool // of paths, before it is decided which are parameters; and of arguments
	names map[string]bool // those that are no parameters
}

func newSlugs() slugs { return slugs{make(map[string]bool), make(map[string]bool)} }

func (s slugs) has(word string) bool { return s.words[word] && !s.names[word] }

// infer resolves a tree of paths and notes its words.
func (s slugs) infer(root *node) {
	root.eachLiteral(s.words)
	root.resolve("")
	root.eachLiteral(s.names)
}

// eachLiteral adds the literal segments below n.
func (n *node) eachLiteral(to map[string]bool) {
	for text, child := range n.literals {
		to[text] = true
		child.eachLiteral(to)
	}
	for _, child := range n.params {
		child.eachLiteral(to)
	}
}

// argue notes the values of arguments that routes name; offline only they are known.
func (s slugs) argue(args []argument) {
	for _, a := range args {
		if a.shape.Enum == nil {
			continue
		}
		for _, m := range a.shape.Enum.Members {
			s.words[m.Text] = true
		}
	}
}
