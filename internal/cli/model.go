package cli

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

func newModel() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "Make an API model of HAR files, offline",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newModelBuild(), newModelShow())
	return cmd
}

func newModelBuild() *cobra.Command {
	var output, format, title string
	var noEnums, plain bool
	cmd := &cobra.Command{
		Use:   "build FILE.har...",
		Short: "Infer an OpenAPI 3.1 document from HAR files",
		Long: `Infer an OpenAPI 3.1 document from HAR files.

Each FILE is an HTTP archive (HAR 1.2), an array of its entries, or one entry a
line (NDJSON), also compressed with gzip; "-" is standard input. Nothing is sent
anywhere. A bad entry is named on standard error and the rest is read on.`,
		Example: "  akita model build traffic.har -o openapi.yaml\n  zcat *.har.gz | akita model build - --format json",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := chooseFormat(&format, output); err != nil {
				return err
			}
			model, err := readModel(cmd, files, !noEnums)
			if err != nil {
				return err
			}
			if title == "" {
				title = titleOf(files)
			}
			document := model.Infer().OpenAPI(apimodel.DocumentOptions{Title: title, Plain: plain})
			text, err := document.YAML()
			if format == "json" {
				text, err = document.JSON()
			}
			if err != nil {
				return err
			}
			return write(cmd, output, text)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&output, "output", "o", "", "write the document to this file instead of standard output")
	flags.StringVar(&format, "format", "", `"yaml" or "json" (default: by the ending of --output, else yaml)`)
	flags.StringVar(&title, "title", "", "the document's title (default: the first file's name)")
	flags.BoolVar(&noEnums, "no-enums", false, "keep no literal values, not even members of enums")
	flags.BoolVar(&plain, "plain", false, "leave out x-akita-* extensions")
	return cmd
}

func newModelShow() *cobra.Command {
	var types bool
	cmd := &cobra.Command{
		Use:     "show FILE.har...",
		Short:   "Print the API model of HAR files as a table, or with its types",
		Example: "  akita model show traffic.har\n  akita model show --types traffic.har | less",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, files []string) error {
			model, err := readModel(cmd, files, true)
			if err != nil {
				return err
			}
			api := model.Infer()
			if types {
				return writeTypes(cmd.OutOrStdout(), api)
			}
			return writeTable(cmd.OutOrStdout(), api.Overview(apimodel.Filter{}))
		},
	}
	cmd.Flags().BoolVar(&types, "types", false, "print each endpoint with its parameters and the types of its bodies")
	return cmd
}

func someFiles(cmd *cobra.Command, files []string) error {
	if len(files) == 0 {
		return usagef(`no file is named: give HAR files, or "-" for standard input (see %q)`, cmd.CommandPath()+" --help")
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

// readModel folds the entries of all files. Bad entries are named on standard error;
// a file that cannot be read at all is an error.
func readModel(cmd *cobra.Command, files []string, enums bool) (*apimodel.Model, error) {
	model := apimodel.New()
	for _, name := range files {
		if err := readFile(cmd, name, enums, model); err != nil {
			return nil, err
		}
	}
	return model, nil
}

// maxNamedEntries is how many bad entries of a file are named one by one.
const maxNamedEntries = 10

func readFile(cmd *cobra.Command, name string, enums bool, model *apimodel.Model) error {
	in, closeFile, err := openInput(cmd, name)
	if err != nil {
		return err
	}
	defer closeFile()
	label := name
	if name == "-" {
		label = "standard input"
	}
	bad, err := fold(cmd.Context(), in, enums, model, func(n int, err *har.EntryError) {
		if n < maxNamedEntries {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v (left out)\n", label, err)
		}
	})
	if bad > maxNamedEntries {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d bad entries in all were left out\n", label, bad)
	}
	if err != nil && cmd.Context().Err() == nil {
		return usagef("%s: %w", label, err)
	}
	return err
}

// fold adds each entry of a file to the model, and returns how many were bad.
func fold(ctx context.Context, in io.Reader, enums bool, model *apimodel.Model, report func(n int, err *har.EntryError)) (int, error) {
	entries := har.NewDecoder(in)
	var e har.Entry
	var arena shape.Arena
	bad := 0
	for {
		err := entries.Next(&e)
		var entryError *har.EntryError
		switch {
		case ctx.Err() != nil:
			return bad, ctx.Err()
		case errors.Is(err, io.EOF):
			return bad, nil
		case errors.As(err, &entryError):
			report(bad, entryError)
			bad++
		case err != nil:
			return bad, err
		default:
			w := witness.FromEntry(&e, witness.Options{Enums: enums, Arena: &arena})
			model.Add(&w)
			arena.Reset()
		}
	}
}

// openInput opens a file, or standard input for "-", and looks through gzip.
func openInput(cmd *cobra.Command, name string) (io.Reader, func(), error) {
	in, closeFile, size := cmd.InOrStdin(), func() {}, int64(-1)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, nil, usagef("%w", err)
		}
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		in, closeFile = f, func() { _ = f.Close() } // read only: nothing is lost
	}
	in, done := watchReading(in, name, size, cmd.ErrOrStderr())
	closeInput := closeFile
	closeFile = func() { done(); closeInput() }
	buffered := bufio.NewReaderSize(in, 64<<10)
	if magic, err := buffered.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return buffered, closeFile, nil //nolint:nilerr // an empty or unreadable file is reported when it is read
	}
	unzipped, err := gzip.NewReader(buffered)
	if err != nil {
		closeFile()
		return nil, nil, usagef("%s: %w", name, err)
	}
	return unzipped, closeFile, nil
}

// write writes to a file, or to standard output without one.
func write(cmd *cobra.Command, output string, text []byte) error {
	if output == "" {
		_, err := cmd.OutOrStdout().Write(text)
		return err
	}
	if err := os.WriteFile(output, text, 0o644); err != nil { //nolint:gosec // a document that others may read
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}
