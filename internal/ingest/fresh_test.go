package ingest

import (
	"testing"

	"akita/internal/delta"
)

func TestFreshCallsAreTakenOnce(t *testing.T) {
	t.Parallel()
	f := newFresh()
	calls, others := delta.New(), delta.New()
	f.put("a", freshCalls{1, calls})
	f.put("b", freshCalls{2, others})
	if got := f.take("a", 9); got != nil {
		t.Error("calls of another payload are returned")
	}
	if got := f.take("a", 1); got != calls {
		t.Errorf("got %v, want the calls of a", got)
	}
	if got := f.take("a", 1); got != nil {
		t.Error("calls are returned twice")
	}
	if got := f.take("b", 2); got != others {
		t.Errorf("got %v, want the calls of b", got)
	}
}
