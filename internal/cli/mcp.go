package cli

import (
	"context"
	"log/slog"

	"github.com/spf13/cobra"

	"akita/internal/mcp"
	"akita/internal/toolbox"
)

func newMCP(p Process) *cobra.Command {
	var c recordingSource
	var remote remoteProject
	cmd := &cobra.Command{
		Use:   "mcp [FILE.har...]",
		Short: "Let an AI agent ask about an API, over the Model Context Protocol",
		Long: `Let an AI agent ask about an API, over the Model Context Protocol (MCP).

The agent starts this command and speaks to it on standard input and output. Its
tools only read: they search endpoints, describe them with their types, find where
a field occurs, list changes, slow and failing endpoints, what differs from a declared
document, what no test does, and routes that nobody calls. An answer has at most 2,000
tokens.

The traffic is in files, which are read at the start in the same formats as by
"akita model build", or on a server. Of files, --openapi, --tests and --routes say what
the calls are compared with. Messages go to standard error.

Environment:
  AKITA_API_KEY_ID, AKITA_API_KEY_SECRET   the API key for the server, scope "read"; required with it
  AKITA_SERVER                             default of --server`,
		Example: "  akita mcp traffic.har\n" +
			"  akita mcp traffic.har --openapi openapi.yaml --tests tests.har --routes routes.json\n" +
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
			read, err := c.read(cmd, files)
			if err != nil {
				return err
			}
			return serveTools(cmd, p, toolbox.Tools(false), func(
				ctx context.Context, tool string, arguments []byte,
			) (string, error) {
				return toolbox.Call(ctx, read, tool, arguments)
			})
		},
	}
	flags := cmd.Flags()
	remote.addFlag(flags, "URL of a server whose projects the agent may ask about")
	flags.StringVar(&remote.project, "project", "", "the only project of the server that the agent asks about")
	c.addFlags(flags)
	return cmd
}

// toolCall calls a tool, as mcp.Config has it.
type toolCall func(ctx context.Context, tool string, arguments []byte) (string, error)

// serveTools lets an agent call tools until it closes the standard input.
func serveTools(cmd *cobra.Command, p Process, tools []toolbox.Tool, call toolCall) error {
	config := mcp.Config{Version: Version(), Tools: tools, Call: call, Logger: newLogger(p.Stderr, slog.LevelWarn)}
	return mcp.ServeStreams(cmd.Context(), config, cmd.InOrStdin(), cmd.OutOrStdout())
}
