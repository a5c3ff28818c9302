package witness

import (
	"strings"

	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// Consumer is who made a call: as the application's code names it, by the label of a header that the
// application trusts, or else the family of the client. The zero Consumer is an unknown one.
type Consumer struct {
	Name    string
	Version string // "" for a family, and if it is not known
	// IsValue says that Name and Version are the value of a header. They may leave only if they recur
	// (package gate), so that this is not a part of what leaves.
	IsValue bool
}

// OtherConsumer is the name of all consumers together whose names are not kept apart.
const OtherConsumer = "other"

// Limits of the texts of a consumer, in bytes.
const (
	maxConsumerName    = 64
	maxConsumerVersion = 40
)

// consumerOf returns who made a call. A name that is not a label or is spelled like data, such as an id, is
// one of others, wherever it is from.
func consumerOf(e *har.Entry, cache *Cache) Consumer {
	known := &e.Akita
	if known.Consumer == "" {
		return Consumer{Name: names.AgentFamily(header(e.Request.Headers, "User-Agent"))}
	}
	c := Consumer{Name: known.Consumer, Version: known.ConsumerVersion, IsValue: known.ConsumerInHeader}
	switch {
	case !cache.isConsumer(c.Name):
		return Consumer{Name: OtherConsumer}
	case !IsConsumerVersion(c.Version), c.Name == OtherConsumer:
		c.Version = ""
	}
	return c
}

// isConsumer reports whether a text is the name of a consumer, and not spelled like data.
func isConsumer(name string) bool {
	return IsConsumerName(name) && !shape.IsDataKey(strings.ReplaceAll(name, " ", "_"))
}

// valid reports whether a consumer is one that consumerOf returns.
func (c Consumer) valid() bool {
	if c.Name == "" {
		return c.Version == ""
	}
	return IsConsumerName(c.Name) && (c.Version == "" || IsConsumerVersion(c.Version) && c.Name != OtherConsumer)
}

// IsConsumerName reports whether a text can be the name of a consumer.
func IsConsumerName(text string) bool {
	return len(text) <= maxConsumerName && isLabel(text, " ._-/+")
}

// IsConsumerVersion reports whether a text can be the version of a consumer.
func IsConsumerVersion(text string) bool {
	return len(text) <= maxConsumerVersion && isLabel(text, "._-+")
}

// isLabel reports whether a text is of letters and digits of ASCII, and of some marks between them.
func isLabel(text, marks string) bool {
	for i := range len(text) {
		c := text[i]
		isAlphanumeric := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		isInside := i > 0 && i < len(text)-1
		if !isAlphanumeric && !(isInside && strings.IndexByte(marks, c) >= 0) {
			return false
		}
	}
	return text != ""
}
