package api

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func TestDaemonStates(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		f.project("other")
		f.beat(f.daemon(), "demo")
		begin := time.Now()
		user := f.user()
		for _, tc := range []struct {
			at    time.Duration
			state daemonState // "" for gone
		}{
			{0, healthy},
			{unhealthyAfter, healthy},
			{unhealthyAfter + time.Second, unhealthy},
			{goneAfter, unhealthy},
			{goneAfter + time.Second, ""},
		} {
			time.Sleep(time.Until(begin.Add(tc.at)))
			var daemons list[daemonJSON]
			user.get(project + "/daemons").want(http.StatusOK).into(&daemons)
			if tc.state == "" {
				if len(daemons.Items) > 0 {
					t.Errorf("after %v: still listed", tc.at)
				}
				continue
			}
			if len(daemons.Items) != 1 || daemons.Items[0].State != tc.state || len(daemons.Items[0].Clients) != 1 {
				t.Errorf("after %v: %+v, want %s with one client", tc.at, daemons.Items, tc.state)
			}
		}
	})
}

func TestDaemonsListClientsOfTheProject(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.beat(f.daemon(), "demo")
	for name, clients := range map[string]int{"demo": 1, "other": 0} {
		var daemons list[daemonJSON]
		f.user().get(f.project(name) + "/daemons").want(http.StatusOK).into(&daemons)
		if len(daemons.Items) != 1 || len(daemons.Items[0].Clients) != clients {
			t.Errorf("%s: %+v, want one daemon with %d clients", name, daemons.Items, clients)
		}
	}
}
