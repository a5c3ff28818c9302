package judgement

import "testing"

func TestFriends(t *testing.T) {
	t.Parallel()
	var of, all friends
	of.add([]int{1, 2, 70}, false)
	of.add([]int{3}, true)
	of.scale = 1
	all.merge(&of, 2)
	all.merge(&of, 2)
	if got := all.count(); got != 3 {
		t.Errorf("%v friends, want each once and without the word itself", got)
	}
	of.scale = 10
	all.merge(&of, 2)
	if got := all.count(); got != 20 {
		t.Errorf("%v friends, want ten for each that stands for others", got)
	}
}
