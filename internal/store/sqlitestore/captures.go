package sqlitestore

import (
	"slices"
	"strings"

	"akita/internal/store"
)

// repeatMark stands in the key of a capture before the traces that it repeats. No id has it.
const repeatMark = "<"

// captureKey returns the text that identifies a capture in its project: the ids of its traces in
// order, each with a comma behind it, then, if it repeats others, the mark and their ids in the
// same form.
func captureKey(c store.Capture) string {
	key := join(c.TraceIDs)
	if len(c.Repeats) > 0 {
		key += repeatMark + join(c.Repeats)
	}
	return key
}

func join(ids []string) string { return strings.Join(ids, ",") + "," }

// tracesOf returns what is in a key.
func tracesOf(key string) (traceIDs, repeats []string) {
	traces, repeated, ok := strings.Cut(key, repeatMark)
	if ok {
		repeats = split(repeated)
	}
	return split(traces), repeats
}

func split(ids string) []string { return strings.Split(strings.TrimSuffix(ids, ","), ",") }

// sortedOrNil returns ids in order, nil for none.
func sortedOrNil(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	return slices.Sorted(slices.Values(ids))
}
