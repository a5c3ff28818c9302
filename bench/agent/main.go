// Agent measures the real `akita daemon` with a real `akita server`: events per CPU second, the
// time from POST until they are durable in the server, the memory of both, and dropped events.
// It asserts nothing.
//
// CPU time is that of the process, as Linux reports it. The table also has the time that
// encoding/json takes to decode the same bytes in the same run: on a busy machine, the ratio of
// both is less noisy than either.
//
// With -peer BINARY it measures two binaries in turn, such as those of two commits, and prints what
// ours takes of what the peer takes.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	binary := flag.String("akita", "bin/akita", "the binary to measure")
	small := flag.Int("small", 200_000, "how many events of 2 KB")
	large := flag.Int("large", 10_000, "how many events of 50 KB")
	clients := flag.Int("clients", 2, "how many middlewares post at the same time")
	peer := flag.String("peer", "", "another `binary` of akita to compare with; both are measured in turn")
	rounds := flag.Int("rounds", 5, "with -peer, how often each binary is measured")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	loads := []load{
		{name: "2 KB", bytes: 2 << 10, events: *small},
		{name: "50 KB", bytes: 50 << 10, events: *large},
	}
	var err error
	if *peer == "" {
		err = run(ctx, *binary, *clients, loads)
	} else {
		err = comparePeer(ctx, *binary, *peer, *clients, *rounds, loads)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench-agent:", err)
		os.Exit(1)
	}
}

// load is a number of events of one size.
type load struct {
	name   string
	bytes  int // of one event, approximately
	events int
}

func run(ctx context.Context, binary string, clients int, loads []load) error {
	var results []result
	for _, l := range loads {
		if l.events == 0 {
			continue
		}
		fmt.Fprintf(os.Stderr, "-----> %d events of %s from %d clients\n", l.events, l.name, clients)
		r, err := measure(ctx, binary, clients, l)
		if err != nil {
			return err
		}
		results = append(results, r)
	}
	return printTable(os.Stdout, results)
}
