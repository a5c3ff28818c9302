package judgement

import "testing"

func TestHashes(t *testing.T) {
	t.Parallel()
	seen := make(map[uint64]string)
	for _, text := range []string{"", "a", "b", "ab", "ba", "users"} {
		if other, twice := seen[hashOf(text)]; twice {
			t.Errorf("%q and %q have one hash", text, other)
		}
		seen[hashOf(text)] = text
	}
	if mixed(1, 2, 3) == mixed(1, 3, 2) || mixed(1, 2) == mixed(1, 2, 0) {
		t.Error("the order and the number of what is mixed must count")
	}
}
