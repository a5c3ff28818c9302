package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"akita/client"
	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/declared"
)

// sidesHelp describes the arguments that sideReader reads.
const sidesHelp = `A side may also be what a server has of a project: PROJECT, PROJECT@TRACE or
PROJECT@FROM..TO, or PROJECT@tests:NAME for what "akita upload --tests" has uploaded. FROM and
TO are times (2026-01-31T14:00:00Z), days (2026-01-31), "now", or times before now (-24h, -7d);
either may be left out. Ranges are whole hours, in UTC. A file of the same name wins.

Environment:
  AKITA_SERVER                             default of --server
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   the API key for the server, scope "read"; required with it`

// sideReader reads the sides of a comparison: files of traffic, and projects of a server.
type sideReader struct {
	remoteServer

	process Process
	chosen  selection
	matched uint64 // calls that have a path of the document
	tests   uint64 // calls that are marked as those of tests
}

// addFlags adds the flags that choose a server and the calls of files. use describes the server.
func (r *sideReader) addFlags(flags *pflag.FlagSet, use string) {
	r.addFlag(flags, use)
	r.chosen.addFlags(flags)
}

// side is an argument that names a project of a server.
type side struct {
	text    string // the argument
	project string
	scope   compare.Scope
}

// parseSide reads the argument of a project.
func parseSide(text string) side {
	project, scope, _ := strings.Cut(text, "@")
	return side{text, project, compare.ParseScope(scope)}
}

// isRemote reports whether an argument names a project: a server is known, and there is no such file.
func (r *sideReader) isRemote(cmd *cobra.Command, name string) bool {
	if name == "-" || isURL(name) || !r.isNamed(cmd, r.process) {
		return false
	}
	info, err := os.Stat(name)
	return err != nil || info.IsDir()
}

// recording reads sides as one. The calls have the routes of the document, unless it is nil.
func (r *sideReader) recording(
	cmd *cobra.Command, names []string, document *declared.Document,
) (compare.Recording, error) {
	var files []string
	sum := compare.Recording{Model: apimodel.New(), Dates: make(compare.Dates)}
	for _, name := range names {
		if !r.isRemote(cmd, name) {
			files = append(files, name)
			continue
		}
		one, err := r.fetch(cmd, parseSide(name))
		if err != nil {
			return sum, err
		}
		if document != nil {
			var matched uint64
			one, matched = one.Named(document)
			r.matched += matched
		}
		sum.Merge(one)
	}
	if len(files) == 0 {
		return sum, nil
	}
	read := newHours(document)
	chosen := selection{hosts: r.chosen.hosts, excluded: r.chosen.excluded, paths: r.chosen.paths}
	if err := readChosen(cmd, files, &chosen, read.add); err != nil {
		return sum, err
	}
	r.chosen, r.matched, r.tests = chosen, r.matched+read.matched, read.tests
	if len(files) == len(names) {
		return read.recording(), nil
	}
	sum.Merge(read.recording())
	return sum, nil
}

// maxRecording bounds a recording of a server, in bytes.
const maxRecording = 512 << 20

// fetch reads what a server has of a project.
func (r *sideReader) fetch(cmd *cobra.Command, of side) (recorded compare.Recording, err error) {
	for _, flag := range []string{"host", "exclude-host", "path"} {
		if cmd.Flags().Changed(flag) {
			return recorded, usagef("--%s is for files: %s is a project of a server", flag, of.text)
		}
	}
	c, err := r.client(r.process, recordingTimeout)
	if err != nil {
		return recorded, err
	}
	body := limited{max: maxRecording}
	if of.scope.Tests != "" {
		err = c.TestRecording(cmd.Context(), of.project, of.scope.Tests, &body)
	} else {
		wanted := client.Filter{Trace: of.scope.Trace, From: of.scope.From, To: of.scope.To}
		err = c.Recording(cmd.Context(), of.project, wanted, &body)
	}
	if err != nil {
		return recorded, r.refusal(cmd.Context(), c, of, err)
	}
	if recorded, err = compare.UnmarshalRecording(body.Bytes()); err != nil {
		return recorded, usagef("%s: %w", of.text, err)
	}
	if recorded.Model.Witnesses() == 0 {
		return recorded, emptySide(cmd.Context(), c, of)
	}
	return recorded, nil
}

// limited is a buffer that fails when it holds too much.
type limited struct {
	bytes.Buffer

	max int
}

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > l.max {
		return 0, fmt.Errorf("the recording is larger than %d MiB: compare a trace, or a shorter range", l.max>>20)
	}
	return l.Buffer.Write(p)
}

// refusal explains why a server did not hand out a side.
func (r *sideReader) refusal(ctx context.Context, c *client.Client, of side, err error) error {
	refused, isRefused := errors.AsType[*client.Problem](err)
	_, isUnreachable := errors.AsType[*url.Error](err)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isUnreachable:
		return usagef("%s: the Akita server at %s does not answer: start it, or correct --server (%w)",
			of.text, r.server, err)
	case !isRefused:
		return usagef("%s: %w", of.text, err)
	case refused.Code == "project_not_found":
		return usagef("%s: there is no such file, and no project %q on the server: %s",
			of.text, of.project, projectsOf(ctx, c))
	case refused.Code == "tests_not_found":
		return usagef("%s: project %q has no tests %q: %s", of.text, of.project, of.scope.Tests,
			testsOf(ctx, c, of.project))
	case refused.Code == "trace_not_found":
		return usagef("%s: project %q has no trace %q: %s; a range is written as -7d..now or 2026-01-01..2026-02-01",
			of.text, of.project, of.scope.Trace, tracesOf(ctx, c, of.project))
	case refused.Status == http.StatusUnauthorized || refused.Status == http.StatusForbidden:
		return usagef("%s: the Akita server at %s refuses the API key: %s", of.text, r.server, refused.Detail)
	case len(refused.Errors) > 0:
		return usagef("%s: %s %s", of.text, refused.Errors[0].Field, refused.Errors[0].Detail)
	}
	return usagef("%s: %w", of.text, err)
}

func projectsOf(ctx context.Context, c *client.Client) string {
	projects, err := c.Projects(ctx)
	if err != nil {
		return err.Error()
	}
	names := make([]string, len(projects))
	for i, p := range projects {
		names[i] = p.Name
	}
	return existing("project", names)
}

func tracesOf(ctx context.Context, c *client.Client, project string) string {
	traces, err := c.Traces(ctx, project)
	if err != nil {
		return err.Error()
	}
	names := make([]string, len(traces))
	for i, t := range traces {
		names[i] = t.Name
	}
	return existing("trace", names)
}

func testsOf(ctx context.Context, c *client.Client, project string) string {
	tests, err := c.Tests(ctx, project)
	if err != nil {
		return err.Error()
	}
	names := make([]string, len(tests))
	for i, t := range tests {
		names[i] = t.Name
	}
	return existing("test run", names)
}

// existing names what there is instead.
func existing(noun string, names []string) string {
	if len(names) == 0 {
		return "there is no " + noun + " yet"
	}
	return "there is " + firstOf(names, maxListed)
}

// emptySide explains that there are no calls.
func emptySide(ctx context.Context, c *client.Client, of side) error {
	all, err := c.Model(ctx, of.project, client.Filter{})
	switch {
	case err != nil:
		return usagef("%s: there are no calls", of.text)
	case len(all.Endpoints) == 0:
		return usagef("%s: project %q has no calls yet", of.text, of.project)
	}
	first := slices.MinFunc(all.Endpoints, func(a, b client.Endpoint) int { return a.FirstSeen.Compare(b.FirstSeen) })
	last := slices.MaxFunc(all.Endpoints, func(a, b client.Endpoint) int { return a.LastSeen.Compare(b.LastSeen) })
	return usagef("%s: there are no calls in %s: those of %q are from %s to %s", of.text,
		cmp.Or(of.scope.Trace, of.scope.From+".."+of.scope.To), of.project,
		first.FirstSeen.UTC().Format(time.RFC3339), last.LastSeen.UTC().Format(time.RFC3339))
}
