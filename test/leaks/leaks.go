package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"text/tabwriter"

	"akita/test/leaks/canary"
	"akita/test/leaks/evidence"
)

// share is the largest share of random texts that may leave.
const share = 0.001

// batchSize is the number of calls in a request to the daemon.
const batchSize = 200

// sample is texts of one kind that were sent in one place.
type sample struct {
	place, kind string
	texts       []string
	allowed     int
}

// count counts the texts that are in a set.
func (s *sample) count(in *evidence.Strings) int {
	n := 0
	for _, text := range s.texts {
		if in.Has(text) {
			n++
		}
	}
	return n
}

// measureLeaks prints how many texts of each kind left from each place. Each place has its own
// daemon, so that no place influences another one.
func measureLeaks(ctx context.Context, o options, out io.Writer) error {
	var errs []error
	people, err := measureOnce(ctx, o.akita, sendPeople)
	if err != nil {
		return err
	}
	for _, r := range people {
		fmt.Fprintf(
			out,
			"%s as %s: %d of %d left (at most %d may)\n",
			r.kind,
			r.place,
			r.left(),
			len(r.texts),
			r.allowed,
		)
		errs = append(errs, r.judge())
	}
	fmt.Fprintf(out, "\ntexts that left, of %d of each kind in each place\n", o.texts)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\t")
	for _, kind := range canary.Random {
		fmt.Fprintf(table, "%s\t", kind.Name)
	}
	fmt.Fprintln(table)
	for _, place := range canary.Places {
		if !o.only.MatchString(place.Name) {
			continue
		}
		rows, err := measureOnce(ctx, o.akita, func(ctx context.Context, l *live) ([]*sample, error) {
			return sendPlace(ctx, l, place, o.texts)
		})
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", place.Name, err), table.Flush())
		}
		fmt.Fprintf(table, "%s\t", place.Name)
		for _, r := range rows {
			fmt.Fprintf(table, "%d\t", r.left())
			errs = append(errs, r.judge())
		}
		fmt.Fprintln(table)
	}
	return errors.Join(append(errs, table.Flush())...)
}

// row is a sample with what left of it.
type row struct {
	*sample
	uploaded, stored int
}

// left returns how many texts left: some may be in an upload and not in the model, and those that
// are in the model were uploaded.
func (r *row) left() int { return max(r.uploaded, r.stored) }

// judge returns an error if more left than may.
func (r *row) judge() error {
	if r.left() <= r.allowed {
		return nil
	}
	return fmt.Errorf("%s as %s: %d of %d left (%d are stored), at most %d may",
		r.kind, r.place, r.left(), len(r.texts), r.stored, r.allowed)
}

// measureOnce sends samples through a daemon and a server of their own.
func measureOnce(
	ctx context.Context,
	binary string,
	send func(context.Context, *live) ([]*sample, error),
) (rows []*row, err error) {
	l, err := open(ctx, binary, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	samples, err := send(ctx, l)
	if err != nil {
		return nil, err
	}
	if err := l.arrive(ctx); err != nil {
		return nil, err
	}
	stored, err := l.stored()
	if err != nil {
		return nil, err
	}
	for _, s := range samples {
		rows = append(rows, &row{s, s.count(l.tap.Strings), s.count(stored)})
	}
	return rows, nil
}

// sendPlace sends texts of each kind in a place.
func sendPlace(ctx context.Context, l *live, place canary.Place, texts int) ([]*sample, error) {
	random := rand.New(rand.NewPCG(1, 2))
	var samples []*sample
	for i, kind := range canary.Random {
		s := &sample{place.Name, kind.Name, kind.DrawAll(random, texts), place.Allowed(kind)}
		if s.allowed == 0 && !place.Strict() {
			s.allowed = int(share * float64(texts))
		}
		var entries []any
		for n, text := range s.texts {
			entries = append(entries, place.Entry("unit"+string(rune('a'+i)), n, text))
		}
		if err := l.send(ctx, entries, batchSize); err != nil {
			return nil, err
		}
		samples = append(samples, s)
	}
	return samples, nil
}

// sendPeople sends a map of 200 names in one call, and 300 calls with another name each.
func sendPeople(ctx context.Context, l *live) ([]*sample, error) {
	random := rand.New(rand.NewPCG(3, 4))
	names := &sample{"a map in one call", "first name", canary.GivenNames(random, 200), 0}
	if err := l.send(ctx, []any{canary.MapEntry("patients", names.texts)}, 1); err != nil {
		return nil, err
	}
	place := canary.Places[0]
	people := &sample{
		place.Name + ", one in each call",
		canary.Person.Name,
		canary.Person.DrawAll(random, 300),
		canary.Person.Allowed,
	}
	var entries []any
	for n, name := range people.texts {
		entries = append(entries, place.Entry("doctors", n, name))
	}
	return []*sample{names, people}, l.send(ctx, entries, batchSize)
}
