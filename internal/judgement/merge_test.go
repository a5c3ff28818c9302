package judgement

import "testing"

func TestMergeSketches(t *testing.T) {
	t.Parallel()
	a := leading("acme", calls("repos", "GET", 2, objectOf("id", "name")))
	b := withIDs(leading("globex", calls("repos", "GET", 3, objectOf("id", "name"))), call("{}", "GET", nil))
	a.echoes, b.echoes = map[string]uint64{"login": 1}, map[string]uint64{"login": 2, "id": 1}
	sum := mergeSketches([]*Sketch{a, b})
	if sum.calls != 6 || sum.words["repos"].ops["GET"].calls != 5 || sum.echoes["login"] != 3 || sum.echoes["id"] != 1 {
		t.Errorf("the sum is %+v", sum)
	}
	if len(sum.from) != 2 || sum.ids[""].kind != strictIDs || len(sum.words["repos"].from) != 2 {
		t.Errorf("the sum was made of %d, with ids of kind %b", len(sum.from), sum.ids[""].kind)
	}
	if a.calls != 2 || a.echoes["login"] != 1 {
		t.Error("what is merged stays as it is")
	}
}

func TestMergePairwise(t *testing.T) {
	t.Parallel()
	join := func(a, b string) string { return a + b }
	for want, list := range map[string][]string{"": nil, "a": {"a"}, "abcde": {"a", "b", "c", "d", "e"}} {
		if got := mergePairwise(list, join); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
