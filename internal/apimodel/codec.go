package apimodel

import (
	"fmt"

	"github.com/go-json-experiment/json"

	"akita/internal/shape"
)

// codecVersion is the version of the encoding. Unmarshal refuses newer ones. Version 1 has one
// tree for all calls.
const codecVersion = 2

// modelJSON is the stored form of a Model.
type modelJSON struct {
	Version  int                  `json:"version"`
	Count    uint64               `json:"count"`
	Noise    uint64               `json:"noise,omitzero"`
	Routes   []routeJSON          `json:"routes,omitzero"`
	Unrouted uint64               `json:"unrouted,omitzero"`
	Trees    []treeJSON           `json:"trees,omitzero"` // by proof
	Roots    map[string]*nodeJSON `json:"roots,omitzero"` // version 1 only; by host
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
	AnyWord   bool                  `json:"anyword,omitzero"`
	AnySuffix bool                  `json:"anyending,omitzero"`
	Ops       map[string]*Operation `json:"ops,omitzero"`
}

// MarshalBinary encodes the model as JSON for Unmarshal. Members are sorted, so equal models have
// equal bytes.
func (m *Model) MarshalBinary() ([]byte, error) {
	stored := modelJSON{
		Version:  codecVersion,
		Count:    m.count,
		Noise:    m.unmatched,
		Unrouted: m.routes.rest,
		Schemes:  m.schemes,
	}
	for _, key := range m.routes.sorted() {
		byHost := m.routes.byKey[key].byHost
		for _, host := range sortedKeys(byHost) {
			stored.Routes = append(stored.Routes, routeJSON{host, key.method, key.template, key.base, byHost[host]})
		}
	}
	for _, t := range m.trees {
		stored.Trees = append(stored.Trees, treeJSON{t.step, t.root.toJSON()})
	}
	b, err := json.Marshal(&stored, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	return b, nil
}

// Unmarshal decodes what MarshalBinary of this or an earlier version wrote.
func Unmarshal(b []byte) (*Model, error) {
	var stored modelJSON
	if err := json.Unmarshal(b, &stored); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	if stored.Version < 1 || stored.Version > codecVersion {
		return nil, fmt.Errorf("decode model: its version is %d, this akita reads up to %d", stored.Version, codecVersion)
	}
	m := New()
	m.count, m.unmatched, m.routes.rest = stored.Count, stored.Noise, stored.Unrouted
	for _, host := range sortedKeys(stored.Schemes) {
		m.addScheme(host, stored.Schemes[host])
	}
	// Merge into new operations: they have all maps, which the JSON may lack.
	for _, r := range stored.Routes {
		if r.Operation == nil {
			continue
		}
		if op := m.routes.operation(routeKey{r.Method, r.Template, r.Base}, r.Host); op != nil {
			op.Merge(r.Operation)
		}
	}
	if len(stored.Trees) > len(m.trees) {
		return nil, fmt.Errorf("decode model: it has %d trees, at most %d are possible", len(stored.Trees), len(m.trees))
	}
	if stored.Version == 1 {
		stored.Trees = []treeJSON{{Root: &nodeJSON{Literals: stored.Roots}}}
	}
	for i, t := range stored.Trees {
		if t.Step < 0 || t.Step >= len(m.limits.words) {
			return nil, fmt.Errorf("decode model: a tree is at step %d of %d", t.Step, len(m.limits.words)-1)
		}
		read := newNode()
		read.restore(t.Root)
		m.trees[i].merge(&tree{root: read, step: t.Step})
	}
	return m, nil
}

func (n *Node) toJSON() *nodeJSON {
	j := &nodeJSON{
		Words:     n.words,
		AnyWord:   n.anyWord,
		AnySuffix: n.anySuffix,
		Ops:       n.ops,
		Params:    nodesToJSON(n.params),
		Literals:  nodesToJSON(n.literals),
	}
	if n.arg.Count() > 0 {
		j.Arg = &n.arg
	}
	return j
}

func nodesToJSON(nodes map[string]*Node) map[string]*nodeJSON {
	if len(nodes) == 0 {
		return nil
	}
	stored := make(map[string]*nodeJSON, len(nodes))
	for name, child := range nodes {
		stored[name] = child.toJSON()
	}
	return stored
}

// restore sets n, a new node, from its stored form.
func (n *Node) restore(k *nodeJSON) {
	if k == nil {
		return
	}
	n.arg.Merge(k.Arg)
	n.words, n.anyWord, n.anySuffix = k.Words, k.AnyWord, k.AnySuffix
	for method, op := range k.Ops {
		if op != nil {
			n.operation(method).Merge(op)
		}
	}
	n.params, n.literals = restoreNodes(k.Params), restoreNodes(k.Literals)
}

func restoreNodes(stored map[string]*nodeJSON) map[string]*Node {
	nodes := make(map[string]*Node, len(stored))
	for name, k := range stored {
		child := newNode()
		child.restore(k)
		nodes[name] = child
	}
	return nodes
}
