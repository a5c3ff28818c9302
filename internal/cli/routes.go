package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/spf13/cobra"

	"akita/client"
	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/report"
	"akita/internal/routelist"
	"akita/internal/routeuse"
)

// routesCommand is what the user chose.
type routesCommand struct {
	reportFlags

	sides   sideReader
	project string
}

func newRoutes(p Process) *cobra.Command {
	c := routesCommand{sides: sideReader{process: p}}
	cmd := &cobra.Command{
		Use:   "routes ROUTES TRAFFIC...",
		Short: "Find routes that nobody calls, and calls of no route",
		Long: `Find the routes of an application that nobody calls, that are only ever refused, or that are
called although they are announced to end; and what answers without being a route.

ROUTES is what "python -m akita_django routes" prints (of Flask, Starlette and FastAPI
"python -m akita_capture routes MODULE:NAME"), or an OpenAPI document. Each TRAFFIC is a
side: a file that is read as in "akita model build", or "-" for standard input. Of files, nothing
is sent anywhere. With --project in place of both, the routes are those that the application has
reported to a server, and the calls are those of the project.

The states of routes:
  dead           never called
  rejected only  every call was answered with 401, 403 or 404
  zombie         called although its answers have Deprecation or Sunset
  shadow         answered 2xx, and is no route
  unknown        there are calls that may be its own

Text has a table of routes. The other formats have the dead and zombie routes and the shadows as
findings. The exit code is 0 without findings that fail the check (--fail-on), 1 with some, 2 if
the arguments or the input are wrong.

` + sidesHelp,
		Example: "  python -m akita_django routes > routes.json && akita routes routes.json traffic.har\n" +
			"  akita routes openapi.yaml traffic.har --fail-on shadow\n" +
			"  akita routes --project shop@-30d.. --server https://akita.example.com",
		Args: func(cmd *cobra.Command, args []string) error {
			if isRemote := c.project != ""; isRemote && len(args) > 0 || !isRemote && len(args) < 2 {
				return usagef("routes needs a list of routes and traffic, or --project (see %q)", cmd.CommandPath()+" --help")
			}
			return nil
		},
		PreRun: func(*cobra.Command, []string) { collectLess(p.Getenv) },
		RunE:   c.run,
	}
	flags := cmd.Flags()
	c.addFlags(p, flags, "none", "dead", "zombie", "shadow")
	c.addCSV(flags)
	flags.StringVar(&c.project, "project", "", "project of a server, in place of files: shop, shop@TRACE or shop@FROM..TO")
	c.sides.addFlags(flags, "URL of a server with the projects")
	return cmd
}

func (c *routesCommand) run(cmd *cobra.Command, args []string) error {
	if err := c.check(args); err != nil {
		return err
	}
	if c.project != "" {
		uses, err := c.ofProject(cmd)
		if err != nil {
			return err
		}
		return c.writeUses(cmd, uses, callsOf(uses), c.project)
	}
	list, document, err := readRoutes(args[0])
	if err != nil {
		return err
	}
	recorded, err := c.sides.recording(cmd, args[1:], document)
	if err != nil {
		return err
	}
	set := endpoints.Infer(recorded.Model)
	noteTraffic(cmd, set, &c.sides.chosen)
	return c.writeUses(cmd, routeuse.Of(list, set), set.Witnesses(), args[0])
}

// writeUses writes how routes are used. It fails if a finding fails the check.
func (c *routesCommand) writeUses(cmd *cobra.Command, uses []routeuse.Use, calls uint64, of string) error {
	r := &report.Report{
		Title: "API routes: " + filepath.Base(of), Of: filepath.ToSlash(of),
		Findings: routeuse.Findings(uses, calls), Calls: calls,
	}
	if c.isCSV || c.format != report.Formats()[0] {
		return c.write(cmd, r)
	}
	return c.writeAs(cmd, r, func(w io.Writer, o report.Options) error { return report.WriteRoutes(w, uses, o) })
}

// readRoutes reads a list of routes, with a document that names the calls of these routes. An OpenAPI
// document is both.
func readRoutes(name string) (routelist.List, *declared.Document, error) {
	text, err := readBounded(name)
	if err != nil {
		return routelist.List{}, nil, err
	}
	var reported struct {
		Routes  []routelist.Entry `json:"routes"`
		OpenAPI any               `json:"openapi"`
		Swagger any               `json:"swagger"`
	}
	err = json.Unmarshal(text, &reported)
	if err == nil && reported.OpenAPI == nil && reported.Swagger == nil {
		list := routelist.New(reported.Routes, false)
		if len(list.Routes) == 0 {
			return list, nil, usagef("%s has no routes: write them with \"python -m akita_django routes\", "+
				"or name an OpenAPI document", name)
		}
		document, err := documentOf(list)
		return list, document, err
	}
	document, err := readDocument(name, nil)
	if err != nil {
		return routelist.List{}, nil, err
	}
	var list routelist.List
	for _, op := range document.Operations() {
		list.Routes = append(list.Routes, routelist.Route{Method: strings.ToUpper(op.Method), Path: op.Path})
	}
	return list, document, nil
}

// documentOf returns a document with the paths of routes. Without it the paths of calls are inferred, and a
// version in front of a path may be left out.
func documentOf(list routelist.List) (*declared.Document, error) {
	operation := map[string]any{"responses": map[string]any{"default": map[string]any{"description": "any"}}}
	paths, known := make(map[string]any), make(map[string]bool)
	for i := range list.Routes {
		r := &list.Routes[i]
		for _, path := range append([]string{r.Path}, r.Also...) {
			bare := endpoints.Anonymous(path)
			if r.Opaque || known[bare] {
				continue
			}
			known[bare] = true
			item := map[string]any{"get": operation}
			if start := strings.LastIndexByte(path, '{'); r.Tail && start >= 0 {
				item["parameters"] = []any{map[string]any{
					"name": strings.TrimSuffix(path[start+1:], "}"), "in": "path", "required": true, "allowReserved": true,
				}}
			}
			paths[path] = item
		}
	}
	text, err := json.Marshal(map[string]any{
		"openapi": "3.1.0", "info": map[string]any{"title": "routes", "version": "1"}, "paths": paths,
	}, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write the paths of routes: %w", err)
	}
	return declared.Read(text, declared.Options{})
}

// ofProject returns how the routes of a project of a server are used.
func (c *routesCommand) ofProject(cmd *cobra.Command) ([]routeuse.Use, error) {
	if !c.sides.isNamed(cmd, c.sides.process) {
		return nil, usagef("--project is of a server: name it with --server")
	}
	remote, err := c.sides.client(c.sides.process, recordingTimeout)
	if err != nil {
		return nil, err
	}
	of := parseSide(c.project)
	routes, err := remote.Routes(cmd.Context(), of.project, client.RouteFilter{
		Trace: of.scope.Trace, From: of.scope.From, To: of.scope.To,
	})
	if err != nil {
		return nil, c.sides.refusal(cmd.Context(), remote, of, err)
	}
	if routes.Reported.IsZero() {
		return nil, usagef("the application of %q has reported no routes: its middleware does so once it serves, "+
			"if the daemon and the middleware are new enough", of.project)
	}
	if !routes.Complete {
		fmt.Fprintf(cmd.ErrOrStderr(), "the application has more routes than it reports: shadows are not listed\n")
	}
	uses := make([]routeuse.Use, 0, len(routes.Items))
	for i := range routes.Items {
		uses = append(uses, useOf(&routes.Items[i]))
	}
	return uses, nil
}

// useOf returns what a server says of a route.
func useOf(r *client.Route) routeuse.Use {
	u := routeuse.Use{
		Method: r.Method, Path: r.Path, View: r.View, Host: r.Host, State: routeuse.State(r.State),
		Calls: uint64(max(r.Calls, 0)), Deprecated: uint64(max(r.Deprecated, 0)),
		Period: apimodel.Period{First: r.FirstCall, Last: r.LastCall}, Last2xx: r.Last2xx,
	}
	for _, by := range r.Consumers {
		u.Consumers = append(u.Consumers, facts.Consumer{
			Name: by.Name, Calls: uint64(max(by.Calls, 0)), Period: apimodel.Period{Last: by.LastHour},
		})
	}
	return u
}

// callsOf returns the calls of all routes.
func callsOf(uses []routeuse.Use) (n uint64) {
	for i := range uses {
		n += uses[i].Calls
	}
	return n
}
