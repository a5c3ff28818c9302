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
		"paths":   {apimodel.Truncated{Paths: 1}, "1 call simplified: too many different words at one position of the path; the words count as values\n"},
		"routes and hosts": {apimodel.Truncated{Routes: 2, Hosts: 3}, "2 calls simplified: too many routes; the calls count as unmatched\n" +
			"3 calls simplified: too many hosts; the hosts count as \"*\"\n"},
	} {
		if got := foldedNote(test.folded); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
