package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"akita/internal/agent"
	"akita/internal/agent/token"
	"akita/internal/printable"
)

func newDaemonStatus(p Process) *cobra.Command {
	var config agent.Config
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Print the state of the daemon on this machine",
		Long: `Print the state of the daemon on this machine: its server, its projects and
traces, its clients, what waits on disk, and what was dropped, by reason. The
daemon is found with the same flags and variables as in "akita daemon".

Exit code: 0 if a daemon answers, even if its server is unreachable; 1 otherwise.`,
		Example: "  akita daemon status\n  akita daemon status --socket /run/akita/daemon.sock --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := statusClient(cmd, p, &config)
			if err != nil {
				return err
			}
			status, err := client.Status(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return json.MarshalWrite(cmd.OutOrStdout(), status, jsontext.WithIndent("  "))
			}
			return writeStatus(cmd.OutOrStdout(), status, time.Now())
		},
	}
	localFlags(cmd.Flags(), &config)
	cmd.Flags().Lookup("listen").Usage = "loopback address that the daemon listens on"
	cmd.Flags().Lookup("port").Usage = "port that the daemon listens on (AKITA_DAEMON_PORT)"
	cmd.Flags().Lookup("socket").Usage = "Unix socket of the daemon, used instead of the port (AKITA_DAEMON_SOCKET)"
	cmd.Flags().Lookup("token-file").Usage = "file with the daemon's token (AKITA_DAEMON_TOKEN_FILE)"
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the whole status as JSON")
	return cmd
}

func statusClient(cmd *cobra.Command, p Process, config *agent.Config) (agent.StatusClient, error) {
	if err := localEnvironment(cmd, p, config); err != nil {
		return agent.StatusClient{}, err
	}
	client := agent.StatusClient{Listen: config.Listen, Port: config.Port, Socket: config.Socket}
	var err error
	switch {
	case config.Token != "":
		client.Token, err = token.Parse(config.Token)
	case config.TokenFile != "":
		client.Token, err = token.Read(config.TokenFile)
	}
	if err != nil {
		return agent.StatusClient{}, usageError{err}
	}
	return client, nil
}

// writeStatus prints a status as text.
func writeStatus(w io.Writer, s agent.Status, now time.Time) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "Daemon\t%s, version %s, up for %s\n", printable.Text(s.Name), printable.Text(s.Version),
		time.Duration(s.UptimeSeconds)*time.Second)
	if s.SameName > 0 {
		fmt.Fprintf(t, "Same name\t%s: give each its own --name\n", plural(uint64(s.SameName), "other daemon"))
	}
	fmt.Fprintf(t, "Listens on\t%s\n", printable.Text(strings.Join(s.Listens, ", ")))
	fmt.Fprintf(t, "Server\t%s\n", serverLine(s, now))
	if e := s.Server.LastError; e != nil && e.Over {
		fmt.Fprintf(t, "Last error\t%s ago, over: %s\n", ago(e.Time, now), printable.Text(e.Message))
	} else if e != nil {
		fmt.Fprintf(t, "Error\t%s ago: %s\n", ago(e.Time, now), printable.Text(e.Message))
	}
	fmt.Fprintf(t, "Events\t%d accepted of %d, %.1f per second over the last minute\n",
		s.Events.Taken, s.Events.Received, s.Events.PerSecond)
	fmt.Fprintf(t, "Waiting\t%s\n", spoolLine(s.Spool, now))
	fmt.Fprintf(t, "Dropped\t%s\n", dropsLine(s.Drops))
	if n := s.Events.WithheldNames; n > 0 {
		fmt.Fprintf(t, "Withheld names\t%d, because they may be data\n", n)
	}
	if len(s.Projects) == 0 {
		fmt.Fprintf(t, "Projects\tnone: no middleware has reported in\n")
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, project := range s.Projects {
		if err := writeProject(w, project, now); err != nil {
			return err
		}
	}
	return nil
}

func writeProject(w io.Writer, p agent.ProjectStatus, now time.Time) error {
	note := map[string]string{
		"missing": " (the server has no such project)",
		"unasked": " (the server has not been reached yet)",
	}[p.Standing]
	fmt.Fprintf(w, "\nProject %s%s\n", printable.Text(p.Name), note)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, trace := range p.Traces {
		fmt.Fprintf(t, "  trace\t%s\t%s\tuntil %s\n", printable.Text(trace.Name), plural(trace.Witnesses, "call"),
			until(trace.End))
	}
	if len(p.Traces) == 0 {
		fmt.Fprintf(t, "  no active trace\n")
	}
	for _, client := range p.Clients {
		fmt.Fprintf(t, "  client\t%s\tcaptures %s\tseen %s ago\n", printable.Text(client.Name),
			plural(uint64(len(client.TraceIDs)), "trace"), ago(client.LastSeen, now))
	}
	return t.Flush()
}

func serverLine(s agent.Status, now time.Time) string {
	if s.Preview {
		return "none: witnesses are printed, not uploaded (--preview)"
	}
	line := printable.Text(fmt.Sprintf("%s, %s", s.Server.URL, s.Server.State))
	if !s.Server.LastAnswer.IsZero() {
		line += fmt.Sprintf(", last answered %s ago", ago(s.Server.LastAnswer, now))
	}
	return line
}

func spoolLine(s agent.SpoolStatus, now time.Time) string {
	line := fmt.Sprintf("%s in %s; %.1f of %.0f MiB of disk used", plural(uint64(max(s.Witnesses, 0)), "call"),
		plural(uint64(max(s.Bundles, 0)), "bundle"), float64(s.Bytes)/(1<<20), float64(s.MaxBytes)/(1<<20))
	if !s.Oldest.IsZero() && s.Bundles > 0 {
		line += fmt.Sprintf("; the oldest is from %s ago", ago(s.Oldest, now))
	}
	return line
}

func dropsLine(drops map[string]uint64) string {
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(drops)) {
		if n := drops[reason]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, printable.Text(strings.ReplaceAll(reason, "_", " "))))
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// ago returns the time from then to now, in whole seconds.
func ago(then, now time.Time) time.Duration { return max(now.Sub(then), 0).Round(time.Second) }

// until returns the end of a trace. The server sends the year 9999 for one without an end.
func until(end time.Time) string {
	if end.Year() >= 9999 {
		return "stopped"
	}
	return end.Local().Format(time.DateTime)
}
