package apimodel

import (
	"testing"

	"akita/internal/witness"
)

func treeOf(nodes int, words ...string) *tree {
	t := &tree{root: newNode(), nodes: nodes, steps: []int{9, 2, 0}}
	for _, text := range words {
		t.add(&witness.Witness{Method: "GET", Host: "a.test", Status: 200, Path: aWord(text)})
	}
	return t
}

func TestTreeNarrowsUntilItFits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tree      *tree
		step      int
		kept      int // words
		shortened uint64
	}{
		"within its nodes":         {treeOf(6, "a", "b", "c", "d", "a"), 0, 4, 0},
		"more words than a step":   {treeOf(99, letters(10)...), 0, 0, 10},
		"more nodes than it may":   {treeOf(6, letters(5)...), 1, 0, 5},
		"merged beyond its nodes":  {mergedTree(treeOf(6, letters(4)...), treeOf(6, "e")), 1, 0, 5},
		"merged with a narrow one": {mergedTree(treeOf(6, "a"), treeOf(6, letters(5)...)), 1, 0, 6},
	} {
		host := c.tree.hosts()["a.test"]
		if host == nil {
			t.Errorf("%s: there is no host", name)
			continue
		}
		if c.tree.step != c.step || len(host.literals) != c.kept || host.shortened() != c.shortened {
			t.Errorf("%s: step %d with %d words and %d calls of others, want %d, %d and %d",
				name, c.tree.step, len(host.literals), host.shortened(), c.step, c.kept, c.shortened)
		}
	}
}

// letters returns n different words.
func letters(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = string(rune('a' + i))
	}
	return out
}

func mergedTree(t, o *tree) *tree {
	t.merge(o)
	return t
}

func TestTreeOfTooManyHosts(t *testing.T) {
	t.Parallel()
	tr := treeOf(99)
	for _, host := range letters(10) {
		tr.add(&witness.Witness{Method: "GET", Host: host, Status: 200, Path: aWord("x")})
	}
	hosts := tr.hosts()
	if len(hosts) != 1 || hosts[AnyHost].calls() != 10 {
		t.Errorf("%d hosts are kept apart, with %d calls of any", len(hosts), hosts[AnyHost].calls())
	}
}
