package ingest_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"akita/internal/ingest"
)

// The victim is a process of this test binary, started with these environment
// variables. It accepts and folds bundles until it is killed.
const (
	victimDir   = "AKITA_TEST_VICTIM_DIR"   // data directory
	victimFirst = "AKITA_TEST_VICTIM_FIRST" // number of the first bundle of each sender, as JSON
)

const senders = 4

// numbered returns the bundle with the given sender and number.
func (p *parts) numbered(sender, number int) ingest.Bundle {
	return p.bundle(bundleName(sender, number), witnessesOf(number))
}

func bundleName(sender, number int) string { return fmt.Sprintf("s%d-b%d", sender, number) }

func witnessesOf(number int) int { return 1 + number%3 }

// runVictim prints "sender number" for every bundle that it acknowledges.
func runVictim(ctx context.Context, dir string) error {
	var first [senders]int
	if err := json.Unmarshal([]byte(os.Getenv(victimFirst)), &first); err != nil {
		return err
	}
	p, err := openParts(ctx, dir)
	if err != nil {
		return err
	}
	if err := ingest.NewWorker(p.workerConfig()).Start(ctx); err != nil {
		return err
	}
	a := ingest.NewAcceptor(p.queue)
	failed := make(chan error)
	for sender := range senders {
		go func() {
			for number := first[sender]; ; number++ {
				if _, _, err := a.Accept(ctx, p.numbered(sender, number)); err != nil {
					failed <- err
				}
				// A small write to a pipe is atomic.
				if _, err := os.Stdout.WriteString(fmt.Sprintln(sender, number)); err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

// TestKilledServerLosesNothing repeatedly kills a process that accepts and folds
// at a random moment, then continues after the last acknowledged bundle.
func TestKilledServerLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var next [senders]int // by sender: the first bundle that is not acknowledged
	for range 4 {
		killVictim(t, dir, &next, 1+rand.IntN(40))
	}

	p, err := openParts(t.Context(), dir)
	must(t, err)
	t.Cleanup(func() { p.close(t) })
	want := map[string]int{}
	for sender, first := range next {
		p.accept(t, p.numbered(sender, first)) // as a daemon would; it may be stored already
		for number := range first + 1 {
			want[bundleName(sender, number)] = witnessesOf(number)
		}
	}
	position, err := p.store.Position(t.Context())
	must(t, err)
	waiting, err := p.queue.Read(t.Context(), position, 1<<20, 1<<40)
	must(t, err)
	w := run(t, p.workerConfig())
	w.waitFor(int64(len(waiting)))
	p.wantCounts(t, want)
}

// killVictim runs a victim, kills it after the given number of acknowledgements,
// and updates next with all that it acknowledged.
func killVictim(t *testing.T, dir string, next *[senders]int, acknowledgements int) {
	t.Helper()
	first, err := json.Marshal(next)
	must(t, err)
	victim := exec.CommandContext(t.Context(), os.Args[0])
	victim.Env = append(os.Environ(), victimDir+"="+dir, victimFirst+"="+string(first))
	victim.Stderr = os.Stderr
	out, err := victim.StdoutPipe()
	must(t, err)
	must(t, victim.Start())
	n := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var sender, number int
		if _, err := fmt.Sscan(lines.Text(), &sender, &number); err != nil {
			t.Fatalf("victim printed %q: %v", lines.Text(), err)
		}
		next[sender] = number + 1
		if n++; n == acknowledgements {
			must(t, victim.Process.Kill())
		}
	}
	if err := victim.Wait(); err == nil || n < acknowledgements {
		t.Fatalf("the victim exited by itself after %d acknowledgements: %v", n, err)
	}
}
