package cli

import "runtime/debug"

// limitMemory sets a soft memory limit that keeps a daemon below the documented 64 MiB. The
// program's own text takes up to 20 MiB of them.
func limitMemory(getenv func(string) string) {
	const limit = 40 << 20
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
	collectLess(getenv)
}

// collectLess runs the garbage collector less often. It suits commands that have a small heap
// and produce much garbage: `akita model build` takes a third less time for a few MiB more.
func collectLess(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
