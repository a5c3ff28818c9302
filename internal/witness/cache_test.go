package witness

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"akita/internal/har"
)

func TestCacheChangesNothing(t *testing.T) {
	t.Parallel()
	entry := har.Entry{
		Akita: har.Akita{Consumer: "mobile app"},
		Request: har.Request{
			Method: "GET", URL: "https://api.example.test/v1/users/17/orders.42",
			Headers: []har.Pair{
				{Name: "X-Api-Key", Value: "k"}, {Name: "X-Tenant", Value: "a"}, {Name: "X-qZ8rT2xW", Value: "b"},
				{Name: "Accept", Value: "*/*"},
			},
		},
		Response: har.Response{Status: 200, Headers: []har.Pair{{Name: "X-Total", Value: "3"}, {Name: "Date", Value: "x"}}},
	}
	line := func(cache *Cache) string {
		w := FromEntry(&entry, Options{Cache: cache})
		text, err := AppendLine(nil, &w)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	cache, want := new(Cache), line(nil)
	for _, when := range []string{"read", "remembered"} {
		if got := line(cache); got != want {
			t.Errorf("%s: got %s, want %s", when, got, want)
		}
	}
	words := make([]string, 0, len(cache.words))
	for word := range cache.words {
		words = append(words, word)
	}
	slices.Sort(words)
	if want := []string{"users", "v1"}; !slices.Equal(words, want) {
		t.Errorf("the words %q are remembered, want %q", words, want)
	}
}

func TestKnownIsBounded(t *testing.T) {
	t.Parallel()
	var k known[int]
	k.put(strings.Repeat("x", maxKnownBytes+1), 1)
	if len(k) > 0 {
		t.Error("a long text is remembered")
	}
	for i := range maxKnown + 5 {
		k.put(strconv.Itoa(i), i)
	}
	if len(k) != 5 || k[strconv.Itoa(maxKnown)] != maxKnown {
		t.Errorf("%d texts are remembered after %d, want the last 5", len(k), maxKnown+5)
	}
}
