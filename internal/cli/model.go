package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/shape"
	"akita/internal/witness"
)

func newModel(p Process) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "Build an API model from HAR files, offline",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentPreRun = func(*cobra.Command, []string) { collectLess(p.Getenv) }
	cmd.AddCommand(newModelBuild(), newModelShow())
	return cmd
}

func newModelBuild() *cobra.Command {
	var output, format, title string
	var noEnums, plain bool
	var chosen selection
	cmd := &cobra.Command{
		Use:   "build FILE.har...",
		Short: "Infer an OpenAPI 3.1 document from HAR files",
		Long: `Infer an OpenAPI 3.1 document from HAR files.

Each FILE is an HTTP archive (HAR, also as JSONP), an array of HAR entries, or one
entry per line (NDJSON). It may be compressed with gzip, or be a zip archive with
HARs in it; "-" is standard input. Nothing is sent anywhere.

Bodies are read if they are compressed (gzip, deflate, br, zstd), framed in chunks,
in another character encoding, or in files beside the HAR or in its zip archive, as
Playwright attaches them. The document counts bodies that were not read by reason,
as x-akita-unread.

Hosts that answer alike are one API. If there are several APIs, standard error names
them; choose with --host, --exclude-host and --path. What a browser fetched for itself
(pages, images, fonts, scripts, reports, preflights) is counted and not listed.

Bad entries, and the rest of a truncated file, are skipped and reported on standard
error with their index, from 0. If a file is not a HAR, the exit code is 2.`,
		Example: "  akita model build traffic.har -o openapi.yaml\n" +
			"  akita model build traffic.har --host api.example.com --path /v1\n" +
			"  zcat *.har.gz | akita model build - --format json",
		Args: someFiles,
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := chooseFormat(&format, output); err != nil {
				return err
			}
			if err := checkOutput(output, files); err != nil {
				return err
			}
			model, err := readModel(cmd, files, &chosen, !noEnums)
			if err != nil {
				return err
			}
			if title == "" {
				title = titleOf(files)
			}
			api := endpoints.Infer(model)
			noteTraffic(cmd, api, &chosen)
			document := openapi.New(api, openapi.Options{Title: title, Plain: plain})
			return write(cmd, output, func(out io.Writer) error {
				if format == "json" {
					return document.WriteJSON(out, "  ")
				}
				return document.WriteYAML(out)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&output, "output", "o", "", "file for the document (default: standard output, \"-\")")
	flags.StringVar(&format, "format", "", `"yaml" or "json" (default: from the extension of --output, else yaml)`)
	flags.StringVar(&title, "title", "", "title of the document (default: the name of the first file)")
	flags.BoolVar(&noEnums, "no-enums", false, "keep no literal values, not even members of enums")
	flags.BoolVar(&plain, "plain", false, "omit x-akita-* extensions")
	chosen.addFlags(flags)
	return cmd
}

func newModelShow() *cobra.Command {
	var types bool
	var chosen selection
	cmd := &cobra.Command{
		Use:   "show FILE.har...",
		Short: "Print the API model of HAR files as a table, or with its types",
		Long: `Print the API model of HAR files as a table, or with its types.

Consumers are who made the calls: as akita_django.set_consumer() names them, or else
families of clients, by the header User-Agent.`,
		Example: "  akita model show traffic.har\n  akita model show --types traffic.har | less",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, files []string) error {
			model, err := readModel(cmd, files, &chosen, true)
			if err != nil {
				return err
			}
			api := endpoints.Infer(model)
			cmd.PrintErr(hostsNote(api.Hosts(), &chosen))
			if types {
				return writeTypes(cmd.OutOrStdout(), api)
			}
			return writeTable(cmd.OutOrStdout(), api)
		},
	}
	cmd.Flags().BoolVar(&types, "types", false,
		"print each endpoint with its authentication, its consumers, its parameters and the types of its bodies")
	chosen.addFlags(cmd.Flags())
	return cmd
}

func someFiles(cmd *cobra.Command, files []string) error {
	if len(files) == 0 {
		return usagef(`no input: name HAR files, or "-" for standard input (see %q)`, cmd.CommandPath()+" --help")
	}
	return nil
}

func chooseFormat(format *string, output string) error {
	switch *format {
	case "yaml", "json":
	case "":
		*format = "yaml"
		if strings.HasSuffix(output, ".json") {
			*format = "json"
		}
	default:
		return usagef(`unknown format %q: --format takes "yaml" or "json"`, *format)
	}
	return nil
}

func titleOf(files []string) string {
	if files[0] == "-" {
		return ""
	}
	name := files[0][strings.LastIndexByte(files[0], '/')+1:]
	for _, end := range []string{".gz", ".har", ".ndjson", ".json"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// readModel adds the chosen entries of all files to one model.
func readModel(cmd *cobra.Command, files []string, chosen *selection, enums bool) (*apimodel.Model, error) {
	model := apimodel.New()
	if err := readChosen(cmd, files, chosen, addTo(model, enums)); err != nil {
		return nil, err
	}
	return model, nil
}

// readChosen calls use for each chosen entry of the named files, as readEntries does.
func readChosen(cmd *cobra.Command, files []string, chosen *selection, use func(*har.Entry) error) error {
	if err := chosen.parse(); err != nil {
		return err
	}
	err := readEntries(cmd, files, func(e *har.Entry) error {
		if !chosen.keeps(e) {
			return nil
		}
		return use(e)
	})
	if err != nil {
		return err
	}
	cmd.PrintErr(chosen.note())
	return chosen.check()
}

// addTo returns a function that adds the witness of an entry to the model.
func addTo(model *apimodel.Model, enums bool) func(*har.Entry) error {
	var arena shape.Arena
	options := witness.Options{Enums: enums, Arena: &arena, Cache: new(witness.Cache), Pages: new(witness.Pages)}
	return func(e *har.Entry) error {
		w := witness.FromEntry(e, options)
		model.Add(&w)
		arena.Reset()
		return nil
	}
}
