package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// round is the plan of one round, drawn from the seed.
type round struct {
	fault    fault
	diskFull bool
	kills    []kill // ordered by time
	length   time.Duration
}

// kill is a SIGKILL at one time of a round.
type kill struct {
	at     time.Duration
	daemon bool // of the daemon, else of the server
}

// Limits of how long the faults of a round last.
const (
	minTrouble = 500 * time.Millisecond
	maxTrouble = 2500 * time.Millisecond
)

// deadEvery is the number of rounds per draw of the slowest fault.
const deadEvery = 40

// planRound draws a round. Each has at least one kill, three of four have a bad network, and
// one of five has a full disk.
func planRound(seed uint64, number int) round {
	random := rand.New(rand.NewPCG(seed, uint64(number)))
	r := round{
		fault:    faults[0],
		diskFull: random.IntN(5) == 0,
		length:   minTrouble + time.Duration(random.Int64N(int64(maxTrouble-minTrouble))),
	}
	if random.IntN(4) > 0 {
		r.fault = faults[1+random.IntN(len(faults)-1)]
	}
	if random.IntN(deadEvery) == 0 {
		r.fault = deadLinks
	}
	var at time.Duration
	for range 1 + random.IntN(3) {
		at += time.Duration(random.Int64N(int64(r.length / 3)))
		r.kills = append(r.kills, kill{at: at, daemon: random.IntN(2) == 0})
	}
	return r
}

func (r round) String() string {
	var killed []string
	for _, k := range r.kills {
		killed = append(killed, k.victim())
	}
	text := fmt.Sprintf("%-20s %.1f s, kill %s", r.fault.name, r.length.Seconds(), strings.Join(killed, ", "))
	if r.diskFull {
		text += ", disk full"
	}
	return text
}

func (k kill) victim() string {
	if k.daemon {
		return "daemon"
	}
	return "server"
}
