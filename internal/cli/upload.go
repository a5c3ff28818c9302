package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"akita/client"
	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

// uploadCommand is what the user chose.
type uploadCommand struct {
	remoteServer

	chosen        selection
	project, name string
	isTests       bool
	gate          gate.Config
}

func newUpload(p Process) *cobra.Command {
	var c uploadCommand
	cmd := &cobra.Command{
		Use:   "upload FILE.har... --tests --project NAME",
		Short: "Upload what the calls of tests show to a project",
		Long: `Upload what the calls of tests show to a project of a server, which then says what
production does and no test does.

Each FILE is read as in "akita model build"; "pytest --akita" writes one. This command
reads it twice and makes a model of it on this machine: types, and never values. As in
"akita daemon", a name that may be data leaves only if it occurs in enough calls. The
calls are kept beside those of production, under a name; those that were uploaded under
the same name before are replaced.

Environment:
  AKITA_SERVER                             default of --server
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   the API key for the server, scope "full"; required`,
		Example: "  akita upload akita-tests.har --tests --project shop\n" +
			"  akita upload unit/*.har --tests --name unit --project shop --server https://akita.example.com\n" +
			"  akita coverage --tests shop@tests:unit --production shop@-30d..now",
		Args: someFilesOf,
		RunE: func(cmd *cobra.Command, files []string) error { return c.run(cmd, p, files) },
	}
	flags := cmd.Flags()
	c.addFlag(flags, "URL of the server")
	flags.StringVar(&c.project, "project", "", "the project (required)")
	flags.BoolVar(&c.isTests, "tests", false, "the calls are those of tests (required)")
	flags.StringVar(&c.name, "name", "tests", "name of the tests")
	flags.BoolVar(&c.gate.StrictNames, "strict-names", false, "withhold every name until it has occurred in three calls")
	c.chosen.addFlags(flags)
	return cmd
}

func someFilesOf(cmd *cobra.Command, files []string) error {
	if slices.Contains(files, "-") {
		return usagef("the calls are read twice: write them to a file and name it, in place of standard input")
	}
	return someFiles(cmd, files)
}

func (c *uploadCommand) run(cmd *cobra.Command, p Process, files []string) error {
	switch {
	case !c.isTests:
		return usagef(`only calls of tests are uploaded: say so with --tests; "akita daemon" captures others`)
	case c.project == "":
		return usagef("to which project? Name it with --project")
	case !c.isNamed(cmd, p):
		return usagef("to which server? Name it with --server, or set AKITA_SERVER")
	}
	server, err := c.client(p, recordingTimeout)
	if err != nil {
		return err
	}
	calls := newProvenCalls(c.gate)
	for range 2 { // names that occur in enough calls pass in all of them
		calls.restart()
		chosen := selection{hosts: c.chosen.hosts, excluded: c.chosen.excluded, paths: c.chosen.paths}
		if err := readChosen(cmd, files, &chosen, calls.add); err != nil {
			return err
		}
		cmd.SetErr(io.Discard) // what is wrong with the files was said
	}
	cmd.SetErr(p.Stderr)
	body, err := compare.Recording{Model: calls.model}.MarshalBinary()
	if err != nil {
		return err
	}
	kept, err := server.PutTests(cmd.Context(), c.project, c.name, body)
	if err != nil {
		return c.refusal(err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s of tests are %q in project %q: %s were sent, and no value\n",
		plural(uint64(kept.Calls), "call"), kept.Name, c.project, plural(uint64(len(body)), "byte"))
	if calls.withheld > 0 {
		cmd.PrintErrf("%s withheld: a name that occurs in so few calls may be data\n",
			pluralOf(calls.withheld, "name was", "names were"))
	}
	return err
}

// refusal explains why the server did not take the calls.
func (c *uploadCommand) refusal(err error) error {
	refused, isRefused := errors.AsType[*client.Problem](err)
	_, isUnreachable := errors.AsType[*url.Error](err)
	switch {
	case isUnreachable:
		return usagef("the Akita server at %s does not answer: start it, or correct --server (%w)", c.server, err)
	case isRefused && len(refused.Errors) > 0:
		return usagef("--%s %s", refused.Errors[0].Field, refused.Errors[0].Detail)
	case isRefused:
		return usagef("the Akita server at %s refuses the calls: %s", c.server, cmp.Or(refused.Detail, err.Error()))
	}
	return err
}

// provenCalls sums up what may leave the machine of calls. The names of a first pass prove themselves for the
// second one.
type provenCalls struct {
	gate     *gate.Gate
	model    *apimodel.Model
	options  witness.Options
	arena    shape.Arena
	calls    int
	before   uint64 // names that were withheld in earlier passes
	withheld uint64
}

func newProvenCalls(config gate.Config) *provenCalls { return &provenCalls{gate: gate.New(config)} }

// restart begins a pass over all calls.
func (c *provenCalls) restart() {
	c.model, c.calls, c.before, c.withheld = apimodel.New(), 0, c.gate.Withheld(), 0
	c.options = witness.Options{
		Arena: &c.arena, Cache: new(witness.Cache), Pages: new(witness.Pages), MaxExpanded: witness.LiveExpanded,
	}
}

// add adds a call. Hosts stay here: tests call one that means nothing.
func (c *provenCalls) add(e *har.Entry) error {
	w := witness.FromEntry(e, c.options)
	w.Host, w.Scheme = "", ""
	c.calls++
	c.gate.Filter(&w, c.gate.Call([]byte(strconv.Itoa(c.calls))))
	c.withheld = c.gate.Withheld() - c.before
	if w.Validate() == nil { // the server would refuse all calls
		c.model.Add(&w)
	}
	c.arena.Reset()
	return nil
}
