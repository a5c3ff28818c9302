package apimodel

// Folded counts what a model's limits folded away.
type Folded struct {
	Paths  uint64 `json:"paths,omitempty"`  // calls of whose path not all words are told apart
	Routes uint64 `json:"routes,omitempty"` // calls of routes over the limit, which are no endpoints
	Hosts  uint64 `json:"hosts,omitempty"`  // calls whose host is not told apart from others
}

// Folded says what the limits folded away; nothing for a model within them.
func (m *Model) Folded() Folded {
	f := Folded{Routes: m.routes.rest}
	for _, of := range m.routes.byKey {
		if op := of.byHost[anyHost]; op != nil {
			f.Hosts += op.calls()
		}
	}
	for _, t := range m.trees {
		for host, root := range t.hosts() {
			if m.manyHosts || host == anyHost {
				f.Hosts += root.calls()
			}
			f.Paths += root.shortened()
		}
	}
	return f
}

// object writes what was folded away as a member of a document; nil for nothing.
func (f Folded) object() object {
	var o object
	o.Count("paths", f.Paths)
	o.Count("routes", f.Routes)
	o.Count("hosts", f.Hosts)
	return o
}
