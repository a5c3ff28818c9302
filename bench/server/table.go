package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// The targets. They are printed beside the figures and never checked.
const (
	targetCall      = "≤ 5 µs at 50, ≤ 25 µs at 5000"
	targetModel     = "≤ 150 ms"
	targetEndpoint  = "≤ 50 ms"
	targetMemory    = "≤ 256 MiB"
	targetJSON      = "≤ 1 s"
	targetYAML      = "≤ 2 s"
	targetDocument  = "≤ 64 MiB"
	targetHistory   = "≤ 200 MB"
	targetRange     = "≤ 300 ms"
	targetBuildCPU  = "≤ 0.5 s"
	targetBuildPeak = "≤ 96 MB"
	noTarget        = ""
)

// table holds the figures of a run.
type table struct {
	sizes []size
	loads []loadFigures
	rows  []row // figures of other parts
}

// row is one figure.
type row struct{ name, value, target string }

func (t *table) addLoad(of size, f loadFigures) {
	t.sizes, t.loads = append(t.sizes, of), append(t.loads, f)
}

func (t *table) addBuild(b build) {
	name := fmt.Sprintf("akita model build, %s (%s)", b.name, megabytes(b.size))
	cpu, memory := targetBuildCPU, targetBuildPeak
	if b.archive != netbox {
		cpu, memory = noTarget, noTarget
	}
	t.rows = append(
		t.rows,
		row{name + ": CPU", fmt.Sprintf("%s (%s json.load)", seconds(b.akita.cpu), ratio(b.akita.cpu, b.load.cpu)), cpu},
		row{
			name + ": peak memory",
			fmt.Sprintf("%s (%s json.load)", megabytes(b.akita.memory), ratio(b.akita.memory, b.load.memory)), memory,
		},
	)
}

func (t *table) print(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if len(t.loads) > 0 {
		t.printLoads(out)
	}
	for _, r := range t.rows {
		fmt.Fprintf(out, "%s\t%s\t", r.name, r.value)
		for range max(len(t.loads)-1, 0) {
			fmt.Fprint(out, "\t")
		}
		fmt.Fprintln(out, r.target)
	}
	return out.Flush()
}

func (t *table) printLoads(w io.Writer) {
	fmt.Fprint(w, "endpoints\t")
	for _, s := range t.sizes {
		fmt.Fprintf(w, "%s\t", s)
	}
	fmt.Fprintln(w, "target")
	for _, figure := range loadRows {
		if figure.peer && t.loads[0].peer.calls == 0 {
			continue
		}
		fmt.Fprintf(w, "%s\t", figure.name)
		for _, f := range t.loads {
			fmt.Fprintf(w, "%s\t", figure.value(&f))
		}
		fmt.Fprintln(w, figure.target)
	}
}

// loadRows are the figures of each load. Those of a peer need one.
var loadRows = []struct {
	name   string
	peer   bool
	value  func(*loadFigures) string
	target string
}{
	{"calls", false, func(f *loadFigures) string { return fmt.Sprint(f.cost.calls) }, noTarget},
	{"endpoints in the model", false, func(f *loadFigures) string { return fmt.Sprint(f.endpoints) }, noTarget},
	{"server CPU per call", false, func(f *loadFigures) string { return f.cost.perCall(f.cost.server) }, targetCall},
	{"  of the peer", true, func(f *loadFigures) string { return f.peer.perCall(f.peer.server) }, noTarget},
	{"  ratio", true, func(f *loadFigures) string {
		return ratio(f.cost.each(f.cost.server), f.peer.each(f.peer.server))
	}, noTarget},
	{"daemon CPU per call", false, func(f *loadFigures) string { return f.cost.perCall(f.cost.daemon) }, noTarget},
	{"  of the peer", true, func(f *loadFigures) string { return f.peer.perCall(f.peer.daemon) }, noTarget},
	{"  ratio", true, func(f *loadFigures) string {
		return ratio(f.cost.each(f.cost.daemon), f.peer.each(f.peer.daemon))
	}, noTarget},
	{"bytes written per call", false, func(f *loadFigures) string { return f.cost.writtenPerCall() }, noTarget},
	{"  of the peer", true, func(f *loadFigures) string { return f.peer.writtenPerCall() }, noTarget},
	{"GET model: slowest", false, func(f *loadFigures) string { return at(f.reads.model, 100) }, targetModel},
	{"GET model: median", false, func(f *loadFigures) string { return at(f.reads.model, 50) }, noTarget},
	{"GET endpoint: slowest", false, func(f *loadFigures) string { return at(f.reads.endpoint, 100) }, targetEndpoint},
	{"server CPU while pages are read", false, func(f *loadFigures) string {
		return fmt.Sprintf("%.2f cores", f.reads.cores)
	}, noTarget},
	{"server memory: peak", false, func(f *loadFigures) string { return mebibytes(f.peak) }, targetMemory},
	{"server memory: at the end", false, func(f *loadFigures) string { return mebibytes(f.rss) }, targetMemory},
	{"akita.db", false, func(f *loadFigures) string { return megabytes(f.database) }, noTarget},
	{"OpenAPI as JSON: size", false, func(f *loadFigures) string { return megabytes(f.json.bytes) }, noTarget},
	{"OpenAPI as JSON: server CPU", false, func(f *loadFigures) string { return seconds(f.json.cpu) }, targetJSON},
	{"OpenAPI as JSON: memory", false, func(f *loadFigures) string { return mebibytes(f.json.memory) }, targetDocument},
	{"OpenAPI as YAML: size", false, func(f *loadFigures) string { return megabytes(f.yaml.bytes) }, noTarget},
	{"OpenAPI as YAML: server CPU", false, func(f *loadFigures) string { return seconds(f.yaml.cpu) }, targetYAML},
	{"OpenAPI as YAML: memory", false, func(f *loadFigures) string { return mebibytes(f.yaml.memory) }, targetDocument},
}

func (c costs) each(d time.Duration) time.Duration { return d / time.Duration(max(c.calls, 1)) }

func (c costs) perCall(d time.Duration) string {
	return fmt.Sprintf("%.1f µs", float64(c.each(d).Nanoseconds())/1000)
}

func (c costs) writtenPerCall() string { return fmt.Sprint(c.written / int64(max(c.calls, 1))) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func mebibytes(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// ratio returns a as a multiple of b, "-" if b is 0.
func ratio[T time.Duration | int64](a, b T) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f ×", float64(a)/float64(b))
}

// at returns a percentile of times, by nearest rank, "-" of none.
func at(times []time.Duration, percent int) string {
	if len(times) == 0 {
		return "-"
	}
	sorted := slices.Sorted(slices.Values(times))
	rank := max((len(sorted)*percent+99)/100, 1)
	return fmt.Sprintf("%.0f ms", sorted[rank-1].Seconds()*1000)
}
