package judgement

import (
	"strings"
	"testing"

	"akita/internal/shape"
)

// tree is a word that leads to paths. Each path was called once, with GET.
func treeOf(text string, answer func(path string) *shape.Shape, paths ...string) *Sketch {
	s := New(text, nil)
	below := make(map[string][]string)
	for _, path := range paths {
		first, rest, more := strings.Cut(path, "/")
		below[first] = append(below[first], rest)
		if !more {
			below[first] = below[first][:len(below[first])-1]
			below[first] = append(below[first], "")
		}
	}
	for _, first := range sortedKeys(below) {
		var deeper []string
		ends := false
		for _, rest := range below[first] {
			if rest == "" {
				ends = true
			} else {
				deeper = append(deeper, rest)
			}
		}
		w := treeOf(first, answer, deeper...)
		if ends {
			w.AddOperation("GET", NewOperation(Calls{Count: 1, Good: 1, Served: true, Answer: answer(first)}))
		}
		s.AddWord(w)
	}
	return s
}

func TestTail(t *testing.T) {
	t.Parallel()
	content := func(string) *shape.Shape { return objectOf("name", "size", "sha") }
	own := func(path string) *shape.Shape { return objectOf(path+"_a", path+"_b") }
	for name, test := range map[string]struct {
		word *Sketch
		want bool
	}{
		"paths of files": {
			treeOf("contents", content, "readme", "docs/guide", "src/main", "src/lib/util", "test/unit/first"), true,
		},
		"names that answer in their own ways": {
			treeOf("api", own, "health", "users/me", "orders/open", "orders/open/items", "carts/mine/items"), false,
		},
		"two depths":           {treeOf("timelines", content, "home", "tag/x", "tag/y"), false},
		"the same words below": {treeOf("v", content, "a", "b/x", "c/x", "b/x/y", "c/x/y"), false},
		"a version":            {treeOf("v1", content, "readme", "docs/guide", "src/lib/util"), false},
		"a single first word":  {treeOf("contents", content, "src", "src/lib", "src/lib/util"), false},
	} {
		if got := test.word.isTail(); got != test.want {
			t.Errorf("%s: a tail is %v, want %v", name, got, test.want)
		}
	}
}

// Files are a tail at two depths already.
func TestTailOfFiles(t *testing.T) {
	t.Parallel()
	s := New("static", nil)
	file := func(text string) *Sketch {
		w := New(text, nil)
		w.AddOperation("GET", NewOperation(Calls{Count: 1, Served: true, Answer: new(shape.Shape), Files: true}))
		return w
	}
	s.AddWord(file("a.css"))
	s.AddWord(leading("img", file("b.png"), file("c.png")))
	if !s.isTail() {
		t.Error("files at two depths are no tail")
	}
}

// What is folded is one value, and keeps all calls and the trailing slash.
func TestFold(t *testing.T) {
	t.Parallel()
	s := treeOf("contents", func(string) *shape.Shape { return objectOf("a", "b") }, "readme", "docs/guide", "src/lib/util")
	s.AddWord(call("", "GET", nil))
	words := []*Sketch{s.words["readme"], s.words["docs"], s.words["src"].words["lib"]}
	if !s.fold() {
		t.Error("the verdict is another than before")
	}
	if len(s.words) != 1 || s.words[""] == nil || len(s.ids) != 1 || s.ids[""].ops["GET"].calls != 3 {
		t.Errorf("the words are %v, the ids %v", s.words, s.ids)
	}
	for _, w := range words {
		if !w.value {
			t.Errorf("%s is a part of the value", w.text)
		}
	}
}
