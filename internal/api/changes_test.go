package api

import "testing"

func TestChanges(t *testing.T) {
	t.Parallel()
	const interest = tracesChanged | credentialsChanged
	for name, tc := range map[string]struct {
		tell func(c *changes)
		want change // 0: the watcher sleeps on
	}{
		"nothing":            {func(*changes) {}, 0},
		"of interest":        {func(c *changes) { c.tell("demo", tracesChanged) }, tracesChanged},
		"of other interest":  {func(c *changes) { c.tell("demo", modelChanged|witnessesChanged) }, 0},
		"in part":            {func(c *changes) { c.tell("demo", modelChanged|tracesChanged) }, tracesChanged},
		"of another project": {func(c *changes) { c.tell("other", tracesChanged) }, 0},
		"everywhere":         {func(c *changes) { c.tellAll(credentialsChanged) }, credentialsChanged},
		"a heartbeat":        {func(c *changes) { c.tellAll(daemonsChanged) }, 0},
		"one by one":         {func(c *changes) { c.tell("demo", tracesChanged); c.tellAll(credentialsChanged) }, interest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newChanges()
			w, stop := c.watch("demo", interest)
			defer stop()
			tc.tell(c)
			if awake := len(w.wake) > 0; awake != (tc.want != 0) {
				t.Errorf("awake = %v", awake)
			}
			if got := c.take(w); got != tc.want {
				t.Errorf("took %b, want %b", got, tc.want)
			}
			if len(w.wake) > 0 || c.take(w) != 0 {
				t.Error("it is told of the same twice")
			}
		})
	}
}
