package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
)

func TestOutputAwait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var file bytes.Buffer
		out := newOutput(&file)
		found := make(chan string)
		go func() {
			line, err := out.await(t.Context(), "Activating", 2)
			if err != nil {
				t.Error(err)
			}
			found <- line
		}()
		fmt.Fprint(out, "one: Activating trace\ntwo: Activ")
		synctest.Wait()
		select {
		case line := <-found:
			t.Fatalf("got %q before the second line was complete", line)
		default:
		}
		fmt.Fprint(out, "ating trace\n")
		if line := <-found; line != "two: Activating trace" {
			t.Errorf("got %q, want the second line", line)
		}
		if want := "one: Activating trace\ntwo: Activating trace\n"; file.String() != want {
			t.Errorf("the file holds %q, want %q", file.String(), want)
		}
	})
}

func TestOutputAwaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	reason := errors.New("no longer")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(reason)
	if _, err := newOutput(&bytes.Buffer{}).await(ctx, "x", 1); !errors.Is(err, reason) {
		t.Errorf("got %v, want %v", err, reason)
	}
}

func TestOutputTail(t *testing.T) {
	t.Parallel()
	out := newOutput(&bytes.Buffer{})
	for i := range keptLines + 5 {
		fmt.Fprintln(out, i)
	}
	fmt.Fprint(out, "half")
	want := fmt.Sprintf("       | %d\n       | half\n", keptLines+4)
	if got := out.tail(1); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if last, count, _ := out.find("1"); last != "1004" || count == 0 || len(out.lines) != keptLines {
		t.Errorf("got last %q of %d, and %d lines kept", last, count, len(out.lines))
	}
}
