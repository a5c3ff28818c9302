package api

import "testing"

func TestChanges(t *testing.T) {
	t.Parallel()
	const interest = tracesChanged | credentialsChanged
	for name, tc := range map[string]struct {
		notify func(c *changes)
		want   change // 0: the watcher is not woken
	}{
		"nothing":         {func(*changes) {}, 0},
		"of interest":     {func(c *changes) { c.notify("demo", tracesChanged) }, tracesChanged},
		"not of interest": {func(c *changes) { c.notify("demo", modelChanged|witnessesChanged) }, 0},
		"one of two":      {func(c *changes) { c.notify("demo", modelChanged|tracesChanged) }, tracesChanged},
		"other project":   {func(c *changes) { c.notify("other", tracesChanged) }, 0},
		"all projects":    {func(c *changes) { c.notifyAll(credentialsChanged) }, credentialsChanged},
		"heartbeat":       {func(c *changes) { c.notifyAll(daemonsChanged) }, 0},
		"two calls": {func(c *changes) {
			c.notify("demo", tracesChanged)
			c.notifyAll(credentialsChanged)
		}, interest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newChanges()
			w, stop := c.watch("demo", interest)
			defer stop()
			tc.notify(c)
			if awake := len(w.wake) > 0; awake != (tc.want != 0) {
				t.Errorf("awake = %v", awake)
			}
			if got := c.take(w); got != tc.want {
				t.Errorf("took %b, want %b", got, tc.want)
			}
			if len(w.wake) > 0 || c.take(w) != 0 {
				t.Error("the watcher was notified twice of the same change")
			}
		})
	}
}
