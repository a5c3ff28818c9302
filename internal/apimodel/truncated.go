package apimodel

// Truncated counts the calls that a model keeps in less detail because of its limits.
type Truncated struct {
	Paths  uint64 `json:"paths,omitempty"`  // calls whose paths have words that are not kept apart
	Routes uint64 `json:"routes,omitempty"` // calls of routes beyond the limit, which are not endpoints
	Hosts  uint64 `json:"hosts,omitempty"`  // calls whose host is not kept apart from others
}

// Truncated counts what exceeded the limits; all is zero for a model within them.
func (m *Model) Truncated() Truncated {
	t := Truncated{Routes: m.routes.rest}
	for _, of := range m.routes.byKey {
		if op := of.byHost[AnyHost]; op != nil {
			t.Hosts += op.Calls()
		}
	}
	for p := served; p < fetched; p++ {
		for host, root := range m.whole(p).hosts() {
			if m.manyHosts || host == AnyHost {
				t.Hosts += root.calls()
			}
			t.Paths += root.shortened()
		}
	}
	return t
}
