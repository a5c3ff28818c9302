package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"akita/test/accuracy/suite"
)

// group is a set of cases with a common figure.
type group struct {
	name string
	of   func(r *result) bool
}

// groups returns the groups below the table: by number of calls, and all cases.
func groups() []group {
	routes := func(r *result) bool { return strings.HasSuffix(r.Name, "-routes") }
	all := []group{
		{"without routes", func(r *result) bool { return r.Counts && !routes(r) }},
		{"with routes", func(r *result) bool { return r.Counts && routes(r) }},
	}
	for _, g := range all[:2] {
		for _, n := range suite.Sizes {
			size := "-" + strconv.Itoa(n)
			all = append(all, group{fmt.Sprintf("%s, %d calls", g.name, n), func(r *result) bool {
				return g.of(r) && strings.HasSuffix(strings.TrimSuffix(r.Name, "-routes"), size)
			}})
		}
	}
	return append(all, group{"overall", func(r *result) bool { return r.Counts }})
}

func (g group) mean(results []*result) (mean float64, n int) {
	for _, r := range results {
		if g.of(r) {
			mean += r.Overall()
			n++
		}
	}
	return mean / float64(max(n, 1)), n
}

// figures returns the overall figures by case, and by group if the whole suite was run, in
// hundredths of a percent.
func figures(results []*result, whole bool) map[string]int {
	out := make(map[string]int)
	for _, r := range results {
		out[r.Name] = hundredths(r.Overall())
	}
	if whole {
		for _, g := range groups() {
			mean, _ := g.mean(results)
			out[g.name] = hundredths(mean)
		}
	}
	return out
}

// hundredths rounds down, so that only a perfect ratio is 100 percent.
func hundredths(ratio float64) int { return int(math.Floor(ratio*10_000 + 1e-9)) }

// judge fails if a figure is below the baseline or a document is not valid. With update, it
// writes the figures as the new baseline.
func judge(file string, results []*result, now map[string]int, update bool) error {
	baseline, err := readBaseline(file)
	if err != nil {
		return err
	}
	if update {
		for name, figure := range now {
			baseline[name] = figure
		}
		return writeBaseline(file, baseline)
	}
	var failed []error
	for _, r := range results {
		if r.Invalid != nil {
			failed = append(failed, fmt.Errorf("%s: the document is not valid", r.Name))
		}
	}
	for name, figure := range now {
		if figure < baseline[name] {
			failed = append(
				failed,
				fmt.Errorf("%s is %.2f, the baseline %.2f", name, float64(figure)/100, float64(baseline[name])/100),
			)
		}
	}
	return errors.Join(failed...)
}

func readBaseline(file string) (map[string]int, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return make(map[string]int), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	var baseline map[string]int
	if err := json.Unmarshal(text, &baseline); err != nil {
		return nil, fmt.Errorf("parse %s: %w", file, err)
	}
	return baseline, nil
}

func writeBaseline(file string, baseline map[string]int) error {
	text, err := json.MarshalIndent(baseline, "", "  ")
	if err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	return nil
}
