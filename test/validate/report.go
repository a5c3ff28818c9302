package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
)

// report prints what is wrong, and a row for each group of cases. It fails if anything is wrong.
func report(out io.Writer, cases []*testCase) error {
	type row struct{ documents, operations, calls, invalid, lint, drift, excused int }
	rows := make(map[string]*row)
	var groups []string
	wrong := false
	for _, c := range cases {
		r := rows[c.group]
		if r == nil {
			r = new(row)
			rows[c.group] = r
			groups = append(groups, c.group)
		}
		r.documents++
		r.operations += c.operations
		r.calls += c.calls
		r.invalid += len(c.invalid)
		r.lint += len(c.lint)
		r.drift += len(c.drift)
		r.excused += c.excused
		for of, complaints := range map[string][]string{"schema": c.invalid, "lint": c.lint, "drift": c.drift} {
			for _, complaint := range complaints {
				wrong = true
				fmt.Fprintf(out, "%s: %s: %s\n", c.name, of, complaint)
			}
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "traffic\tdocuments\toperations\tcalls\tinvalid\tlint errors\tdrift errors\texcused\t")
	for _, group := range groups {
		r := rows[group]
		fmt.Fprintf(
			table,
			"%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n",
			group,
			r.documents,
			r.operations,
			r.calls,
			r.invalid,
			r.lint,
			r.drift,
			r.excused,
		)
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	if wrong {
		return errors.New("some documents are invalid or differ from their traffic")
	}
	return nil
}
