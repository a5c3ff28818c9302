package cli

import (
	"slices"
	"strings"
	"testing"
)

func TestSeveralValues(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"coverage --tests a b --production c d --min 9": "coverage --tests a --tests b --production c --production d --min 9",
		"coverage --tests a --tests b --production -":   "coverage --tests a --tests b --production -",
		"coverage --tests=a b":                          "coverage --tests=a b",
		"coverage --min 9 --tests a --all b":            "coverage --min 9 --tests a --all b",
		"coverage x --tests":                            "coverage x --tests",
		"upload --tests a b":                            "upload --tests a b",
		"diff a b":                                      "diff a b",
	} {
		if got := severalValues(strings.Fields(args)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%q is %q, want %q", args, got, want)
		}
	}
}
