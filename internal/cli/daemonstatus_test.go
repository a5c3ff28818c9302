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
