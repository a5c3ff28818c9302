package apimodel_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// The sum of groups of paths that shares memory with them is the one that is a copy.
func TestSharedSumIsTheSum(t *testing.T) {
	t.Parallel()
	sharedSums := 0
	rapid.Check(t, func(t *rapid.T) {
		m := modelOf(append(drawCalls(t), drawWitnesses(t)...))
		if rapid.Bool().Draw(t, "small") {
			m = smallModelOf(drawCalls(t))
		}
		before, err := m.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		copied, shared := m.SumsOfGroups()
		for p := range copied {
			if shared[p] == nil {
				continue
			}
			sharedSums++
			if !bytes.Equal(copied[p], shared[p]) {
				t.Fatalf("of degree %d, the sum that shares memory is\n%q\nwant\n%q", p, shared[p], copied[p])
			}
		}
		if after, err := m.MarshalBinary(); err != nil || !bytes.Equal(before, after) {
			t.Fatalf("the sum changes the model (%v)", err)
		}
	})
	if sharedSums == 0 {
		t.Error("no sum shares memory")
	}
}
