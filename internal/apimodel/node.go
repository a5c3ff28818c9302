package apimodel

import (
	"iter"
	"maps"
	"math"

	"akita/internal/shape"
	"akita/internal/witness"
)

// Node is one place in a tree of calls. Its children are the segments that follow it. Each word is a
// child. All other segments are values of a parameter, one parameter for each form of the code around
// the values (segment.Form: "", ".csv", ":cancel", "Products({})"). A node belongs to its model and
// must not be changed.
//
// Every method that lets a node grow takes a limit on the words and on the endings that are kept
// apart. Beyond the limit all words become values of the parameter, or all endings become part of
// its values. The result depends on the calls alone and not on their order.
type Node struct {
	literals map[string]*Node
	params   map[string]*Node      // by form
	ops      map[string]*Operation // by method: calls whose path ends here

	echoes map[string]uint64 // calls whose response repeats the segment, by the member that repeats it

	arg   shape.Shape // of a parameter: its values
	words uint64      // of a parameter: how many of its values were words

	anyWord   bool // words are not kept apart: literals is empty
	anyEnding bool // endings are not kept apart: params has "" at most
	size      int  // the last result of measure; 0 after a change
}

func newNode() *Node { return &Node{} }

// Literals yields the words that follow the node.
func (n *Node) Literals() iter.Seq2[string, *Node] { return maps.All(n.literals) }

// Params yields the parameters that follow the node, by form.
func (n *Node) Params() iter.Seq2[string, *Node] { return maps.All(n.params) }

// Operations yields the operations of exactly this path, by method.
func (n *Node) Operations() iter.Seq2[string, *Operation] { return maps.All(n.ops) }

// Values returns the values of a parameter.
func (n *Node) Values() *shape.Shape { return &n.arg }

// Words returns how many values of a parameter were words.
func (n *Node) Words() uint64 { return n.words }

// Echoes yields how many calls had a response that repeats the segment of the node, by the name of
// the member that repeats it.
func (n *Node) Echoes() iter.Seq2[string, uint64] { return maps.All(n.echoes) }

// add counts a call. segments is the rest of its path below n.
func (n *Node) add(w *witness.Witness, segments []witness.Segment, limit int) {
	if len(segments) == 0 {
		n.operation(w.Method).add(w)
		return
	}
	child := n.child(segments[0], limit)
	child.add(w, segments[1:], limit)
	if child.size == 0 {
		n.size = 0
	}
}

// child returns the child for a segment, and counts a value there.
func (n *Node) child(s witness.Segment, limit int) *Node {
	if s.Kind != nil {
		p := n.param(s.Form(), limit)
		for _, kind := range s.Values() {
			p.arg.Merge(kind)
		}
		p.addEcho(s.Echo)
		return p
	}
	if child := n.literal(s.Literal, limit); child != nil {
		child.addEcho(s.Echo)
		return child
	}
	p := n.param("", limit)
	p.addWords(1)
	p.addEcho(s.Echo)
	return p
}

// maxEchoes bounds the names of members that repeat one segment.
const maxEchoes = 8

// addEcho counts a call in whose response a member repeats the segment; "" for none.
func (n *Node) addEcho(member string) {
	if member == "" {
		return
	}
	if n.echoes[member] > 0 && member != Many { // as in most calls
		n.echoes[member]++
		return
	}
	n.mergeEchoes(map[string]uint64{member: 1})
}

func (n *Node) mergeEchoes(echoes map[string]uint64) {
	if len(echoes) == 0 {
		return
	}
	if n.echoes == nil {
		n.echoes = make(map[string]uint64)
	}
	mergeCounts(n.echoes, echoes, maxEchoes)
}

func (n *Node) operation(method string) *Operation {
	if n.ops == nil {
		n.ops = make(map[string]*Operation)
	}
	return get(n.ops, method, NewOperation)
}

// param returns the parameter for values of a form.
func (n *Node) param(form string, limit int) *Node {
	if _, known := n.params[form]; !known && form != "" && len(n.params) >= limit {
		n.forgetEndings(limit)
	}
	if n.anyEnding {
		form = ""
	}
	if n.params == nil {
		n.params = make(map[string]*Node)
	}
	return get(n.params, form, newNode)
}

// literal returns the child for a word, nil if words are not kept apart.
func (n *Node) literal(text string, limit int) *Node {
	if _, known := n.literals[text]; !known && len(n.literals) >= limit {
		n.forgetWords(limit)
	}
	if n.anyWord {
		return nil
	}
	if n.literals == nil {
		n.literals = make(map[string]*Node)
	}
	return get(n.literals, text, newNode)
}

// merge adds o to n. It does not change o, and both share nothing afterwards.
func (n *Node) merge(o *Node, limit int) {
	n.size = 0
	n.arg.Merge(&o.arg)
	n.words += o.words
	n.mergeEchoes(o.echoes)
	for method, op := range o.ops {
		n.operation(method).Merge(op)
	}
	if o.anyWord {
		n.forgetWords(limit)
	}
	if o.anyEnding {
		n.forgetEndings(limit)
	}
	for suffix, param := range o.params {
		n.param(suffix, limit).merge(param, limit)
	}
	for text, child := range o.literals {
		if own := n.literal(text, limit); own != nil {
			own.merge(child, limit)
		} else {
			n.addValue(child, limit)
		}
	}
}

// forgetWords makes all words values of the parameter.
func (n *Node) forgetWords(limit int) {
	n.anyWord, n.size = true, 0
	words := n.literals
	n.literals = nil
	for _, child := range words {
		n.addValue(child, limit)
	}
}

// forgetEndings makes all endings part of the values.
func (n *Node) forgetEndings(limit int) {
	n.anyEnding, n.size = true, 0
	for suffix, param := range n.params {
		if suffix != "" {
			delete(n.params, suffix)
			n.param("", limit).merge(param, limit)
		}
	}
}

// addValue counts the calls at and below a word as calls with a value of the parameter.
func (n *Node) addValue(word *Node, limit int) {
	p := n.param("", limit)
	p.addWords(word.calls())
	p.merge(word, limit)
}

// addWords counts values that are words.
func (n *Node) addWords(count uint64) {
	n.words += count
	n.arg.Merge(&shape.Shape{Strs: count})
}

// calls counts the calls at and below n.
func (n *Node) calls() uint64 {
	var sum uint64
	for _, op := range n.ops {
		sum += op.Calls()
	}
	for _, param := range n.params {
		sum += param.calls()
	}
	for _, child := range n.literals {
		sum += child.calls()
	}
	return sum
}

// narrow applies a lower limit to n and to all nodes below it.
func (n *Node) narrow(limit int) {
	n.size = 0
	if len(n.literals) > limit {
		n.forgetWords(limit)
	}
	if n.endings() > limit {
		n.forgetEndings(limit)
	}
	for _, param := range n.params {
		param.narrow(limit)
	}
	for _, child := range n.literals {
		child.narrow(limit)
	}
}

// endings counts the parameters with a suffix.
func (n *Node) endings() int {
	if n.params[""] != nil {
		return len(n.params) - 1
	}
	return len(n.params)
}

// measure returns an upper bound of the number of nodes at and below n. The result never falls when
// calls are added: words or endings that are no longer kept apart count as if there were as many as
// the limit allows, each as large as the parameter that holds them now. Otherwise the limit that a
// tree fits into would depend on the order of calls.
func (n *Node) measure(limit int) int {
	if n.size > 0 {
		return n.size
	}
	size, forgotten := 1, 0
	for suffix, param := range n.params {
		size = sum(size, param.measure(limit))
		if suffix == "" {
			forgotten = product(limit, param.size)
		}
	}
	if n.anyWord {
		size = sum(size, forgotten)
	}
	if n.anyEnding {
		size = sum(size, forgotten)
	}
	for _, child := range n.literals {
		size = sum(size, child.measure(limit))
	}
	n.size = size
	return size
}

// maxSize saturates the arithmetic of measure.
const maxSize = math.MaxInt32

func sum(a, b int) int     { return min(a+b, maxSize) }
func product(a, b int) int { return min(a*b, maxSize) }
