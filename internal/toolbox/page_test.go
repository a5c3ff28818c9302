package toolbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pagesOf returns the text of all pages of an answer.
func pagesOf(a answer) (pages []string) {
	var from *position
	for {
		var next *position
		text := a.page(from, func(at position) string {
			next = &at
			return fmt.Sprint(at.group, "-", at.item)
		})
		pages = append(pages, text)
		if next == nil || len(pages) > 100_000 {
			return pages
		}
		from = next
	}
}

// Whatever the items are, each is on exactly one page, in order, and no page is too large.
func TestPagesLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, 3500), 0, 40).Draw(t, "sizes")
		head := rapid.IntRange(0, 2000).Draw(t, "head")
		texts := make([]string, len(sizes))
		for i, size := range sizes {
			texts[i] = fmt.Sprintf("%d:%s", i, strings.Repeat(rapid.SampledFrom([]string{"x", "é"}).Draw(t, "letter"), size/4))
		}
		a := answer{[]string{"head " + strings.Repeat("h", head)}, listed(texts, plain)}
		var got []string
		for _, page := range pagesOf(a) {
			if n := Tokens(page); n > MaxTokens {
				t.Fatalf("a page has %d tokens", n)
			}
			for line := range strings.Lines(page) {
				line = strings.TrimSuffix(line, "\n")
				if !strings.HasPrefix(line, "next: ") && !strings.HasPrefix(line, "head ") {
					got = append(got, line)
				}
			}
		}
		if !slices.Equal(got, texts) {
			t.Fatalf("%d items, want %d", len(got), len(texts))
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "a": 1, "ab": 2, "abcde": 3, "é": 2, "名": 3, "a名": 4} {
		if got := Tokens(text); got != want {
			t.Errorf("Tokens(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestGroupsGoOnInTheMiddle(t *testing.T) {
	t.Parallel()
	groups := [][]string{{"a", "b"}, nil, {"c", "d", "e"}}
	items := inGroups(groups, slices.Values[[]string])
	for from, want := range map[position]string{
		{}: "abcde", {0, 1}: "bcde", {1, 0}: "cde", {2, 1}: "de", {2, 9}: "", {9, 0}: "",
	} {
		got := ""
		for it := range items(from) {
			got += it.text
		}
		if got != want {
			t.Errorf("from %v: %q, want %q", from, got, want)
		}
	}
}

func TestPageBehindTheEnd(t *testing.T) {
	t.Parallel()
	a := answer{[]string{"head"}, listed([]string{"a"}, plain)}
	if got := a.page(&position{group: 7}, nil); got != "There are no more items.\n" {
		t.Errorf("%q", got)
	}
}
