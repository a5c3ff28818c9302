package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
)

// pair holds the results of two binaries, measured one after the other.
type pair struct{ akita, peer result }

// comparison holds the pairs of one load.
type comparison struct {
	load

	pairs []pair
}

// comparePeer measures both binaries in turn, so that what else the machine does meets both alike.
func comparePeer(ctx context.Context, binary, peer string, clients, rounds int, loads []load) error {
	if rounds < 1 {
		return fmt.Errorf("-rounds is %d; it must be at least 1", rounds)
	}
	var comparisons []comparison
	for _, l := range loads {
		if l.events == 0 {
			continue
		}
		fmt.Fprintf(os.Stderr, "-----> %d events of %s from %d clients, %d times for each binary\n",
			l.events, l.name, clients, rounds)
		c := comparison{load: l}
		for round := range rounds {
			p, err := measurePair(ctx, binary, peer, clients, l, round%2 == 1)
			if err != nil {
				return err
			}
			c.pairs = append(c.pairs, p)
		}
		comparisons = append(comparisons, c)
	}
	return printRatios(os.Stdout, comparisons)
}

// measurePair measures both binaries, the peer first or second.
func measurePair(ctx context.Context, binary, peer string, clients int, l load, peerFirst bool) (p pair, err error) {
	if peerFirst {
		if p.peer, err = measure(ctx, peer, clients, l); err != nil {
			return p, fmt.Errorf("peer: %w", err)
		}
	}
	if p.akita, err = measure(ctx, binary, clients, l); err != nil || peerFirst {
		return p, err
	}
	if p.peer, err = measure(ctx, peer, clients, l); err != nil {
		return p, fmt.Errorf("peer: %w", err)
	}
	return p, nil
}

// printRatios prints what the binary takes of what the peer takes: the ratio of the least that each
// took, which other work on the machine raises least, and the median of the pairs' ratios.
func printRatios(w io.Writer, comparisons []comparison) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "akita / peer: of the minima (median of the pairs)")
	for _, c := range comparisons {
		fmt.Fprintf(t, "\t%d events of %s", c.events, c.name)
	}
	fmt.Fprintln(t)
	for _, row := range []struct {
		name  string
		value func(result) float64
	}{
		{"daemon: CPU time", func(r result) float64 { return r.daemonCPU.Seconds() }},
		{"daemon: peak memory", func(r result) float64 { return float64(r.daemonMemory) }},
		{"server: CPU time", func(r result) float64 { return r.serverCPU.Seconds() }},
		{"server: peak memory", func(r result) float64 { return float64(r.serverMemory) }},
	} {
		fmt.Fprint(t, row.name)
		for _, c := range comparisons {
			least, median := ratios(c.pairs, row.value)
			fmt.Fprintf(t, "\t%.2f (%.2f)", least, median)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// ratios returns the ratio of the minima of a value, and the median of its ratios in the pairs.
func ratios(pairs []pair, value func(result) float64) (least, median float64) {
	var ours, theirs, each []float64
	for _, p := range pairs {
		a, b := value(p.akita), value(p.peer)
		ours, theirs, each = append(ours, a), append(theirs, b), append(each, a/b)
	}
	slices.Sort(each)
	middle := len(each) / 2
	median = each[middle]
	if len(each)%2 == 0 {
		median = (each[middle-1] + median) / 2
	}
	return slices.Min(ours) / slices.Min(theirs), median
}
