package gate_test

import (
	"strings"
	"testing"

	"akita/internal/gate"
)

// Methods of a batch whose names are withheld are one action, and those that pass stay apart.
func TestActionsOfABatch(t *testing.T) {
	t.Parallel()
	g := gate.New(gate.Config{})
	c := call{path: "/rpc", body: `[
		{"jsonrpc":"2.0","id":1,"method":"get"}, {"jsonrpc":"2.0","id":2,"method":"qX7zkPw"},
		{"jsonrpc":"2.0","id":3,"method":"Zk29AbQ"}, {"jsonrpc":"2.0","id":4,"method":"get"}]`}
	got := leaves(t, g, c.entry(t, 1))
	for _, want := range []string{
		`{"protocol":"jsonrpc","name":"get","count":2,`, `{"protocol":"jsonrpc","count":2,`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the witness is %s, want %s in it", got, want)
		}
	}
}
