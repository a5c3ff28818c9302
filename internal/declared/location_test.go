package declared

import "testing"

func TestResolved(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ ref, slot, want string }{
		{"", "$['paths']", "$['paths']"},
		{"#/components/schemas/A", "$['paths']", "$['components']['schemas']['A']"},
		{"#/paths/~1a~1%7Bid%7D/get", "$['x']", "$['paths']['/a/{id}']['get']"},
		{"other.yaml#/A", "$['x']", ""},
		{"#/components/schemas/A", "", ""},
	} {
		if got := resolved(c.ref, c.slot); got != c.want {
			t.Errorf("%q in %q is %q, want %q", c.ref, c.slot, got, c.want)
		}
	}
	if got := member(item("$", "a'b", 2), `\`); got != `$['a\'b'][2]['\\']` {
		t.Errorf("the path is %s", got)
	}
}
