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
	var remote remoteProject
	cmd := &cobra.Command{
		Use:   "mcp [FILE.har...]",
		Short: "Let an AI agent ask about an API, over the Model Context Protocol",
		Long: `Let an AI agent ask about an API, over the Model Context Protocol (MCP).

The agent starts this command and speaks to it on standard input and output. Its
tools only read: they search endpoints, describe them with their types, find where
a field occurs, list changes and slow and failing endpoints. An answer has at most
2,000 tokens.

The traffic is in files, which are read at the start in the same formats as by
"akita model build", or on a server. Messages go to standard error.

Environment:
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   the API key for the server, scope "read"; required with it
  AKITA_SERVER                             default of --server`,
		Example: "  akita mcp traffic.har\n" +
			"  akita mcp --server https://akita.example.com --project shop\n" +
			"  claude mcp add shop -- akita mcp /home/ada/traffic.har --host api.example.com",
		RunE: func(cmd *cobra.Command, files []string) error {
			if len(files) == 0 {
				call, err := remote.caller(cmd, p)
				if err != nil {
					return err
				}
				return serveTools(cmd, p, toolbox.Tools(remote.project == ""), call)
			}
			set, err := readRecording(cmd, files, &chosen, !noEnums)
			if err != nil {
				return err
			}
			return serveTools(cmd, p, toolbox.Tools(false), func(
				ctx context.Context, tool string, arguments []byte,
			) (string, error) {
				return toolbox.Call(ctx, recording{set}, tool, arguments)
			})
		},
	}
	flags := cmd.Flags()
	remote.addFlag(flags, "URL of a server whose projects the agent may ask about")
	flags.StringVar(&remote.project, "project", "", "the only project of the server that the agent asks about")
	flags.BoolVar(&noEnums, "no-enums", false, "keep no literal values of files, not even members of enums")
	chosen.addFlags(flags)
	return cmd
}

// readRecording returns what the chosen calls of files show.
func readRecording(cmd *cobra.Command, files []string, chosen *selection, enums bool) (*endpoints.Set, error) {
	if slices.Contains(files, "-") {
		return nil, usagef("standard input is for the agent: write the traffic to a file and name it")
	}
	for _, flag := range []string{"server", "project"} {
		if cmd.Flags().Changed(flag) {
			return nil, usagef("--%s and files exclude each other: name files, or a server with --server", flag)
		}
	}
	model, err := readModel(cmd, files, chosen, enums)
	if err != nil {
		return nil, err
	}
	return endpoints.Infer(model), nil
}

// toolCall calls a tool, as mcp.Config has it.
type toolCall func(ctx context.Context, tool string, arguments []byte) (string, error)

// serveTools lets an agent call tools until it closes the standard input.
func serveTools(cmd *cobra.Command, p Process, tools []toolbox.Tool, call toolCall) error {
	config := mcp.Config{Version: Version(), Tools: tools, Call: call, Logger: newLogger(p.Stderr, slog.LevelWarn)}
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
