package wire_test

import (
	"context"
	"testing"
	"time"

	"akita/client"
	"akita/test/rig"
)

// TestCallsSeenByTwoTraces captures calls while two traces are on. Each call counts once in the
// project and in each trace, also when the other trace is deleted.
func TestCallsSeenByTwoTraces(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(context.Context, *middleware, [2]client.Trace, any) error{
		// A published middleware sends each call for each trace.
		"an old middleware": func(ctx context.Context, m *middleware, traces [2]client.Trace, call any) error {
			for _, trace := range traces {
				if err := m.send(ctx, trace, call); err != nil {
					return err
				}
			}
			return nil
		},
		// Ours sends each call once, and names its traces.
		"our middleware": func(ctx context.Context, m *middleware, traces [2]client.Trace, call any) error {
			return m.sendEvents(ctx, traces[0], struct { // in this order
				Client string   `json:"client_name"`
				Traces []string `json:"trace_ids"`
				Events []any    `json:"trace_events"`
			}{m.name, []string{traces[0].ID, traces[1].ID}, []any{call}})
		},
	} {
		for deleted := range 2 {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				overlap(t, send, deleted)
			})
		}
	}
}

func overlap(
	t *testing.T, send func(context.Context, *middleware, [2]client.Trace, any) error, deleted int,
) {
	t.Helper()
	const calls = 10
	p := start(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	m := newMiddleware(t, p.DaemonURL(), "web")
	var traces [2]client.Trace
	for i := range traces {
		var err error
		traces[i], err = p.api.StartTrace(ctx, project, time.Hour)
		check(t, err)
		check(t, m.activated(ctx, traces[i]))
	}
	for i := range calls {
		check(t, send(ctx, m, traces, shopCalls[i%len(shopCalls)].entry()))
	}

	count := func(trace string) int {
		model, err := p.api.Model(ctx, project, client.Filter{Trace: trace})
		check(t, err)
		return model.Witnesses
	}
	for _, trace := range traces {
		check(t, rig.Until(ctx, func() (bool, error) { return count(trace.ID) >= calls, nil }))
	}
	for _, trace := range []string{"", traces[0].ID, traces[1].ID} {
		if got := count(trace); got != calls {
			t.Errorf("%d calls in trace %q, want %d", got, trace, calls)
		}
	}
	listed, err := p.api.Traces(ctx, project)
	check(t, err)
	for _, trace := range listed {
		if trace.Witnesses != calls {
			t.Errorf("trace %s counts %d calls, want %d", trace.Name, trace.Witnesses, calls)
		}
	}

	check(t, p.api.DeleteTrace(ctx, project, traces[deleted].ID))
	for _, trace := range []string{"", traces[1-deleted].ID} {
		if got := count(trace); got != calls {
			t.Errorf("%d calls in trace %q after the deletion, want %d", got, trace, calls)
		}
	}
}
