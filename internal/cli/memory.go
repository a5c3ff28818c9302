package cli

import "runtime/debug"

// limitMemory makes the garbage collector work harder before the process outgrows what a
// daemon promises: 64 MiB, of which the program's own text takes up to 20.
func limitMemory(getenv func(string) string) {
	const limit = 40 << 20
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
	collectLess(getenv)
}

// collectLess makes the garbage collector work less than usual, for commands whose heap is
// small and whose garbage is much: a third of the time of `akita model build` for a few MiB.
func collectLess(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
