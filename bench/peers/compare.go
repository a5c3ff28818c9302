package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"akita/test/accuracy/apis"
	"akita/test/accuracy/fiction"
	"akita/test/accuracy/score"
	"akita/test/accuracy/suite"
)

// columns are the figures of the shop's scorer that the table shows.
var columns = []string{"ops_exact", "ops_spurious", "type_exact", "nullable", "required", "format", "enum", "auth"}

// compareShop compares the tools on the shared folder's shop, by the scorer that comes with it.
func compareShop(ctx context.Context, tools []tool, shared, work string, n int) error {
	step("The shop, %d calls", n)
	har := filepath.Join(work, "shared.har")
	generator := filepath.Join(absolute(shared), "gen_har.py")
	if err := command(ctx, work, "python3", generator, strconv.Itoa(n), absolute(har)); err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "tool\t")
	for _, column := range columns {
		fmt.Fprintf(table, "%s\t", column)
	}
	fmt.Fprintln(table, "CPU s\tRSS MB\t")
	for _, t := range tools {
		doc := filepath.Join(work, "shared-"+filepath.Base(t.name)+".json")
		c, err := t.run(ctx, absolute(har), absolute(doc), "http://shop.example.test")
		if err != nil {
			step("%v", err)
			fmt.Fprintf(table, "%s\tfailed\t\n", t.name)
			continue
		}
		out, err := exec.CommandContext(ctx, "python3", filepath.Join(shared, "score.py"), "--json", har, doc).Output()
		if err != nil {
			return fmt.Errorf("score %s: %w", t.name, err)
		}
		var figures map[string]any
		if err := json.Unmarshal(out, &figures); err != nil {
			return fmt.Errorf("score %s: %w", t.name, err)
		}
		fmt.Fprintf(table, "%s\t", t.name)
		for _, column := range columns {
			fmt.Fprintf(table, "%v\t", figures[column])
		}
		fmt.Fprintf(table, "%.2f\t%d\t\n", c.cpu.Seconds(), c.rss>>20)
	}
	return table.Flush()
}

// compareOwn compares the tools on our APIs, without routes, because the peers use none.
func compareOwn(ctx context.Context, tools []tool, work string, n int) error {
	step("Our own APIs, %d calls each, without routes: overall, in percent", n)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "API\t")
	for _, t := range tools {
		fmt.Fprintf(table, "%s\t", t.name)
	}
	fmt.Fprintln(table)
	sums, cpu, all := make([]float64, len(tools)), make([]time.Duration, len(tools)), apis.All()
	for _, api := range all {
		fmt.Fprintf(table, "%s\t", api.Name)
		for i, result := range compareAPI(ctx, tools, work, api, n) {
			if result.err != nil {
				fmt.Fprint(table, "failed\t")
				step("%s on %s: %v", tools[i].name, api.Name, result.err)
				continue
			}
			sums[i] += result.overall
			cpu[i] += result.cpu
			fmt.Fprintf(table, "%.1f\t", 100*result.overall)
		}
		fmt.Fprintln(table)
	}
	fmt.Fprint(table, "mean\t")
	for _, sum := range sums {
		fmt.Fprintf(table, "%.1f\t", 100*sum/float64(len(all)))
	}
	fmt.Fprint(table, "\nCPU s, sum\t")
	for _, d := range cpu {
		fmt.Fprintf(table, "%.2f\t", d.Seconds())
	}
	fmt.Fprintln(table)
	return table.Flush()
}

// compared is the result of a tool for an API. Memory is not compared: the kernel counts the memory
// that this process has when it starts a tool as memory of the tool.
type compared struct {
	cost
	overall float64
	err     error
}

func compareAPI(ctx context.Context, tools []tool, work string, api *fiction.API, n int) []compared {
	out := make([]compared, len(tools))
	fail := func(err error) []compared {
		for i := range out {
			out[i].err = err
		}
		return out
	}
	data, err := suite.Make(api, n, suite.Seed)
	if err != nil {
		return fail(err)
	}
	archive, err := suite.WithoutRoutes(data.Traffic)
	if err != nil {
		return fail(err)
	}
	har := filepath.Join(work, api.Name+".har")
	if err := os.WriteFile(har, archive, 0o600); err != nil {
		return fail(fmt.Errorf("write traffic: %w", err))
	}
	for i, t := range tools {
		doc := filepath.Join(work, api.Name+"-"+filepath.Base(t.name)+".json")
		if out[i].cost, out[i].err = t.run(ctx, absolute(har), absolute(doc), "https://"+api.Host); out[i].err != nil {
			continue
		}
		text, err := os.ReadFile(doc)
		if err != nil {
			out[i].err = fmt.Errorf("read document: %w", err)
			continue
		}
		result, err := score.Document(text, data.Truth, false)
		if err != nil {
			out[i].err = err
			continue
		}
		out[i].overall = result.Overall()
	}
	return out
}

// absolute returns a path for commands that run in another folder. If the working folder is
// unknown, it returns the path unchanged.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
