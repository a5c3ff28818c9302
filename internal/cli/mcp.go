package cli

import (
	"context"
	"log/slog"
	"slices"

	"github.com/spf13/cobra"

	"akita/internal/endpoints"
	"akita/internal/mcp"
	"akita/internal/toolbox"
)

func newMCP(p Process) *cobra.Command {
	var noEnums bool
	var chosen selection
	cmd := &cobra.Command{
		Use:   "mcp FILE.har...",
		Short: "Let an AI agent ask about an API, over the Model Context Protocol",
		Long: `Let an AI agent ask about an API, over the Model Context Protocol (MCP).

The agent starts this command and speaks to it on standard input and output. Its
tools only read: they search endpoints, describe them with their types, find where
a field occurs, list slow and failing endpoints. An answer has at most 2,000 tokens.

The files are read at the start, in the same formats as by "akita model build".
Messages go to standard error.`,
		Example: "  akita mcp traffic.har\n" +
			"  claude mcp add shop -- akita mcp /home/ada/traffic.har --host api.example.com",
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := someFiles(cmd, files); err != nil {
				return err
			}
			if slices.Contains(files, "-") {
				return usagef("standard input is for the agent: write the traffic to a file and name it")
			}
			model, err := readModel(cmd, files, &chosen, !noEnums)
			if err != nil {
				return err
			}
			return serveTools(cmd, p, recording{endpoints.Infer(model)})
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&noEnums, "no-enums", false, "keep no literal values, not even members of enums")
	chosen.addFlags(flags)
	return cmd
}

// serveTools lets an agent call the tools, on one library, until it closes the standard input.
func serveTools(cmd *cobra.Command, p Process, library toolbox.Library) error {
	config := mcp.Config{
		Version: Version(), Tools: toolbox.Tools(false), Logger: newLogger(p.Stderr, slog.LevelWarn),
		Call: func(ctx context.Context, tool string, arguments []byte) (string, error) {
			return toolbox.Call(ctx, library, tool, arguments)
		},
	}
	return mcp.ServeStreams(cmd.Context(), config, cmd.InOrStdin(), cmd.OutOrStdout())
}

// recording is a library with one source: what files of traffic show.
type recording struct{ set *endpoints.Set }

// Open implements toolbox.Library.
func (r recording) Open(context.Context, string) (toolbox.Source, error) { return r, nil }

// Endpoints implements toolbox.Source.
func (r recording) Endpoints(context.Context) (*endpoints.Set, error) { return r.set, nil }

// Changes implements toolbox.Source.
func (recording) Changes(context.Context, string) ([]toolbox.Change, error) {
	return nil, toolbox.Problem("These tools read files of traffic, which do not show what changed: a server dates what " +
		"it sees of a project. get_endpoint says when an endpoint was called first and last.")
}
