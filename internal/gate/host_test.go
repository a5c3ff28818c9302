package gate

import (
	"fmt"
	"slices"
	"testing"
)

// hostsIn returns the numbers of the calls, from 1, in which a host leaves.
func hostsIn(g *Gate, host string, calls int) []int {
	var in []int
	for i := range calls {
		f := filter{Gate: g, call: uint32(i + 1)}
		if f.host(host) == host {
			in = append(in, i+1)
		}
	}
	return in
}

func TestHost(t *testing.T) {
	t.Parallel()
	listed := Config{Hosts: []string{"API.acme.example:8000 "}}
	for _, test := range []struct {
		host   string
		config Config
		want   int // the first call in which it leaves; 0 for none of 30
	}{
		{"", Config{}, 1}, // unknown
		{"localhost:8000", Config{}, 1},
		{"api.example.com", Config{}, 1},
		{"ip:8000", Config{}, callsOfName}, // any address
		{"api.bookstore.com", Config{}, callsOfName},
		{"sofia.miller", Config{}, callsOfName},
		{"hq3xr9bl.example", Config{}, callsOfEntry}, // a random label
		{"xn--mnchen-3ya.example", Config{}, callsOfEntry},
		{"localhost:hunter", Config{}, 0},
		{"localhost:", Config{}, 0},
		{"localhost:123456", Config{}, 0}, // too large for a port
		{"api.acme.example:8000", listed, 1},
		{"api.acme.example", listed, 0}, // another port
		{"localhost", listed, 0},
		{"localhost", Config{StrictNames: true}, callsOfName},
	} {
		var want []int
		for i := test.want; i > 0 && i <= 30; i++ {
			want = append(want, i)
		}
		if got := hostsIn(New(test.config), test.host, 30); !slices.Equal(got, want) {
			t.Errorf("%q leaves in the calls %v, want %v", test.host, got, want)
		}
	}
}

// Each of 20,000 invented hosts comes once, and 30 more come often.
func TestInventedHosts(t *testing.T) {
	t.Parallel()
	g := New(Config{})
	g.memory.maxNames = 100
	const known = "api.example.com"
	hostsIn(g, known, 1)
	for i := range 20_000 {
		if got := hostsIn(g, fmt.Sprintf("q%s.example", letters(i)), 1); got != nil {
			t.Fatalf("invented host %d leaves", i)
		}
	}
	left := 0
	for i := range 30 {
		if hostsIn(g, fmt.Sprintf("q%s.invented.example", letters(i)), 2*callsOfEntry) != nil {
			left++
		}
	}
	if left != maxHosts-1 {
		t.Errorf("%d invented hosts leave, want %d", left, maxHosts-1)
	}
	if hostsIn(g, known, 1) == nil {
		t.Error("the known host no longer leaves")
	}
}

// At most maxEarlyHosts ports leave at once.
func TestInventedPorts(t *testing.T) {
	t.Parallel()
	g := New(Config{})
	left := 0
	for port := range 1000 {
		left += len(hostsIn(g, fmt.Sprintf("localhost:%d", 10_000+port), 1))
	}
	if left != maxEarlyHosts {
		t.Errorf("%d ports leave, want %d", left, maxEarlyHosts)
	}
}

// letters writes a number as four letters.
func letters(i int) string {
	text := make([]byte, 4)
	for n := range text {
		text[n] = byte('a' + i%26)
		i /= 26
	}
	return string(text)
}
