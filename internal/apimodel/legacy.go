package apimodel

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"akita/internal/shape"
)

// The types below are the encoding of models up to version 3. Version 1 did not keep calls apart by
// proof. Version 2 did not keep those apart that a browser made for itself, and counted preflights
// as noise. Version 3 did not keep the number of preflights.

type modelJSON struct {
	Version  int                  `json:"version"`
	Count    uint64               `json:"count"`
	Noise    uint64               `json:"noise,omitzero"`
	Routes   []routeJSON          `json:"routes,omitzero"`
	Unrouted uint64               `json:"unrouted,omitzero"`
	Trees    []treeJSON           `json:"trees,omitzero"` // by proof
	Roots    map[string]*nodeJSON `json:"roots,omitzero"` // of version 1: by host
	Schemes  map[string]Schemes   `json:"schemes,omitzero"`
}

type routeJSON struct {
	Host      string     `json:"host,omitzero"`
	Method    string     `json:"method"`
	Template  string     `json:"template"`
	Base      string     `json:"base,omitzero"`
	Operation *Operation `json:"operation"`
}

type treeJSON struct {
	Step int       `json:"step,omitzero"`
	Root *nodeJSON `json:"root,omitzero"`
}

type nodeJSON struct {
	Literals  map[string]*nodeJSON  `json:"literals,omitzero"`
	Params    map[string]*nodeJSON  `json:"params,omitzero"`
	Arg       *shape.Shape          `json:"arg,omitzero"`
	Words     uint64                `json:"words,omitzero"`
	Echoes    map[string]uint64     `json:"echoes,omitzero"`
	AnyWord   bool                  `json:"anyword,omitzero"`
	AnyEnding bool                  `json:"anyending,omitzero"`
	Ops       map[string]*Operation `json:"ops,omitzero"`
}

// unmarshalJSON decodes a model of version 1 to 3.
func unmarshalJSON(b []byte) (*Model, error) {
	var kept modelJSON
	if err := json.Unmarshal(b, &kept); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	if kept.Version < 1 || kept.Version > lastJSONVersion {
		return nil, fmt.Errorf("decode model: it has version %d, and this akita reads up to %d: upgrade akita",
			kept.Version, CodecVersion)
	}
	m := New()
	m.count, m.unmatched, m.routes.rest = kept.Count, kept.Noise, kept.Unrouted
	for _, host := range sortedKeys(kept.Schemes) {
		m.addScheme(host, kept.Schemes[host])
	}
	// Merging, rather than using what was read, completes what may be missing in it.
	for _, r := range kept.Routes {
		if r.Operation == nil {
			continue
		}
		if op := m.routes.operation(routeKey{r.Method, r.Template, r.Base}, r.Host); op != nil {
			op.Merge(r.Operation)
		}
	}
	if len(kept.Trees) > int(proofs) {
		return nil, fmt.Errorf("decode model: it has %d trees, of %d", len(kept.Trees), proofs)
	}
	if kept.Version == 1 {
		kept.Trees = []treeJSON{{Root: &nodeJSON{Literals: kept.Roots}}}
	}
	for i, t := range kept.Trees {
		if t.Step < 0 || t.Step >= len(m.limits.words) {
			return nil, fmt.Errorf("decode model: a tree is at step %d, of %d", t.Step, len(m.limits.words))
		}
		read := newNode()
		read.restore(t.Root)
		m.addTree(proof(i), &tree{root: read, step: t.Step})
	}
	return m, nil
}

// addTree adds a tree of all paths of a degree of proof, which holds hosts as words.
func (m *Model) addTree(p proof, t *tree) {
	for host, below := range t.root.literals {
		for group, root := range split(below, groupOf(p, host)) {
			of := newNode()
			of.literals = map[string]*Node{host: root}
			m.tree(treeKey{p, group}).merge(&tree{root: of, step: t.step})
		}
	}
	if anyHost := t.root.params[""]; anyHost != nil {
		of := newNode()
		of.params, of.anyWord = map[string]*Node{"": anyHost}, true
		m.tree(treeKey{proof: p}).merge(&tree{root: of, step: t.step})
	}
}

// split divides a node by the groups of the paths that end at and below it. The parts share what is
// below them with the node.
func split(n *Node, path groupHash) map[uint8]*Node {
	if path.complete() {
		return map[uint8]*Node{path.group(): n}
	}
	parts := make(map[uint8]*Node)
	add := func(group uint8) *Node { return get(parts, group, newNode) }
	if len(n.ops) > 0 {
		add(path.group()).ops = n.ops
	}
	for text, child := range n.literals {
		for group, below := range split(child, path.below(text)) {
			put(&add(group).literals, text, below)
		}
	}
	for form, child := range n.params {
		for group, below := range split(child, path.below(valueOf(form))) {
			put(&add(group).params, form, below)
		}
	}
	for _, part := range parts {
		part.anyWord, part.anyEnding = n.anyWord, n.anyEnding
	}
	// What is known of the segment itself is not known by group: the sum stays the same.
	first := add(slices.Min(append(slices.Collect(maps.Keys(parts)), maxGroups-1)))
	first.arg, first.words, first.echoes = n.arg, n.words, n.echoes
	return parts
}

func put[V any](to *map[string]V, key string, value V) {
	if *to == nil {
		*to = make(map[string]V)
	}
	(*to)[key] = value
}

// restore fills an empty node with what was read.
func (n *Node) restore(k *nodeJSON) {
	if k == nil {
		return
	}
	n.arg.Merge(k.Arg)
	n.words, n.anyWord, n.anyEnding = k.Words, k.AnyWord, k.AnyEnding
	n.mergeEchoes(k.Echoes)
	for method, op := range k.Ops {
		if op != nil {
			n.operation(method).Merge(op)
		}
	}
	n.params, n.literals = restored(k.Params), restored(k.Literals)
}

func restored(kept map[string]*nodeJSON) map[string]*Node {
	nodes := make(map[string]*Node, len(kept))
	for name, k := range kept {
		child := newNode()
		child.restore(k)
		nodes[name] = child
	}
	return nodes
}
