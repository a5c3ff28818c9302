package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
	"akita/test/accuracy/apis"
	"akita/test/accuracy/suite"
)

// testCase is a document and the traffic that it was made of.
type testCase struct {
	group, name string
	anyHost     bool // some calls went to IP addresses, which no document names
	calls       int
	accepted    int // calls that were answered without an error
	operations  int
	document    []byte // OpenAPI, JSON
	traffic     []byte // those calls as they were read: HAR

	file                 string   // of the document, for redocly
	invalid, lint, drift []string // what is wrong
	excused              int      // how many of drift's complaints are excused
}

// sizes are the numbers of calls of generated traffic.
var sizes = []int{100, 1000}

// collector makes the cases whose names match.
type collector struct {
	only  *regexp.Regexp
	cases []*testCase
}

// readCases makes the documents whose names match. Shared is a folder with traffic of other
// projects, "" for none.
func readCases(ctx context.Context, root, shared string, only *regexp.Regexp) ([]*testCase, error) {
	c := &collector{only: only}
	if err := c.generated(); err != nil {
		return nil, err
	}
	corpora := []string{filepath.Join(root, "internal", "cli", "testdata", "corpus")}
	if shared != "" {
		if err := c.foreign(ctx, shared); err != nil {
			return nil, err
		}
		corpora = append(corpora, filepath.Join(shared, "corpus", "har"))
	}
	for _, folder := range corpora {
		if err := c.corpus(folder); err != nil {
			return nil, fmt.Errorf("read corpus: %w", err)
		}
	}
	return c.cases, nil
}

// add makes one case of the entries that read returns. One without calls is left out.
func (c *collector) add(group, name string, routes bool, read func() ([]byte, error)) error {
	if !c.only.MatchString(name) {
		return nil
	}
	entries, err := read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	made, err := newCase(group, name, routes, entries)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if made.calls > 0 {
		c.cases = append(c.cases, made)
	}
	return nil
}

// generated adds our own APIs, with and without routes.
func (c *collector) generated() error {
	for _, api := range apis.All() {
		for _, n := range sizes {
			for suffix, routes := range map[string]bool{"": false, "-routes": true} {
				group, name := fmt.Sprintf("generated, %d calls", n), fmt.Sprintf("%s-%d%s", api.Name, n, suffix)
				err := c.add(group, name, routes, func() ([]byte, error) {
					made, err := suite.Make(api, n, suite.Seed)
					if err != nil {
						return nil, err
					}
					return made.Traffic, nil
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// foreign adds the projects below shared. Those of 10,000 calls are left out: redocly takes
// minutes for each.
func (c *collector) foreign(ctx context.Context, shared string) error {
	cases, err := suite.Foreign(shared)
	if err != nil {
		return err
	}
	for _, one := range cases {
		if strings.HasSuffix(one.Name, "-10000") {
			continue
		}
		err := c.add(
			"shared and real projects",
			one.Name,
			strings.HasSuffix(one.Name, "-routes"),
			func() ([]byte, error) {
				outcome, err := one.Run(ctx)
				if err != nil {
					return nil, err
				}
				return outcome.Entries, nil
			},
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// corpus adds every file below a folder.
func (c *collector) corpus(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return c.add("from the wild", filepath.Base(path), true, func() ([]byte, error) { return os.ReadFile(path) })
	})
}

// newCase makes a document as "akita model build" does. It skips bad entries; a file that is
// not HAR gives no calls.
func newCase(group, name string, routes bool, text []byte) (*testCase, error) {
	model, accepted, calls, anyHost := apimodel.New(), []har.Entry(nil), 0, false
	for decoder := har.NewDecoder(bytes.NewReader(text)); ; {
		var e har.Entry
		err := decoder.Next(&e)
		if _, bad := errors.AsType[*har.EntryError](err); bad {
			continue
		}
		if err != nil {
			break
		}
		if !routes {
			e.Akita = har.Akita{}
		}
		w := witness.FromEntry(&e, witness.Options{Enums: true})
		model.Add(&w)
		calls++
		if e.Response.Status >= 100 && e.Response.Status < 400 && !isBroken(e.Request.Body) &&
			!isBroken(e.Response.Body) { // the document accepts only these
			accepted = append(accepted, e)
			anyHost = anyHost || w.Host == "" || w.Host == "ip" || strings.HasPrefix(w.Host, "ip:")
		}
	}
	document, err := openapi.New(endpoints.Infer(model), openapi.Options{Title: name}).JSON()
	if err != nil {
		return nil, err
	}
	traffic, err := archive(accepted)
	if err != nil {
		return nil, err
	}
	return &testCase{
		group: group, name: name, anyHost: anyHost, calls: calls, accepted: len(accepted),
		operations: bytes.Count(document, []byte(`"operationId": "`)),
		document:   document, traffic: traffic,
	}, nil
}
