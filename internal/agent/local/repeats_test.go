package local

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestRepeats(t *testing.T) {
	t.Parallel()
	type arrival struct {
		call, trace string
		after       time.Duration
		revoked     bool
		others      []string
	}
	for name, arrivals := range map[string][]arrival{
		"one trace": {{call: "x", trace: "a"}, {call: "y", trace: "a"}},
		"each later trace repeats all earlier ones": {
			{call: "x", trace: "b"}, {call: "x", trace: "a", others: []string{"b"}},
			{call: "x", trace: "c", others: []string{"a", "b"}}, {call: "y", trace: "c"},
		},
		"calls that are alike are paired": {
			{call: "x", trace: "a"}, {call: "x", trace: "a"},
			{call: "x", trace: "b", others: []string{"a"}}, {call: "x", trace: "b", others: []string{"a"}},
			{call: "x", trace: "b"}, {call: "x", trace: "a", others: []string{"b"}},
		},
		"a call that was not taken": {
			{call: "x", trace: "a", revoked: true}, {call: "x", trace: "b"}, {call: "x", trace: "a", others: []string{"b"}},
		},
		"at the end of the window":    {{call: "x", trace: "a"}, {call: "x", trace: "b", after: 10 * time.Second, others: []string{"a"}}},
		"after the end of the window": {{call: "x", trace: "a"}, {call: "x", trace: "b", after: 10*time.Second + 1}},
	} {
		r, now := newRepeats(), time.Unix(0, 0)
		for i, a := range arrivals {
			now = now.Add(a.after)
			d := r.digest("shop", "web", []byte(a.call))
			if got := r.note(d, a.trace, now); !slices.Equal(got, a.others) {
				t.Errorf("%s: arrival %d repeats %q, want %q", name, i, got, a.others)
			}
			if a.revoked {
				r.revoke(d, a.trace)
			}
		}
	}
}

func TestRepeatsOfOthers(t *testing.T) {
	t.Parallel()
	r := newRepeats()
	digests := map[digest]bool{
		r.digest("shop", "web", []byte("x")): true, r.digest("shop", "webx", nil): true,
		r.digest("shopweb", "", []byte("x")): true, r.digest("shop", "web2", []byte("x")): true,
		newRepeats().digest("shop", "web", []byte("x")): true, // another key
	}
	if len(digests) != 5 {
		t.Errorf("%d digests, want 5", len(digests))
	}
}

func TestRepeatsAreBounded(t *testing.T) {
	t.Parallel()
	r, now := newRepeats(), time.Unix(0, 0)
	for i := range maxSightings + 10 {
		r.note(r.digest("shop", "web", fmt.Append(nil, i)), "a", now)
	}
	if len(r.known) != maxSightings || len(r.order) != maxSightings {
		t.Errorf("%d digests, %d in order; want %d", len(r.known), len(r.order), maxSightings)
	}
	if got := r.note(r.digest("shop", "web", []byte("0")), "b", now); got != nil {
		t.Errorf("the oldest is remembered for %q", got)
	}
}
