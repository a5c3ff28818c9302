package gate

import "testing"

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	m := newMemory(4, 8)
	known := m.place(1)
	for at := range place(100) {
		m.place(at)
		m.sighted(at, uint32(at))
	}
	if len(m.places) > 4 || len(m.names)+len(m.past) > 2*8 {
		t.Errorf("it remembers %d places and %d names", len(m.places), len(m.names)+len(m.past))
	}
	if m.place(1) != known {
		t.Error("a known place became new")
	}
	if p := m.place(99); !p.strict || p.calls < establishedCalls {
		t.Error("a place over the bound counts as new")
	}
}

func TestANameThatComesAgainIsKept(t *testing.T) {
	t.Parallel()
	m := newMemory(4, 8)
	m.know(1000)
	for at := range place(100) {
		m.sighted(at, 1)
		if !m.isKnown(1000) {
			t.Fatalf("it was forgotten after %d others, although it came each time", at)
		}
	}
}

func TestSightedCountsCalls(t *testing.T) {
	t.Parallel()
	m := newMemory(4, 8)
	for i, step := range []struct {
		call uint32
		want uint8
	}{{1, 1}, {1, 1}, {2, 2}, {1, 2}, {2, 2}, {3, 3}} {
		if got := m.sighted(7, step.call); got != step.want {
			t.Errorf("step %d: %d calls, want %d", i, got, step.want)
		}
	}
}
