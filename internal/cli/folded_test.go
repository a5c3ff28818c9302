package cli

import (
	"testing"

	"akita/internal/apimodel"
)

func TestFoldedNote(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		folded apimodel.Truncated
		want   string
	}{
		"nothing": {apimodel.Truncated{}, ""},
		"paths":   {apimodel.Truncated{Paths: 1}, "1 call folded away: too many words stand beside one another in their paths, and are taken for values\n"},
		"routes and hosts": {apimodel.Truncated{Routes: 2, Hosts: 3}, "2 calls folded away: there are too many routes: those of these calls are no endpoints\n" +
			"3 calls folded away: there are too many hosts: they are joined as \"*\"\n"},
	} {
		if got := foldedNote(test.folded); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
