package endpoints

import (
	"cmp"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/witness"
)

// NoAuth names calls without credentials, in addition to the names of witness.AuthType.
const NoAuth = "none"

// authTypes counts calls by type of authentication, from maps of calls by credentials. A call with
// credentials of two types counts for both.
func authTypes(byCredentials ...map[string]uint64) map[string]uint64 {
	counts := make(map[string]uint64)
	for _, calls := range byCredentials {
		for key, n := range calls {
			if key == "" {
				counts[NoAuth] += n
			}
			seen := make(map[witness.AuthType]bool)
			for _, a := range apimodel.Credentials(key) {
				if !seen[a.Type] {
					seen[a.Type] = true
					counts[string(a.Type)] += n
				}
			}
		}
	}
	return counts
}

// byFrequency lists the types of authentication of a count, most frequent first.
func byFrequency(counts map[string]uint64) []string {
	types := slices.DeleteFunc(sortedKeys(counts), func(name string) bool { return name == NoAuth })
	slices.SortStableFunc(types, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	if types == nil {
		types = []string{}
	}
	return types
}
