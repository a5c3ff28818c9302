package witness

import "strings"

// Cache remembers what was read of texts that most calls repeat: routes, names of headers, words
// of paths, and names of consumers. It changes no witness. It is not safe for concurrent use; nil remembers nothing.
type Cache struct {
	routes  known[[]route]
	headers known[headerName]
	words   known[struct{}]

	consumers known[bool]
}

// Bounds of what is remembered. Clients choose these texts.
const (
	maxKnown      = 2000
	maxKnownBytes = maxRouteBytes
)

// known holds results by text.
type known[T any] map[string]T

// put remembers a result. It forgets all others if they are too many.
func (k *known[T]) put(text string, result T) {
	if len(text) > maxKnownBytes {
		return
	}
	if *k == nil || len(*k) >= maxKnown {
		*k = make(known[T])
	}
	(*k)[strings.Clone(text)] = result // the text may be a part of a large entry
}

// route returns the templates that a route stands for, as parseVariants does.
func (c *Cache) route(text string) []route {
	if c == nil {
		return parseVariants(text)
	}
	variants, ok := c.routes[text]
	if !ok {
		text = strings.Clone(text) // the templates share its memory
		variants = parseVariants(text)
		c.routes.put(text, variants)
	}
	return variants
}

// header returns what the name of a header says, as readHeaderName does.
func (c *Cache) header(name string) headerName {
	if c == nil {
		return readHeaderName(name)
	}
	read, ok := c.headers[name]
	if !ok {
		name = strings.Clone(name)
		read = readHeaderName(name)
		c.headers.put(name, read)
	}
	return read
}

// isConsumer reports whether a text is the name of a consumer, as the function isConsumer does.
func (c *Cache) isConsumer(name string) bool {
	if c == nil {
		return isConsumer(name)
	}
	is, ok := c.consumers[name]
	if !ok {
		is = isConsumer(name)
		c.consumers.put(name, is)
	}
	return is
}

// isWord reports whether a segment is known to be a word. Values are not remembered: they seldom recur.
func (c *Cache) isWord(text string) bool {
	if c == nil {
		return false
	}
	_, ok := c.words[text]
	return ok
}

// addWord remembers that a segment is a word.
func (c *Cache) addWord(text string) {
	if c != nil {
		c.words.put(text, struct{}{})
	}
}
