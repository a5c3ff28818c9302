package toolbox

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// MaxTokens bounds an answer.
const MaxTokens = 2000

// Tokens returns how many tokens a text of answers has at most, without a vocabulary: five characters of
// ASCII are at most three tokens in such text, with its quotes, digits and paths, and a byte of another
// character is at most one (docs/adr/0036-tools-for-agents.md).
func Tokens(text string) int { return (size(text) + wholeToken - 1) / wholeToken }

// Sizes are in fifths of tokens.
const (
	wholeToken = 5
	asciiSize  = 3
)

func size(text string) (n int) {
	for i := range len(text) {
		if text[i] < utf8.RuneSelf {
			n += asciiSize
		} else {
			n += wholeToken
		}
	}
	return n
}

// A page has room for its items and the line with the cursor.
const (
	maxCursorTokens = 30
	maxPage         = (MaxTokens - maxCursorTokens) * wholeToken
)

// position says where an item stands: groups make it cheap to go on in the middle.
type position struct{ group, item int }

// item is what a page shows whole or not at all.
type item struct {
	at   position
	text string // lines, without the last line break
	// above repeats where the item belongs, if it is the first one of a further page.
	above string
}

// answer is what a tool says: a head on the first page, and items.
type answer struct {
	head  []string
	items func(from position) iter.Seq[item]
}

// page writes the items that fit: the first ones behind the head, or those from a position on.
func (a answer) page(from *position, cursor func(position) string) string {
	var out strings.Builder
	written := 0
	write := func(text string) {
		out.WriteString(text)
		written += size(text)
	}
	if from == nil {
		from = new(position)
		for _, line := range a.head {
			write(line + "\n")
		}
	}
	isNew := written == 0
	for it := range a.itemsFrom(*from) {
		if isNew && written == 0 {
			write(it.above)
		} else if written+size(it.text+"\n") > maxPage {
			write("next: " + cursor(it.at) + "\n")
			return out.String()
		}
		write(it.text + "\n")
	}
	if out.Len() == 0 {
		return "There are no more items.\n"
	}
	return out.String()
}

func (a answer) itemsFrom(from position) iter.Seq[item] {
	if a.items == nil {
		return func(func(item) bool) {}
	}
	return a.items(from)
}

// listed returns the items of a list, each in a group of its own.
func listed[T any](list []T, text func(T) string) func(position) iter.Seq[item] {
	return func(from position) iter.Seq[item] {
		return func(yield func(item) bool) {
			for i := from.group; i < len(list); i++ {
				if !yield(item{at: position{group: i}, text: text(list[i])}) {
					return
				}
			}
		}
	}
}

// inGroups returns the items that each member of a list makes.
func inGroups[T any](list []T, items func(T) iter.Seq[string]) func(position) iter.Seq[item] {
	return func(from position) iter.Seq[item] {
		return func(yield func(item) bool) {
			for group := from.group; group < len(list); group++ {
				n := 0
				for text := range items(list[group]) {
					at := position{group, n}
					n++
					if group == from.group && at.item < from.item {
						continue
					}
					if !yield(item{at: at, text: text}) {
						return
					}
				}
			}
		}
	}
}
