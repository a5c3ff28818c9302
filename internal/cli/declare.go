package cli

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"akita/client"
	"akita/internal/declared"
	"akita/internal/printable"
)

// declareTimeout is longer than a server takes to fetch and read a large document.
const declareTimeout = time.Minute

// declareCommand is what the user chose.
type declareCommand struct {
	remoteServer

	process  Process
	project  string
	url      string
	isRemove bool
}

func newDeclare(p Process) *cobra.Command {
	c := declareCommand{process: p}
	cmd := &cobra.Command{
		Use:   "declare [OPENAPI]",
		Short: "Tell a server which OpenAPI document a project declares",
		Long: `Tell a server which OpenAPI document a project declares, so that it compares the project's
calls with it at any time.

OPENAPI is a file with an OpenAPI 3.0, 3.1 or 3.2 document, or Swagger 2.0, in YAML or JSON. Files
below its folder that it refers to become a part of it. With --url, the server fetches the
document, now and every 15 minutes. Without both, the command prints what the project declares.

A document that was set here is in force until --remove. Without one, it is the one that the
Django application reports when it starts (drf-spectacular, drf-yasg, django-ninja).

Environment:
  AKITA_SERVER                             default of --server
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   the API key for the server, scope "full"; required`,
		Example: "  akita declare openapi.yaml --project shop --server https://akita.example.com\n" +
			"  akita declare --url https://shop.example.com/openapi.json --project shop\n" +
			"  akita declare --project shop\n" +
			"  akita drift shop@-7d..",
		Args: func(_ *cobra.Command, files []string) error { return c.checkArguments(files) },
		RunE: c.run,
	}
	flags := cmd.Flags()
	c.addFlag(flags, "URL of the server")
	flags.StringVar(&c.project, "project", "", "name or id of the project; required")
	flags.StringVar(&c.url, "url", "", "where the server fetches the document: http:// or https://")
	flags.BoolVar(&c.isRemove, "remove", false, "forget the document that was set")
	return cmd
}

// checkArguments reports arguments that exclude each other.
func (c *declareCommand) checkArguments(files []string) error {
	given := len(files)
	if c.url != "" {
		given++
	}
	if c.isRemove {
		given++
	}
	switch {
	case given > 1:
		return usagef("name one document: a file, --url or --remove")
	case c.project == "":
		return usagef("no project: name it with --project")
	}
	return nil
}

func (c *declareCommand) run(cmd *cobra.Command, files []string) error {
	if !c.isNamed(cmd, c.process) {
		return usagef("no server: name it with --server, or set AKITA_SERVER")
	}
	server, err := c.client(c.process, declareTimeout)
	if err != nil {
		return err
	}
	var now client.Declaration
	switch {
	case c.isRemove:
		if err := server.RemoveDeclaration(cmd.Context(), c.project); err != nil {
			return c.explain(err)
		}
		if now, err = server.Declaration(cmd.Context(), c.project); isMissing(err) {
			fmt.Fprintf(cmd.OutOrStdout(), "%s declares nothing now\n", printable.Text(c.project))
			return nil
		}
	case c.url != "":
		now, err = server.DeclareURL(cmd.Context(), c.project, c.url)
	case len(files) > 0:
		var text []byte
		if text, err = bundled(files[0]); err != nil {
			return err
		}
		now, err = server.Declare(cmd.Context(), c.project, text)
	default:
		now, err = server.Declaration(cmd.Context(), c.project)
	}
	if err != nil {
		return c.explain(err)
	}
	return describe(cmd.OutOrStdout(), c.project, now)
}

// bundled returns the text of a document. If it refers to other files, these are a part of it.
func bundled(name string) ([]byte, error) {
	document, err := readDocument(name, nil)
	if err != nil {
		return nil, err
	}
	if document.IsSplit() {
		return document.Bundle()
	}
	return readBounded(name)
}

// isMissing reports whether a server has no declaration of a project.
func isMissing(err error) bool {
	refused, ok := errors.AsType[*client.Problem](err)
	return ok && refused.Code == "declaration_not_found"
}

// explain says what the user can do about an error.
func (c *declareCommand) explain(err error) error {
	if refused, ok := errors.AsType[*client.Problem](err); ok {
		return usagef("%s", strings.TrimSuffix(printable.Text(refused.Detail), "."))
	}
	if _, ok := errors.AsType[*url.Error](err); ok {
		return fmt.Errorf("the Akita server at %s does not answer: start it, or correct --server (%w)", c.server, err)
	}
	return err
}

// describe prints what a project declares.
func describe(w io.Writer, project string, d client.Declaration) error {
	from := map[string]string{"upload": "uploaded", "url": "fetched", "app": "reported by the application"}[d.Origin]
	_, err := fmt.Fprintf(w, "%s declares OpenAPI %s, %q with %s, %s %s by %s\n",
		printable.Text(project), printable.Text(d.OpenAPI),
		d.Title, pluralOf(uint64(d.Operations), "operation", "operations"), from,
		d.Changed.UTC().Format(time.RFC3339), printable.Text(d.By))
	if err == nil && d.URL != "" {
		_, err = fmt.Fprintf(w, "from %s, checked %s\n", printable.Text(d.URL), d.Checked.UTC().Format(time.RFC3339))
	}
	if err == nil && d.Error != "" {
		_, err = fmt.Fprintf(w, "the last time it could not be fetched: %s\n", printable.Text(d.Error))
	}
	return err
}

// declaredBy reads the document that a project of a server declares; nil if it declares none.
func (r *sideReader) declaredBy(cmd *cobra.Command, of side, basePaths []string) (*declared.Document, error) {
	c, err := r.client(r.process, recordingTimeout)
	if err != nil {
		return nil, err
	}
	text := limited{max: maxDocument}
	if err := c.DeclaredDocument(cmd.Context(), of.project, &text); isMissing(err) {
		return nil, nil
	} else if err != nil {
		return nil, r.refusal(cmd.Context(), c, of, err)
	}
	document, err := declared.Read(text.Bytes(), declared.Options{BasePaths: basePaths})
	if err != nil {
		return nil, usagef("the document that %q declares: %w", of.project, err)
	}
	return document, nil
}
