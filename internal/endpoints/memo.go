package endpoints

import (
	"encoding/binary"
	"maps"

	"akita/internal/apimodel"
	"akita/internal/judgement"
	"akita/internal/shape"
)

// Memo keeps what an inference found out of single operations, so that the next inference of almost
// the same model computes only what is new. It knows operations by their address: an operation that
// was read must not change. A Memo is not safe for concurrent use.
type Memo struct {
	round uint64 // the number of the inference
	last  uint64 // the last id that was given
	facts map[*apimodel.Operation]*facts
	sums  map[string]*facts // by the ids of what they sum up
}

// NewMemo returns an empty memo.
func NewMemo() *Memo {
	return &Memo{facts: make(map[*apimodel.Operation]*facts), sums: make(map[string]*facts)}
}

// begin starts an inference.
func (m *Memo) begin() { m.round++ }

// end ends an inference, and forgets what it did not use.
func (m *Memo) end() {
	maps.DeleteFunc(m.facts, func(_ *apimodel.Operation, f *facts) bool { return f.round != m.round })
	maps.DeleteFunc(m.sums, func(_ string, f *facts) bool { return f.round != m.round })
}

// of returns the facts of an operation of the model.
func (m *Memo) of(op *apimodel.Operation) *facts {
	f := m.facts[op]
	if f == nil {
		f = m.newFacts(op)
		m.facts[op] = f
	}
	f.round = m.round
	return f
}

func (m *Memo) newFacts(op *apimodel.Operation) *facts {
	m.last++
	return &facts{Operation: op, memo: m, id: m.last}
}

// sum returns the facts of the sum of operations. There must be at least one.
func (m *Memo) sum(of []*facts) *facts {
	if len(of) == 1 {
		return of[0]
	}
	key := make([]byte, 0, 64)
	for _, f := range of {
		key = binary.AppendUvarint(key, f.id)
	}
	sum := m.sums[string(key)]
	if sum == nil {
		op := apimodel.NewOperation()
		for _, f := range of {
			op.Merge(f.Operation)
		}
		sum = m.newFacts(op)
		m.sums[string(key)] = sum
	}
	sum.round = m.round
	return sum
}

// facts are an operation with what follows from its calls alone, which is computed when it is needed
// for the first time.
type facts struct {
	*apimodel.Operation

	memo  *Memo
	id    uint64
	round uint64 // of the memo in which they were used last

	success  *shape.Shape         // the cache of answer
	sketched *judgement.Operation // the cache of sketch
	accepts  map[string]bool      // the cache of ways
	mediums  map[string]bool      // the cache of kinds
	listed   *line                // the cache of line
	route    routeFacts
	row      *Row // of the endpoint that they were last of
}

// routeFacts are what follows from an operation of a route and its path.
type routeFacts struct {
	path, anonymous string
	arguments       []argument
}

// ofRoute returns the facts of a route's operation at a path.
func (f *facts) ofRoute(path string) *routeFacts {
	if f.route.path != path || f.route.anonymous == "" {
		f.route = routeFacts{path, Anonymous(path), routeArguments(path, f.Operation)}
	}
	return &f.route
}

// calls are calls of an operation, which are summed up when they are needed.
type calls struct {
	of    []*facts
	total *facts // the cache of sum
}

// add adds calls.
func (c *calls) add(of ...*facts) {
	c.of, c.total = append(c.of, of...), nil
}

// sum returns the facts of the sum. There is at least one call.
func (c *calls) sum() *facts {
	if c.total == nil {
		c.total = c.of[0].memo.sum(c.of)
	}
	return c.total
}

// count counts the calls without summing them up.
func (c *calls) count() (n uint64) {
	for _, f := range c.of {
		n += f.Calls()
	}
	return n
}
