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

// testCase is a document, and the traffic that it was made of.
type testCase struct {
	group, name string
	anyHost     bool // some calls went to addresses, which no document names
	calls       int
	accepted    int // calls that were answered, and not refused
	operations  int
	document    []byte // OpenAPI, JSON
	traffic     []byte // those calls as they were read: HAR

	file                 string   // of the document, for redocly
	invalid, lint, drift []string // what is wrong
	excused              int      // complaints of drift that are not
}

// sizes are the numbers of calls of generated traffic.
var sizes = []int{100, 1000}

// readCases makes the documents whose names match.
func readCases(ctx context.Context, root string, only *regexp.Regexp) ([]*testCase, error) {
	var cases []*testCase
	add := func(group, name string, routes bool, entries func() ([]byte, error)) error {
		if !only.MatchString(name) {
			return nil
		}
		text, err := entries()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c, err := newCase(group, name, routes, text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if c.calls > 0 {
			cases = append(cases, c)
		}
		return nil
	}
	for _, api := range apis.All() {
		for _, n := range sizes {
			for suffix, routes := range map[string]bool{"": false, "-routes": true} {
				err := add(fmt.Sprintf("generated, %d calls", n), fmt.Sprintf("%s-%d%s", api.Name, n, suffix), routes, func() ([]byte, error) {
					made, err := suite.Make(api, n, suite.Seed)
					if err != nil {
						return nil, err
					}
					return made.Traffic, nil
				})
				if err != nil {
					return nil, err
				}
			}
		}
	}
	for _, c := range suite.Foreign(suite.Shared(root)) {
		if strings.HasSuffix(c.Name, "-10000") {
			continue // redocly takes minutes for it
		}
		err := add("shared and real projects", c.Name, strings.HasSuffix(c.Name, "-routes"), func() ([]byte, error) {
			outcome, err := c.Run(ctx)
			if err != nil {
				return nil, err
			}
			return outcome.Entries, nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, folder := range []string{filepath.Join(root, "internal", "cli", "testdata", "corpus"), filepath.Join(root, "..", "shared", "corpus", "har")} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || entry.IsDir() {
				return err
			}
			return add("from the wild", filepath.Base(path), true, func() ([]byte, error) { return os.ReadFile(path) })
		})
		if err != nil {
			return nil, fmt.Errorf("read corpus: %w", err)
		}
	}
	return cases, nil
}

// newCase makes a document in the way that "akita model build" does: bad entries are left
// out, and a file that is none gives no calls.
func newCase(group, name string, routes bool, text []byte) (*testCase, error) {
	model, accepted, calls, anyHost := apimodel.New(), []har.Entry(nil), 0, false
	for decoder := har.NewDecoder(bytes.NewReader(text)); ; {
		var e har.Entry
		err := decoder.Next(&e)
		var bad *har.EntryError
		if errors.As(err, &bad) {
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
		if e.Response.Status >= 100 && e.Response.Status < 400 && !isBroken(e.Request.Body) && !isBroken(e.Response.Body) { // others loosen nothing
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
		group: group, name: name, anyHost: anyHost, calls: calls, accepted: len(accepted), operations: bytes.Count(document, []byte(`"operationId": "`)),
		document: document, traffic: traffic,
	}, nil
}
