package names

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed words/records.txt
var recordFile string

var (
	kindRanks   = newKindRanks()
	kindEndings = section(recordFile, "kind-ending")
	wrappers    = setOf(recordFile, "wrapper")
	identifiers = setOf(recordFile, "identifier")
)

// leastSure is the highest rank of names that name kinds.
const leastSure = 4

func newKindRanks() map[string]int {
	ranks := make(map[string]int)
	for rank := 1; rank <= leastSure; rank++ {
		for _, name := range section(recordFile, "kind-"+strconv.Itoa(rank)) {
			ranks[name] = rank
		}
	}
	return ranks
}

// KindRank ranks the names of fields whose value names the kind of their object, such as "type": 1 for
// the surest, 4 for the least sure, 0 for all other names.
func KindRank(name string) int {
	if rank := kindRanks[name]; rank > 0 {
		return rank
	}
	for _, ending := range kindEndings {
		if strings.HasSuffix(name, ending) {
			return leastSure
		}
	}
	return 0
}

// IsKind reports whether the value of a field of this name is little more than the kind of its object.
func IsKind(name string) bool {
	rank := KindRank(name)
	return 0 < rank && rank < leastSure
}

// IsWrapper reports whether a name, such as "data", means only that the field contains something.
func IsWrapper(name string) bool { return wrappers.hasInAnyCase(name) }

// IsIdentifier reports whether a field of this name, in lower case, identifies its object.
func IsIdentifier(name string) bool { return identifiers.has(name) }
