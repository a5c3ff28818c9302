package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"akita/internal/agent"
	"akita/internal/agent/token"
)

func newDaemonStatus(p Process) *cobra.Command {
	var cfg agent.Config
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Say how the daemon on this machine is",
		Long: `Say how the daemon on this machine is: its server, the projects and traces that
it knows, its clients, what waits on disk, and what was dropped, by reason. It
takes the flags and variables of "akita daemon" that say where the daemon listens.

Exit code: 0 if a daemon answers, also one whose server is away; 1 if none does.`,
		Example: "  akita daemon status\n  akita daemon status --socket /run/akita/daemon.sock --json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := statusClient(cmd, p, &cfg)
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
	localFlags(cmd.Flags(), &cfg)
	cmd.Flags().Lookup("listen").Usage = "loopback address that the daemon listens on"
	cmd.Flags().Lookup("port").Usage = "port that it listens on (AKITA_DAEMON_PORT)"
	cmd.Flags().Lookup("socket").Usage = "Unix socket to ask in place of the port (AKITA_DAEMON_SOCKET)"
	cmd.Flags().Lookup("token-file").Usage = "file with the daemon's token (AKITA_DAEMON_TOKEN_FILE)"
	cmd.Flags().BoolVar(&asJSON, "json", false, "print everything, as JSON")
	return cmd
}

func statusClient(cmd *cobra.Command, p Process, cfg *agent.Config) (agent.StatusClient, error) {
	if err := localEnvironment(cmd, p, cfg); err != nil {
		return agent.StatusClient{}, err
	}
	client := agent.StatusClient{Listen: cfg.Listen, Port: cfg.Port, Socket: cfg.Socket}
	var err error
	switch {
	case cfg.Token != "":
		client.Token, err = token.Parse(cfg.Token)
	case cfg.TokenFile != "":
		client.Token, err = token.Read(cfg.TokenFile)
	}
	if err != nil {
		return agent.StatusClient{}, usageError{err}
	}
	return client, nil
}

// writeStatus prints a status for a person.
func writeStatus(w io.Writer, s agent.Status, now time.Time) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "Daemon\t%s, version %s, up for %s\n", shown(s.Name), shown(s.Version), time.Duration(s.UptimeSeconds)*time.Second)
	fmt.Fprintf(t, "Listens on\t%s\n", shown(strings.Join(s.Listens, ", ")))
	fmt.Fprintf(t, "Server\t%s\n", serverLine(s, now))
	if e := s.Server.LastError; e != nil {
		fmt.Fprintf(t, "Last error\t%s ago: %s\n", ago(e.Time, now), shown(e.Message))
	}
	fmt.Fprintf(t, "Events\t%d taken of %d, %.1f per second over the last minute\n", s.Events.Taken, s.Events.Received, s.Events.PerSecond)
	fmt.Fprintf(t, "Waiting\t%s\n", spoolLine(s.Spool, now))
	fmt.Fprintf(t, "Dropped\t%s\n", dropsLine(s.Drops))
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
	note := map[string]string{"missing": " (the server has no such project)", "unasked": " (the server was not reached yet)"}[p.Standing]
	fmt.Fprintf(w, "\nProject %s%s\n", shown(p.Name), note)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, trace := range p.Traces {
		fmt.Fprintf(t, "  trace\t%s\t%s\tuntil %s\n", shown(trace.Name), plural(trace.Witnesses, "call"), trace.End.Local().Format(time.DateTime))
	}
	if len(p.Traces) == 0 {
		fmt.Fprintf(t, "  no trace is on\n")
	}
	for _, client := range p.Clients {
		fmt.Fprintf(t, "  client\t%s\tcaptures %s\tseen %s ago\n", shown(client.Name), plural(uint64(len(client.TraceIDs)), "trace"), ago(client.LastSeen, now))
	}
	return t.Flush()
}

func serverLine(s agent.Status, now time.Time) string {
	if s.Preview {
		return "none: what would be uploaded is printed (--preview)"
	}
	line := shown(fmt.Sprintf("%s, %s", s.Server.URL, s.Server.State))
	if !s.Server.LastAnswer.IsZero() {
		line += fmt.Sprintf(", last answered %s ago", ago(s.Server.LastAnswer, now))
	}
	return line
}

func spoolLine(s agent.SpoolStatus, now time.Time) string {
	line := fmt.Sprintf("%s in %s; %.1f of %.0f MiB of disk used", plural(uint64(max(s.Witnesses, 0)), "call"), plural(uint64(max(s.Bundles, 0)), "bundle"),
		float64(s.Bytes)/(1<<20), float64(s.MaxBytes)/(1<<20))
	if !s.Oldest.IsZero() && s.Bundles > 0 {
		line += fmt.Sprintf("; the oldest was taken %s ago", ago(s.Oldest, now))
	}
	return line
}

func dropsLine(drops map[string]uint64) string {
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(drops)) {
		if n := drops[reason]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, shown(strings.ReplaceAll(reason, "_", " "))))
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// shown is a text that came over a wire, with escapes for what a terminal would act upon,
// and for ends of lines and columns.
func shown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// ago is the time since then, to the second.
func ago(then, now time.Time) time.Duration { return max(now.Sub(then), 0).Round(time.Second) }
