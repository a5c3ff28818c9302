package attempts

import "testing"

func TestRecent(t *testing.T) {
	t.Parallel()
	r := newRecent[string, int](2)
	unexpected := func() int { t.Error("the entry was removed"); return -1 }
	r.get("a", func() int { return 1 })
	r.get("b", func() int { return 2 })
	r.get("a", unexpected) // now b is the least recently used
	r.get("c", func() int { return 3 })
	if got := r.get("a", unexpected); got != 1 {
		t.Errorf("a is %d, want 1", got)
	}
	if got := r.get("b", func() int { return 20 }); got != 20 {
		t.Errorf("b is %d, want 20: it should have been removed", got)
	}
	r.remove("b")
	r.remove("absent")
	if len(r.entries) != r.order.Len() || len(r.entries) != 1 {
		t.Errorf("%d entries, %d in order, want 1", len(r.entries), r.order.Len())
	}
}
