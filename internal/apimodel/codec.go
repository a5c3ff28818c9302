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
	Param    *nodeJSON             `json:"param,omitzero"`
	Arg      *shape.Shape          `json:"arg,omitzero"`
	Spilled  bool                  `json:"spilled,omitzero"`
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
	k := &nodeJSON{Spilled: n.spilled, Ops: n.ops}
	if n.arg.Count() > 0 {
		k.Arg = &n.arg
	}
	if n.param != nil {
		k.Param = n.param.kept()
	}
	if len(n.literals) > 0 {
		k.Literals = make(map[string]*nodeJSON, len(n.literals))
		for text, child := range n.literals {
			k.Literals[text] = child.kept()
		}
	}
	return k
}

func (n *node) restore(k *nodeJSON) {
	if k == nil {
		return
	}
	n.arg.Merge(k.Arg)
	n.spilled = k.Spilled
	if len(k.Ops) > 0 {
		n.ops = make(map[string]*operation, len(k.Ops))
		for method, op := range k.Ops {
			if op != nil {
				get(n.ops, method, newOperation).merge(op)
			}
		}
	}
	if k.Param != nil {
		n.ensureParam().restore(k.Param)
	}
	for text, child := range k.Literals {
		n.literal(text).restore(child)
	}
}
