package apimodel

// Truncated counts what a model's limits folded away.
type Truncated struct {
	Paths  uint64 `json:"paths,omitempty"`  // calls of whose path not all words are told apart
	Routes uint64 `json:"routes,omitempty"` // calls of routes over the limit, which are no endpoints
	Hosts  uint64 `json:"hosts,omitempty"`  // calls whose host is not told apart from others
}

// Truncated says what the limits folded away; nothing for a model within them.
func (m *Model) Truncated() Truncated {
	f := Truncated{Routes: m.routes.rest}
	for _, of := range m.routes.byKey {
		if op := of.byHost[AnyHost]; op != nil {
			f.Hosts += op.Calls()
		}
	}
	for _, t := range m.trees {
		for host, root := range t.hosts() {
			if m.manyHosts || host == AnyHost {
				f.Hosts += root.calls()
			}
			f.Paths += root.shortened()
		}
	}
	return f
}
