package apimodel

// Truncated counts the calls that a model holds less exactly because of its limits.
type Truncated struct {
	Paths  uint64 `json:"paths,omitempty"`  // calls in whose path some word became a value
	Routes uint64 `json:"routes,omitempty"` // calls of routes over the limit, which are not among the endpoints
	Hosts  uint64 `json:"hosts,omitempty"`  // calls whose host is not distinguished from others
}

// Truncated returns what the limits truncated, zero for a model within them.
func (m *Model) Truncated() Truncated {
	t := Truncated{Routes: m.routes.rest}
	for _, route := range m.routes.byKey {
		if op := route.byHost[AnyHost]; op != nil {
			t.Hosts += op.Calls()
		}
	}
	for _, tree := range m.trees {
		for host, root := range tree.hosts() {
			if m.manyHosts || host == AnyHost {
				t.Hosts += root.calls()
			}
			t.Paths += root.shortened()
		}
	}
	return t
}
