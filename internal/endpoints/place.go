package endpoints

import (
	"iter"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/judgement"
	"akita/internal/shape"
)

// place is a node of the draft tree, in which Infer decides what the words of paths mean. The tree
// starts as a copy of the model's: each word is a child, and all other segments are values of a
// parameter, one parameter for each form of the code around the values (segment.Form: "", ".csv",
// ":cancel", "Products({})"). Words that turn out to be values are moved into the parameter.
type place struct {
	literals map[string]*place
	params   map[string]*place     // by form
	ops      map[string]*operation // by method: the calls of exactly this path

	echoes map[string]uint64 // calls whose response repeats the segment, by the member that repeats it

	arg           shape.Shape        // of a parameter: its values
	words         uint64             // of a parameter: how many of its values were words
	distinctWords uint64             // of a parameter: how many different words became its values
	codes         string             // of a parameter: what its values are codes for; "" if unknown
	reasons       []judgement.Reason // of a parameter: why the words are values
	tail          bool               // of a parameter: its values have any number of segments
}

// operation holds the calls of one method at a place. It has at least one.
type operation struct {
	calls

	byHost map[string]*calls // its calls by host; nil if all are of one host
}

func newPlace() *place { return new(place) }

func newOperation() *operation { return new(operation) }

func newCalls() *calls { return new(calls) }

// origin is where the calls of a tree of the model belong.
type origin struct {
	memo *Memo
	host *string // nil to keep the calls of all hosts together
}

// addNode adds a copy of the node of a model and of all nodes below it. It shares the operations.
func (p *place) addNode(n *apimodel.Node, from origin) {
	p.addSegment(n)
	p.addCalls(n, from)
}

// addSegment copies what a model saw of the segment at n.
func (p *place) addSegment(n *apimodel.Node) {
	p.arg.Merge(n.Values())
	p.words += n.Words()
	p.addEchoes(n.Echoes())
}

// addCalls copies the calls that a model saw at and below n, as addNode does.
func (p *place) addCalls(n *apimodel.Node, from origin) {
	for method, op := range n.Operations() {
		p.operation(method).addCalls(op, from)
	}
	for form, param := range n.Params() {
		p.addValues(form, param, from)
	}
	for text, child := range n.Literals() {
		p.addWord(text, child, from)
	}
}

// merge adds o to p. It does not change o, and both share nothing afterwards.
func (p *place) merge(o *place) {
	p.arg.Merge(&o.arg)
	p.words += o.words
	p.distinctWords += o.distinctWords
	p.tail = p.tail || o.tail
	if p.reasons == nil {
		p.reasons = o.reasons
	}
	p.addEchoes(maps.All(o.echoes))
	for method, op := range o.ops {
		p.operation(method).add(op)
	}
	p.mergeBelow(o)
}

// mergeBelow adds what is below o to what is below p.
func (p *place) mergeBelow(o *place) {
	for suffix, param := range o.params {
		p.param(suffix).merge(param)
	}
	for text, child := range o.literals {
		p.literal(text).merge(child)
	}
}

func (p *place) addEchoes(echoes iter.Seq2[string, uint64]) {
	for member, calls := range echoes {
		if member == apimodel.Many {
			continue
		}
		if p.echoes == nil {
			p.echoes = make(map[string]uint64)
		}
		p.echoes[member] += calls
	}
}

// add adds the calls of o, which stays as it is.
func (op *operation) add(o *operation) {
	op.calls.add(o.of...)
	for host, of := range o.byHost {
		child(&op.byHost, host, newCalls).add(of.of...)
	}
}

// addCalls adds calls of the model, which stay as they are.
func (op *operation) addCalls(of *apimodel.Operation, from origin) {
	seen := from.memo.of(of)
	op.calls.add(seen)
	if from.host != nil {
		child(&op.byHost, *from.host, newCalls).add(seen)
	}
}

// hosts returns the calls by host; all are of host if they were not kept apart.
func (op *operation) hosts(host string) map[string]*calls {
	if op.byHost == nil {
		return map[string]*calls{host: &op.calls}
	}
	return op.byHost
}

// literal returns the child for a word.
func (p *place) literal(text string) *place { return child(&p.literals, text, newPlace) }

// param returns the parameter for values of a form.
func (p *place) param(form string) *place { return child(&p.params, form, newPlace) }

func (p *place) operation(method string) *operation { return child(&p.ops, method, newOperation) }

// child returns the value of a key, and creates a missing one.
func child[V any](of *map[string]V, key string, create func() V) V {
	if v, ok := (*of)[key]; ok {
		return v
	}
	if *of == nil {
		*of = make(map[string]V)
	}
	v := create()
	(*of)[key] = v
	return v
}

// absorb turns a word, which ends with suffix, into a value of the parameter with that suffix.
func (p *place) absorb(text, suffix string) {
	word := p.literals[text]
	delete(p.literals, text)
	calls := word.calls()
	param := p.param(suffix)
	param.words += calls
	param.arg.Merge(&shape.Shape{Strs: calls})
	param.merge(word)
}

// absorbAll turns words into values of one parameter. A common ending stays part of the path.
func (p *place) absorbAll(words []string) {
	suffix := judgement.CommonSuffix(words)
	for _, text := range words {
		p.absorb(text, suffix)
	}
	p.param(suffix).distinctWords += uint64(len(words))
}

// calls counts the calls at and below p.
func (p *place) calls() uint64 {
	var sum uint64
	for _, op := range p.ops {
		sum += op.count()
	}
	for child := range p.children() {
		sum += child.calls()
	}
	return sum
}

// children yields the words and parameters right below p.
func (p *place) children() iter.Seq[*place] {
	return func(yield func(*place) bool) {
		for _, of := range []map[string]*place{p.literals, p.params} {
			for _, child := range of {
				if !yield(child) {
					return
				}
			}
		}
	}
}

// succeeds reports whether any call at or below p was accepted. "Not modified" (304) does not count,
// because it shows nothing of the response.
func (p *place) succeeds() bool {
	for _, of := range p.ops {
		op := of.sum()
		same := op.Responses[notModified]
		if op.Accepted.Count > 0 && (same == nil || op.Accepted.Count > same.Count) {
			return true
		}
	}
	for child := range p.children() {
		if child.succeeds() {
			return true
		}
	}
	return false
}

// notModified is the status with which a client uses its copy of the response.
const notModified = 304

// exists reports whether the responses show that any operation at or below p exists.
func (p *place) exists() bool {
	for _, op := range p.ops {
		if !isUnmatched(op.sum().Operation, false) {
			return true
		}
	}
	for child := range p.children() {
		if child.exists() {
			return true
		}
	}
	return false
}

// addLiterals adds the words at and below p to a set.
func (p *place) addLiterals(to map[string]bool) {
	for text := range p.literals {
		to[text] = true
	}
	for child := range p.children() {
		child.addLiterals(to)
	}
}

// paramShape sums up the values of a parameter in the calls of exactly this path. key is its key in
// apimodel.Request.Args.
func (p *place) paramShape(key string) *shape.Shape {
	sum := new(shape.Shape)
	for _, op := range p.ops {
		for _, r := range op.sum().AllRequests() {
			if arg := r.Args.ByName[key]; arg != nil {
				sum.Merge(arg.Shape)
			}
		}
	}
	return sum
}

// sortedKeys returns the keys of a map in order. All decisions use it, so that they are reproducible.
func sortedKeys[V any](m map[string]V) []string {
	keys := slices.AppendSeq(make([]string, 0, len(m)), maps.Keys(m))
	slices.Sort(keys)
	return keys
}
