package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"akita/client"
	"akita/test/rig"
)

const (
	historyEndpoints = 500
	dayHours         = 24

	// A step folds stepCalls calls of stepEndpoints endpoints. It is timed stepRounds × stepsPerRound
	// times.
	stepEndpoints = 50
	stepCalls     = 128
	stepRounds    = 10
	stepsPerRound = 20
)

// ranges are what is asked for of a history. The server has read nothing of it before.
var ranges = []url.Values{
	{"from": {"-24h"}},
	{"from": {"-7d"}},
	{"from": {"-30d"}},
	{"from": {"-60d"}, "to": {"-30d"}},
	{"to": {"-1d"}},
	{},
}

func measureHistory(ctx context.Context, o options, t *table) error {
	return rig.InFolder(func(folder string) error { return measureMonths(ctx, o, folder, t) })
}

func measureSteps(ctx context.Context, o options, t *table) error {
	return rig.InFolder(func(folder string) error { return measureStepsIn(ctx, o, folder, t) })
}

// measureMonths measures the size of a history, and how long its ranges take.
func measureMonths(ctx context.Context, o options, folder string, t *table) error {
	name := fmt.Sprintf("%d days × %d endpoints, %d calls an hour each", o.days, historyEndpoints, o.calls)
	step("%s", name)
	if err := makeMonths(ctx, folder, o); err != nil {
		return err
	}
	database, err := fileSize(filepath.Join(folder, "akita.db"))
	if err != nil {
		return err
	}
	t.rows = append(t.rows, row{name + ": akita.db", megabytes(database), targetHistory})
	return measureRanges(ctx, o, folder, name, t)
}

// makeMonths fills a data directory with a history that ends now.
func makeMonths(ctx context.Context, folder string, o options) (err error) {
	start := time.Now().UTC().Truncate(time.Hour).Add(-time.Duration(o.days) * dayHours * time.Hour)
	p, err := openPast(ctx, folder, start, size{historyEndpoints, true})
	defer func() { err = errors.Join(err, p.close()) }()
	if err != nil {
		return err
	}
	return p.live(ctx, start, o.days*dayHours, historyEndpoints*o.calls)
}

// measureRanges starts a server with the history, and fetches ranges of it.
func measureRanges(ctx context.Context, o options, folder, name string, t *table) (err error) {
	address, _, err := rig.FreeAddress(ctx)
	if err != nil {
		return err
	}
	akita := rig.Akita{Binary: o.binary, ServerAddress: address, ServerData: folder}
	server, err := akita.StartServer(ctx)
	if err != nil {
		return err
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		err = errors.Join(err, server.Stop(stopping))
	}()
	api, err := akita.Client(ctx)
	if err != nil {
		return err
	}
	key, err := api.CreateAPIKey(ctx, client.NewAPIKey{Name: project, Scope: client.ReadKey})
	if err != nil {
		return err
	}
	for _, path := range []string{"model", "model/recording"} {
		for _, query := range ranges {
			value, err := measureRange(ctx, akita.ServerURL(), server, key, path, query)
			if err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "       GET %s?%s: %s\n", path, query.Encode(), value)
			t.rows = append(t.rows, row{fmt.Sprintf("%s: GET %s?%s", name, path, query.Encode()), value, targetRange})
		}
	}
	peak, err := server.PeakMemory()
	t.rows = append(t.rows, row{name + ": server memory, peak", mebibytes(peak), targetMemory})
	return err
}

func measureRange(
	ctx context.Context, url string, server *rig.Process, key client.APIKey, path string, query url.Values,
) (string, error) {
	before, err := server.CPU()
	if err != nil {
		return "", err
	}
	start := time.Now()
	bytes, err := get(ctx, url, key, path, query)
	if err != nil {
		return "", err
	}
	took := time.Since(start)
	after, err := server.CPU()
	return fmt.Sprintf("%d ms (CPU %s), %s", took.Milliseconds(), seconds(after-before), megabytes(bytes)), err
}

// measureStepsIn compares a step with a long history to one with none. They alternate, because other
// programs run at the same time.
func measureStepsIn(ctx context.Context, o options, folder string, t *table) (err error) {
	var took [2]time.Duration
	var pasts [2]*past
	now := time.Now().UTC().Truncate(time.Hour)
	for i, hours := range []int{0, o.hours} {
		step("Steps after %d hours of history", hours)
		p, err := openHours(ctx, filepath.Join(folder, fmt.Sprint(hours)), now, hours)
		defer func() { err = errors.Join(err, p.close()) }()
		if err != nil {
			return err
		}
		pasts[i] = p
	}
	for range stepRounds {
		for i, p := range pasts {
			cpu, err := foldSteps(ctx, p, now)
			if err != nil {
				return err
			}
			took[i] += cpu
		}
	}
	const steps = stepRounds * stepsPerRound
	t.rows = append(t.rows, row{
		fmt.Sprintf("step of %d calls after %d hours: CPU", stepCalls, o.hours),
		fmt.Sprintf("%.1f ms (%s that of an empty store)", took[1].Seconds()*1000/steps, ratio(took[1], took[0])),
		noTarget,
	})
	return nil
}

// openHours opens a past with calls in each of the hours before now.
func openHours(ctx context.Context, folder string, now time.Time, hours int) (*past, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return new(past), err
	}
	start := now.Add(-time.Duration(hours) * time.Hour)
	p, err := openPast(ctx, folder, start, size{stepEndpoints, true})
	if err != nil {
		return p, err
	}
	if err := p.live(ctx, start, hours, stepEndpoints); err != nil {
		return p, err
	}
	// The first step of an hour makes its units, and then the work of the hour is done.
	if err := p.fold(ctx, now, 1, stepCalls); err != nil {
		return p, err
	}
	return p, p.settle(ctx)
}

// foldSteps returns the CPU time of a round of steps.
func foldSteps(ctx context.Context, p *past, now time.Time) (time.Duration, error) {
	before, err := rig.OwnCPU()
	if err != nil {
		return 0, err
	}
	for range stepsPerRound {
		if err := p.fold(ctx, now, 1, stepCalls); err != nil {
			return 0, err
		}
	}
	after, err := rig.OwnCPU()
	return after - before, err
}
