package apimodel

import (
	"maps"
	"testing"

	"akita/internal/witness"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	add := func(m *Model, host, scheme string) {
		m.Add(
			&witness.Witness{Method: "GET", Host: host, Scheme: scheme, Status: 200, Path: []witness.Segment{{Literal: "a"}}},
		)
	}
	m := NewSmall() // of two hosts
	add(m, "a.test", "http")
	add(m, "a.test", "https")
	add(m, "b.test", "")
	if got, want := m.Hosts(), (map[string]Schemes{"a.test": OverHTTP | OverHTTPS, "b.test": 0}); !maps.Equal(got, want) {
		t.Errorf("the hosts are %v, want %v", got, want)
	}
	add(m, "c.test", "http")
	if got, want := m.Hosts(), (map[string]Schemes{AnyHost: OverHTTP | OverHTTPS}); !maps.Equal(got, want) {
		t.Errorf("too many hosts are %v, want %v", got, want)
	}
	for host := range m.Paths() {
		if host != AnyHost {
			t.Errorf("there are paths of %s", host)
		}
	}
}
