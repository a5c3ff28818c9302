package gate

import (
	"fmt"
	"testing"

	"akita/internal/witness"
)

// carrier carries the labels of consumers through a gate.
type carrier struct {
	*Gate
	calls uint32
}

// after returns the consumer that leaves in the last of some calls.
func (c *carrier) after(calls int, sent witness.Consumer) (left witness.Consumer) {
	for range calls {
		c.calls++
		f := filter{Gate: c.Gate, call: c.calls}
		left = f.consumer(sent)
	}
	return left
}

func TestConsumersOfCodePass(t *testing.T) {
	t.Parallel()
	for _, c := range []witness.Consumer{{}, {Name: "curl"}, {Name: "mobile-app", Version: "3.2"}} {
		g := carrier{Gate: New(Config{StrictNames: true})}
		if left := g.after(1, c); left != c {
			t.Errorf("%+v leaves as %+v", c, left)
		}
	}
}

func TestLabelsOfHeadersPassOnceTheyRecur(t *testing.T) {
	t.Parallel()
	sent := witness.Consumer{Name: "acme", Version: "1.0", IsValue: true}
	other := witness.Consumer{Name: witness.OtherConsumer}
	g := carrier{Gate: New(Config{})}
	if left := g.after(callsOfEntry-1, sent); left != other {
		t.Errorf("leaves too early: %+v", left)
	}
	f := filter{Gate: g.Gate, call: 1} // a call that is handed over again
	if left := f.consumer(sent); left != other {
		t.Errorf("a repeated call counts: %+v", left)
	}
	if left := g.after(1, sent); left != (witness.Consumer{Name: "acme"}) {
		t.Errorf("leaves as %+v", left)
	}
	if left := g.after(callsOfEntry-1, sent); left != (witness.Consumer{Name: "acme", Version: "1.0"}) {
		t.Errorf("later, leaves as %+v", left)
	}
	sent.Version = "hunter2"
	if left := g.after(1, sent); left != (witness.Consumer{Name: "acme"}) {
		t.Errorf("a new version leaves: %+v", left)
	}
	if g.Withheld() == 0 {
		t.Error("what is withheld is not counted")
	}
}

// A header that names users has too many labels: those of the first ones leave at most.
func TestManyLabelsOfHeaders(t *testing.T) {
	t.Parallel()
	g := carrier{Gate: New(Config{})}
	passed := 0
	for i := range 500 {
		sent := witness.Consumer{Name: fmt.Sprintf("user%c%c", 'a'+i/26, 'a'+i%26), IsValue: true}
		if left := g.after(2*callsOfEntry, sent); left.Name == sent.Name {
			passed++
		}
	}
	if passed != maxConsumers {
		t.Errorf("%d labels leave, want %d", passed, maxConsumers)
	}
	for i := range 100_000 {
		g.after(1, witness.Consumer{Name: fmt.Sprint("once-", i), IsValue: true})
	}
	if left := g.after(1, witness.Consumer{Name: "useraa", IsValue: true}); left.Name != "useraa" {
		t.Error("a label that left is forgotten")
	}
}
