package cli

import (
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/overlay"
	"akita/internal/printable"
	"akita/internal/report"
	"akita/internal/spectacular"
)

// driftCommand is what the user chose.
type driftCommand struct {
	reportFlags

	sides     sideReader
	basePaths []string
	ignore    string
	patch     string
}

func newDrift(p Process) *cobra.Command {
	c := driftCommand{sides: sideReader{process: p}}
	cmd := &cobra.Command{
		Use:   "drift [OPENAPI] SIDE...",
		Short: "Compare a declared OpenAPI document with traffic",
		Long: `Compare a declared OpenAPI document with traffic.

OPENAPI is an OpenAPI 3.0, 3.1 or 3.2 document, or Swagger 2.0, in YAML or JSON. Each SIDE is
a file, which is read as in "akita model build"; "-" is standard input. Of files, nothing is
sent anywhere. A single SIDE that is a project of a server is compared with what the project
declares (see "akita declare").

A finding is one of three kinds:
  mismatched    calls contradict the document: a type, a format, a missing field, credentials
  undocumented  calls show what the document does not declare: an operation, a field, a status
  unseen        the document declares what no call shows

Calls that were refused (400 or above) never judge a request. Headers that clients, proxies and
gateways add are no findings, and neither are credentials of a declared security scheme.

The exit code is 0 without findings that fail the check (--fail-on), 1 with some, 2 if the
arguments or the input are wrong.

` + sidesHelp,
		Example: "  akita drift openapi.yaml traffic.har\n" +
			"  akita drift openapi.yaml *.har --host api.example.com --format markdown -o comment.md\n" +
			"  akita drift openapi.yaml traffic.har --ignore accepted.yaml --fail-on mismatched\n" +
			"  akita drift openapi.yaml traffic.har --patch overlay -o overlay.yaml\n" +
			"  akita drift openapi.yaml traffic.har --patch django -o shop/akita_schema.py\n" +
			"  akita drift openapi.yaml shop@-7d.. --server https://akita.example.com\n" +
			"  akita drift shop@-7d.. --server https://akita.example.com",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 && (len(args) == 0 || !c.sides.isRemote(cmd, args[0])) {
				return usagef("drift needs an OpenAPI document and at least one HAR file or project (see %q)",
					cmd.CommandPath()+" --help")
			}
			return nil
		},
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   c.run,
	}
	flags := cmd.Flags()
	c.addFlags(p, flags, "mismatched,undocumented", "mismatched", "undocumented", "unseen")
	flags.StringVar(&c.ignore, "ignore", "", "file with findings that are accepted, each with a reason (docs/compare.md)")
	flags.StringArrayVar(&c.basePaths, "base-path", nil,
		`path below which the calls have the document's paths, in place of its servers: "/api/v1" (repeatable)`)
	flags.StringVar(&c.patch, "patch", "",
		`write no report, but what makes mismatched and undocumented findings vanish: "overlay" (OpenAPI Overlay 1.1) `+
			`or "django" (Python code for drf-spectacular)`)
	c.sides.addFlags(flags, "URL of a server with the projects that are compared")
	return cmd
}

func (c *driftCommand) run(cmd *cobra.Command, args []string) error {
	if err := c.check(args); err != nil {
		return err
	}
	if c.patch != "" && c.patch != "overlay" && c.patch != "django" {
		return usagef(`unknown patch %q: --patch takes "overlay" or "django"`, c.patch)
	}
	ignored, err := readIgnored(c.ignore)
	if err != nil {
		return err
	}
	name, document, err := c.document(cmd, args)
	if err != nil {
		return err
	}
	recorded, err := c.sides.recording(cmd, args[min(len(args)-1, 1):], document)
	if err != nil {
		return err
	}
	traffic, set := recorded.Traffic()
	noteTraffic(cmd, set, &c.sides.chosen)
	if c.sides.matched == 0 {
		cmd.PrintErrf("no call has a path of %s: its paths are below %s; "+
			"choose others with --base-path, or calls with --host\n", name, quotedPaths(document))
	}
	findings := compare.Drift(document, traffic)
	left := withoutIgnored(cmd, c.ignore, findings, ignored)
	if c.patch != "" {
		return c.writePatch(cmd, name, document, set, left)
	}
	of := &report.Report{
		Title: "API drift: " + filepath.Base(name), Of: name, Findings: left,
		Calls: set.Witnesses(), Ignored: len(findings) - len(left),
	}
	if len(args) > 1 {
		of.Document = filepath.ToSlash(name)
	}
	return c.write(cmd, of)
}

// document returns the document that is compared, and its name: that of the first argument, or what the
// project of the only argument declares.
func (c *driftCommand) document(cmd *cobra.Command, args []string) (name string, d *declared.Document, err error) {
	if len(args) > 1 {
		d, err = readDocument(args[0], c.basePaths)
		return args[0], d, err
	}
	bases, err := readBasePaths(c.basePaths)
	if err != nil {
		return "", nil, err
	}
	of := parseSide(args[0])
	d, err = c.sides.declaredBy(cmd, of, bases)
	if err == nil && d == nil {
		err = usagef("project %q declares no document: run \"akita declare openapi.yaml --project %s\", "+
			"or name a document before it", of.project, of.project)
	}
	return of.project, d, err
}

// writePatch writes what makes findings vanish, and names those that it leaves.
func (c *driftCommand) writePatch(
	cmd *cobra.Command, name string, document *declared.Document, set *endpoints.Set, findings []compare.Finding,
) error {
	if !strings.HasPrefix(document.Version, "3.") {
		return usagef("%s is OpenAPI %s, and a patch needs 3.0 or newer: convert the document first",
			name, document.Version)
	}
	leave := func(f compare.Finding, reason string) {
		at := strings.TrimSpace(strings.Join([]string{f.Method, f.Path, f.At}, " "))
		cmd.PrintErrln(printable.Text(fmt.Sprintf("%s: %s: not in the patch: %s", at, f.Message, reason)))
	}
	if c.patch == "django" {
		module, left, err := spectacular.Patch(document, set, findings)
		if err != nil {
			return usagef("%s: %w", name, err)
		}
		for _, l := range left {
			leave(l.Finding, l.Reason)
		}
		noteEmpty(cmd, module == "")
		return write(cmd, c.output, func(w io.Writer) error {
			_, err := io.WriteString(w, module)
			return err
		})
	}
	patch, left := overlay.Patch(document, set, findings)
	patch.Title, patch.Extends = "What calls show beside "+filepath.Base(name), filepath.ToSlash(name)
	for _, f := range left {
		leave(f, overlay.Elsewhere)
	}
	noteEmpty(cmd, len(patch.Actions) == 0)
	return write(cmd, c.output, patch.WriteYAML)
}

func noteEmpty(cmd *cobra.Command, isEmpty bool) {
	if isEmpty {
		cmd.PrintErr("there is nothing to change\n")
	}
}

// quotedPaths returns the paths of a document's servers as a message shows them.
func quotedPaths(d *declared.Document) string {
	var out []string
	for _, p := range d.BasePaths() {
		out = append(out, fmt.Sprintf("%q", p+"/"))
	}
	return strings.Join(out, ", ")
}

func readIgnored(name string) ([]compare.Ignored, error) {
	if name == "" {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, usagef("%w", err)
	}
	ignored, err := compare.ReadIgnored(text)
	if err != nil {
		return nil, usagef("%s: %w", name, err)
	}
	return ignored, nil
}

// withoutIgnored returns the findings that no entry of a file matches, and names the entries that match
// none.
func withoutIgnored(
	cmd *cobra.Command, name string, findings []compare.Finding, ignored []compare.Ignored,
) []compare.Finding {
	left, unused := compare.Without(findings, ignored)
	for _, n := range unused {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: entry %d matches no finding: remove it\n", name, n)
	}
	return left
}

// maxDocument bounds a document and each file that it refers to, in bytes.
const maxDocument = 64 << 20

// readDocument reads a declared document. It may refer to other files below its own folder.
func readDocument(name string, basePaths []string) (*declared.Document, error) {
	text, err := readBounded(name)
	if err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	bases, err := readBasePaths(basePaths)
	if err != nil {
		return nil, err
	}
	folder := os.DirFS(filepath.Dir(absolute))
	document, err := declared.Read(text, declared.Options{
		BasePaths: bases,
		Location:  &url.URL{Path: filepath.Base(absolute)},
		ReadRef: func(at *url.URL) ([]byte, error) {
			if at.Scheme != "" || at.Host != "" {
				return nil, fmt.Errorf("%s is not fetched: bundle the document first, or keep it beside the file", at.Redacted())
			}
			return fs.ReadFile(folder, filepath.ToSlash(filepath.Clean(at.Path)))
		},
	})
	if err != nil {
		return nil, usagef("%s: %w", name, err)
	}
	return document, nil
}

// readBasePaths checks the paths of --base-path, and returns them without a slash at the end.
func readBasePaths(given []string) (paths []string, err error) {
	for _, p := range given {
		if !strings.HasPrefix(p, "/") {
			return nil, usagef("--base-path %q does not start with a slash: write \"/\" or \"/api/v1\"", p)
		}
		paths = append(paths, strings.TrimRight(p, "/"))
	}
	return paths, nil
}

func readBounded(name string) ([]byte, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxDocument+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(text) > maxDocument {
		return nil, usagef("%s is larger than %d MiB", name, maxDocument>>20)
	}
	return text, nil
}
