package cli

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"akita/internal/agent"
	"akita/internal/agent/cloud"
)

// Any program may answer on the port, and a daemon repeats texts of its server and its
// clients, so none of them may control the terminal.
func TestStatusEscapesTexts(t *testing.T) {
	t.Parallel()
	const trick = "a\x1b[2J\r\n\tDropped\tnothing\u202e"
	status := agent.Status{
		Name: trick, Version: trick, Listens: []string{trick},
		Server: agent.ServerStatus{URL: trick, State: cloud.State(trick), LastError: &agent.ErrorStatus{Message: trick}},
		Drops:  map[string]uint64{trick: 1},
		Projects: []agent.ProjectStatus{{
			Name: trick, Standing: trick,
			Traces: []agent.TraceStatus{{Name: trick}}, Clients: []agent.ClientStatus{{Name: trick}},
		}},
	}
	var out strings.Builder
	if err := writeStatus(&out, status, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
		t.Errorf("the output holds an unprintable character: %.40q", out.String()[i:])
	}
	const want = `a\x1b[2J\r\n\tDropped\tnothing\u202e`
	if n := strings.Count(out.String(), want); n != 10 {
		t.Errorf("the output holds %q %d times, want 10:\n%s", want, n, out.String())
	}
	if n := strings.Count(out.String(), "\n"); n != 11 {
		t.Errorf("%d lines:\n%s", n, out.String())
	}
}

func TestStatusLines(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, test := range map[string]struct {
		change func(*agent.Status)
		want   string // a line
		absent string // the start of a line
	}{
		"an error": {
			func(s *agent.Status) {
				s.Server.LastError = &agent.ErrorStatus{Time: now.Add(-time.Minute), Message: "busy"}
			}, "Error       1m0s ago: busy\n", "Last error",
		},
		"an error that is over": {
			func(s *agent.Status) {
				s.Server.LastError = &agent.ErrorStatus{Time: now.Add(-time.Minute), Message: "busy", Over: true}
			}, "Last error  1m0s ago, over: busy\n", "Error",
		},
		"another daemon of the same name": {
			func(s *agent.Status) { s.SameName = 1 }, "Same name   1 other daemon: give each its own --name\n", "Last error",
		},
		"a trace without an end": {
			func(s *agent.Status) {
				end := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
				s.Projects = []agent.ProjectStatus{{Name: "shop", Traces: []agent.TraceStatus{{Name: "panda", End: end}}}}
			}, "trace panda 0 calls until stopped\n", "Same name",
		},
		"nothing of note": {func(*agent.Status) {}, "Dropped     nothing\n", "Same name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var status agent.Status
			test.change(&status)
			var out strings.Builder
			if err := writeStatus(&out, status, now); err != nil {
				t.Fatal(err)
			}
			// The width of the first column depends on the longest label.
			got := strings.Join(strings.Fields(strings.ReplaceAll(out.String(), "\n", " \n ")), " ")
			if want := strings.Join(strings.Fields(test.want), " "); !strings.Contains(got, want) {
				t.Errorf("no line %q in\n%s", want, out.String())
			}
			if strings.Contains("\n"+out.String(), "\n"+test.absent) {
				t.Errorf("there is a line %q in\n%s", test.absent, out.String())
			}
		})
	}
}
