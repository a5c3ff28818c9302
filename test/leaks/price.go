package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"akita/test/accuracy/apis"
	"akita/test/accuracy/fiction"
	"akita/test/accuracy/suite"
	"akita/test/accuracy/traffic"
)

const (
	pricedCalls = 1000 // of each API
	established = 20   // calls after which every name of the first calls has to leave
	firstShare  = 0.01 // the largest share of the names of first calls that may be missing
)

// shown counts the names of fields and parameters in calls, and those that left with their call.
type shown struct{ names, missing int }

func (s *shown) add(other shown) {
	s.names += other.names
	s.missing += other.missing
}

func (s *shown) share() float64 { return float64(s.missing) / float64(max(1, s.names)) }

func (s *shown) String() string {
	return fmt.Sprintf("%d of %d (%.2f %%)", s.missing, s.names, 100*s.share())
}

// price is what calls lose: of the names in the first call of each operation, of these names in
// the calls after the first 20, and of names that come later, which have to recur first.
type price struct {
	first, again, late shown
	examples           []string
}

// measurePrice prints which names of the accuracy APIs do not leave.
func measurePrice(ctx context.Context, o options, out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(
		table,
		"\nnames that do not leave\tin first calls\tthe same after 20 calls\tothers after 20 calls\texamples",
	)
	var all price
	for _, api := range apis.All() {
		p, err := priceOf(ctx, o.akita, api)
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", api.Name, err), table.Flush())
		}
		fmt.Fprintf(
			table,
			"%s\t%s\t%s\t%s\t%s\n",
			api.Name,
			&p.first,
			&p.again,
			&p.late,
			strings.Join(p.examples, ", "),
		)
		all.first.add(p.first)
		all.again.add(p.again)
		all.late.add(p.late)
	}
	fmt.Fprintf(table, "all\t%s\t%s\t%s\t\n", &all.first, &all.again, &all.late)
	var errs []error
	if all.first.share() > firstShare {
		errs = append(
			errs,
			fmt.Errorf("%s names of first calls do not leave, at most %.0f %% may", &all.first, 100*firstShare),
		)
	}
	if all.again.missing > 0 {
		errs = append(errs, fmt.Errorf("%s names of first calls do not leave after %d calls", &all.again, established))
	}
	return errors.Join(append(errs, table.Flush())...)
}

func priceOf(ctx context.Context, binary string, api *fiction.API) (p *price, err error) {
	var text bytes.Buffer
	w := traffic.NewWriter(&text, api)
	var calls []*traffic.Call
	for call := range traffic.Calls(api, pricedCalls, suite.Seed) {
		if err := w.Write(call); err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	var entries []any
	for line := range bytes.Lines(text.Bytes()) {
		entries = append(entries, json.RawMessage(line))
	}
	l, err := open(ctx, binary, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	if err := l.send(ctx, entries, batchSize); err != nil {
		return nil, err
	}
	if err := l.arrive(ctx); err != nil {
		return nil, err
	}
	witnesses, err := byStart(l.tap.Witnesses())
	if err != nil {
		return nil, err
	}
	documented, err := documentedNames(ctx, binary, &text)
	if err != nil {
		return nil, err
	}
	return compare(calls, documented, witnesses)
}

// documentedNames returns the strings in the document of entries, in lower case. The daemon
// withholds nothing of it, because it is made offline.
func documentedNames(ctx context.Context, binary string, entries io.Reader) (map[string]bool, error) {
	build := exec.CommandContext(ctx, binary, "model", "build", "-", "--format", "json")
	build.Stdin, build.Stderr = entries, os.Stderr
	document, err := build.Output()
	if err != nil {
		return nil, fmt.Errorf("build a document: %w", err)
	}
	return stringsOf(document)
}

// byStart returns witnesses by the time of their call in milliseconds. Every call has its own.
func byStart(witnesses [][]byte) (map[int64][]byte, error) {
	all := make(map[int64][]byte)
	for _, text := range witnesses {
		var of struct{ Start time.Time }
		if err := json.Unmarshal(text, &of); err != nil {
			return nil, fmt.Errorf("parse a witness: %w", err)
		}
		all[of.Start.UnixMilli()] = text
	}
	return all, nil
}

// compare looks for the names of each call in its witness. Those count that are documented if
// nothing is withheld: the parts of a signature, for example, never are.
func compare(calls []*traffic.Call, documented map[string]bool, witnesses map[int64][]byte) (*price, error) {
	p := new(price)
	numbers := make(map[*fiction.Operation]int)
	early := make(map[*fiction.Operation]map[string]bool) // names of the first calls
	for i, call := range calls {
		if call.Operation == nil {
			continue
		}
		n := numbers[call.Operation]
		numbers[call.Operation]++
		names := namesOf(call)
		if n == 0 {
			early[call.Operation] = names
		} else if n < established {
			continue
		}
		uploaded, ok := witnesses[call.Started.UnixMilli()]
		if !ok {
			return nil, fmt.Errorf("call %d was not uploaded", i)
		}
		left, err := stringsOf(uploaded)
		if err != nil {
			return nil, fmt.Errorf("witness of call %d: %w", i, err)
		}
		for name := range names {
			if !documented[strings.ToLower(name)] {
				continue
			}
			counted := &p.first
			switch {
			case n > 0 && early[call.Operation][name]:
				counted = &p.again
			case n > 0:
				counted = &p.late
			}
			counted.names++
			if !left[strings.ToLower(name)] {
				counted.missing++
				p.example(name + " of " + call.Operation.Method + " " + call.Operation.Path)
			}
		}
	}
	return p, nil
}

// example keeps the first examples of missing names.
func (p *price) example(text string) {
	if len(p.examples) < 3 && !slices.Contains(p.examples, text) {
		p.examples = append(p.examples, text)
	}
}

// stringsOf returns the names and strings of a JSON text in lower case.
func stringsOf(text []byte) (map[string]bool, error) {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	all := make(map[string]bool)
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case string:
			all[strings.ToLower(value)] = true
		case []any:
			for _, v := range value {
				walk(v)
			}
		case map[string]any:
			for name, v := range value {
				all[strings.ToLower(name)] = true
				walk(v)
			}
		}
	}
	walk(value)
	return all, nil
}

// namesOf returns the names of the parameters and fields of a call.
func namesOf(call *traffic.Call) map[string]bool {
	names := make(map[string]bool)
	for _, members := range [][]fiction.Member{call.Query, call.Header, call.Cookies, call.Returned} {
		for _, m := range members {
			names[m.Name] = true
		}
	}
	var bodies []*traffic.Body
	if call.Request != nil && !call.Answer.Spoiled { // a spoiled one has invented fields
		bodies = append(bodies, call.Request)
	}
	if call.Response != nil && call.Method != http.MethodHead {
		bodies = append(bodies, call.Response)
	}
	for _, body := range bodies {
		fields(names, body.Value)
		for _, line := range body.Lines {
			fields(names, line)
		}
	}
	return names
}

// fields adds the fields of records. Keys of maps and of free JSON are data.
func fields(names map[string]bool, v *fiction.Value) {
	if v == nil || v.Type != nil && v.Type.Free {
		return
	}
	if v.Chosen != nil {
		fields(names, v.Chosen)
		return
	}
	for _, item := range v.Items {
		fields(names, item)
	}
	for _, m := range v.Members {
		if v.Type != nil && v.Type.Key == nil {
			names[m.Name] = true
		}
		fields(names, m.Value)
	}
}
