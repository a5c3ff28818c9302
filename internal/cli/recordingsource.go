package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/routeuse"
	"akita/internal/toolbox"
)

// recordingSource is which files of traffic the tools for agents read, and what they are compared with.
type recordingSource struct {
	chosen  selection
	noEnums bool
	openapi string
	routes  string
	tests   []string
}

func (c *recordingSource) addFlags(flags *pflag.FlagSet) {
	flags.BoolVar(&c.noEnums, "no-enums", false, "keep no literal values of files, not even members of enums")
	flags.StringVar(&c.openapi, "openapi", "", "declared OpenAPI document that the calls of files are compared with")
	flags.StringVar(&c.routes, "routes", "",
		`routes of the application: of "python -m akita_django routes", or a document`)
	flags.StringArrayVar(&c.tests, "tests", nil, "file with the calls of tests (repeatable)")
	c.chosen.addFlags(flags)
}

// filesOnly are the flags that a server has no use for.
var filesOnly = []string{"host", "exclude-host", "path", "no-enums", "openapi", "routes", "tests"}

// recording is a library with one source: what files of traffic show.
type recording struct {
	set             *endpoints.Set
	drift, untested []compare.Finding
	uses            []routeuse.Use

	hasDocument, hasTests, hasRoutes bool
}

// read reads the chosen calls of files, and compares them with what the flags name.
func (c *recordingSource) read(cmd *cobra.Command, files []string) (r recording, err error) {
	if slices.Contains(files, "-") {
		return r, usagef("standard input is for the agent: write the traffic to a file and name it")
	}
	for _, flag := range []string{"server", "project"} {
		if cmd.Flags().Changed(flag) {
			return r, usagef("--%s and files exclude each other: name files, or a server with --server", flag)
		}
	}
	model, err := readModel(cmd, files, &c.chosen, !c.noEnums)
	if err != nil {
		return r, err
	}
	calls := compare.Recording{Model: model}
	r.set = endpoints.Infer(model)
	var document *declared.Document
	if c.openapi != "" {
		if document, err = readDocument(c.openapi, nil); err != nil {
			return r, err
		}
		named, _ := calls.Named(document)
		traffic, _ := named.Traffic()
		r.drift, r.hasDocument = compare.Drift(document, traffic), true
	}
	if len(c.tests) > 0 {
		if r.untested, err = c.compareTests(cmd, calls, document); err != nil {
			return r, err
		}
		r.hasTests = true
	}
	if c.routes != "" {
		list, paths, err := readRoutes(c.routes)
		if err != nil {
			return r, err
		}
		named, _ := calls.Named(paths)
		r.uses, r.hasRoutes = routeuse.Of(list, endpoints.Infer(named.Model)), true
	}
	return r, nil
}

// compareTests returns what calls do and those of tests do not.
func (c *recordingSource) compareTests(
	cmd *cobra.Command, production compare.Recording, document *declared.Document,
) ([]compare.Finding, error) {
	model, err := readModel(cmd, c.tests, &selection{paths: c.chosen.paths}, !c.noEnums)
	if err != nil {
		return nil, err
	}
	tests := compare.Recording{Model: model}
	if document != nil {
		tests, _ = tests.Named(document)
		production, _ = production.Named(document)
	}
	x, y := compare.SidesOfOneAPI(tests, production)
	return compare.Cover(x, y, document).Untested, nil
}

// Open implements toolbox.Library.
func (r recording) Open(context.Context, string) (toolbox.Source, error) { return r, nil }

// Endpoints implements toolbox.Source.
func (r recording) Endpoints(context.Context) (*endpoints.Set, error) { return r.set, nil }

// Changes implements toolbox.Source.
func (recording) Changes(context.Context, string) ([]toolbox.Change, error) {
	return nil, toolbox.Problem("These tools read files of traffic, which do not show what changed: a server dates what " +
		"it sees of a project. get_endpoint says when an endpoint was called first and last.")
}

// Drift implements toolbox.Source.
func (r recording) Drift(context.Context) ([]compare.Finding, error) {
	if !r.hasDocument {
		return nil, toolbox.Problem("No document is declared: ask the user to start akita mcp with --openapi FILE.")
	}
	return r.drift, nil
}

// Untested implements toolbox.Source.
func (r recording) Untested(context.Context) ([]compare.Finding, error) {
	if !r.hasTests {
		return nil, toolbox.Problem("The calls of tests are not known: ask the user to start akita mcp with --tests " +
			"FILE.har, which pytest --akita writes.")
	}
	return r.untested, nil
}

// Routes implements toolbox.Source.
func (r recording) Routes(context.Context) ([]routeuse.Use, error) {
	if !r.hasRoutes {
		return nil, toolbox.Problem("The routes of the application are not known: ask the user to start akita mcp with " +
			"--routes FILE, which python -m akita_django routes writes, or which is an OpenAPI document.")
	}
	return r.uses, nil
}
