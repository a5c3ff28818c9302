package judgement

import (
	"fmt"
	"testing"
)

func TestNovelty(t *testing.T) {
	t.Parallel()
	of := func(words int, each uint64) *Sketch {
		s := New("", nil)
		for i := range words {
			s.AddWord(calls(fmt.Sprint("w", i), "GET", each, nil))
		}
		return s
	}
	checkRows(t, map[string]row{
		"many words that were called once": {of(20, 1), context{}, "w0 -"},
		"few words that recur":             {of(5, 9), context{}, "w0 +"},
		"too few calls to say":             {of(5, 1), context{}, "w0 0"},
		"too few words to say":             {of(3, 9), context{}, "w0 0"},
	}, RuleNovelty, (*level).novelty)
}
