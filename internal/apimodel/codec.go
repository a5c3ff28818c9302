package apimodel

import (
	"fmt"

	"github.com/go-json-experiment/json"

	"akita/internal/shape"
)

// codecVersion is the version of the encoding; a newer one is refused.
const codecVersion = 1

// modelJSON is how a model is kept.
type modelJSON struct {
	Version int                  `json:"version"`
	Count   uint64               `json:"count"`
	Noise   uint64               `json:"noise,omitzero"`
	Routes  []routeJSON          `json:"routes,omitzero"`
	Roots   map[string]*nodeJSON `json:"roots,omitzero"`
	Schemes map[string]schemes   `json:"schemes,omitzero"`
}

type routeJSON struct {
	Host      string     `json:"host,omitzero"`
	Method    string     `json:"method"`
	Template  string     `json:"template"`
	Base      string     `json:"base,omitzero"`
	Operation *operation `json:"operation"`
}

type nodeJSON struct {
	Literals map[string]*nodeJSON  `json:"literals,omitzero"`
	Params   map[string]*nodeJSON  `json:"params,omitzero"`
	Arg      *shape.Shape          `json:"arg,omitzero"`
	Words    uint64                `json:"words,omitzero"`
	Ops      map[string]*operation `json:"ops,omitzero"`
}

// MarshalBinary writes the model so that Unmarshal can read it back: JSON, with
// members sorted, so that equal models are equal bytes.
func (m *Model) MarshalBinary() ([]byte, error) {
	kept := modelJSON{Version: codecVersion, Count: m.count, Noise: m.noise, Roots: make(map[string]*nodeJSON, len(m.roots)), Schemes: m.schemes}
	for _, key := range sortedRoutes(m.routes) {
		kept.Routes = append(kept.Routes, routeJSON{key.host, key.method, key.template, key.base, m.routes[key]})
	}
	for host, root := range m.roots {
		kept.Roots[host] = root.kept()
	}
	b, err := json.Marshal(&kept, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encode model: %w", err)
	}
	return b, nil
}

// Unmarshal reads what MarshalBinary wrote, by this version or an earlier one.
func Unmarshal(b []byte) (*Model, error) {
	var kept modelJSON
	if err := json.Unmarshal(b, &kept); err != nil {
		return nil, fmt.Errorf("decode model: %w", err)
	}
	if kept.Version < 1 || kept.Version > codecVersion {
		return nil, fmt.Errorf("decode model: it is of version %d, this akita reads up to %d", kept.Version, codecVersion)
	}
	m := New()
	m.count, m.noise = kept.Count, kept.Noise
	// Merging, instead of taking over what was read, makes whole what may be absent.
	for _, r := range kept.Routes {
		if r.Operation != nil {
			m.route(routeKey{r.Host, r.Method, r.Template, r.Base}).merge(r.Operation)
		}
	}
	for host, root := range kept.Roots {
		m.root(host).restore(root)
	}
	for host, seen := range kept.Schemes {
		m.addScheme(host, seen)
	}
	return m, nil
}

func (n *node) kept() *nodeJSON {
	k := &nodeJSON{Words: n.words, Ops: n.ops, Params: keptNodes(n.params), Literals: keptNodes(n.literals)}
	if n.arg.Count() > 0 {
		k.Arg = &n.arg
	}
	return k
}

func keptNodes(nodes map[string]*node) map[string]*nodeJSON {
	if len(nodes) == 0 {
		return nil
	}
	kept := make(map[string]*nodeJSON, len(nodes))
	for name, child := range nodes {
		kept[name] = child.kept()
	}
	return kept
}

func (n *node) restore(k *nodeJSON) {
	if k == nil {
		return
	}
	n.arg.Merge(k.Arg)
	n.words = k.Words
	for method, op := range k.Ops {
		if op != nil {
			n.operation(method).merge(op)
		}
	}
	for suffix, param := range k.Params {
		n.param(suffix).restore(param)
	}
	for text, child := range k.Literals {
		n.literal(text).restore(child)
	}
}
