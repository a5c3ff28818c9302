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

// A call whose host the daemon withheld does not join the hosts that are known.
func TestWithheldHost(t *testing.T) {
	t.Parallel()
	m := New()
	for _, template := range []string{"", "/a"} {
		for _, host := range []string{"a.test", AnyHost, "b.test"} {
			m.Add(&witness.Witness{
				Method: "GET", Host: host, Scheme: "http", Status: 200, Template: template,
				Path: []witness.Segment{{Literal: "a"}},
			})
		}
	}
	want := map[string]Schemes{"": OverHTTP, "a.test": OverHTTP, "b.test": OverHTTP}
	if got := m.Hosts(); !maps.Equal(got, want) {
		t.Errorf("the hosts are %v, want %v", got, want)
	}
	for host := range m.Paths() {
		delete(want, host)
	}
	if len(want) > 0 {
		t.Errorf("there are no paths of %v", want)
	}
	if truncated := m.Truncated(); truncated.Hosts != 0 {
		t.Errorf("the limits left out %d hosts", truncated.Hosts)
	}
}
