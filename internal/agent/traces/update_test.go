package traces_test

import (
	"errors"
	"testing"
	"time"

	"akita/internal/agent/traces"
)

func TestExpire(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	late := trace(2)
	late.End = start.Add(2 * time.Hour)
	b.Update("shop", []traces.Trace{trace(1), late})
	b.now = start.Add(time.Hour)
	b.Expire("shop")
	if view, err := b.View("shop"); err != nil || len(view.Active) != 1 || view.Active[0].ID != late.ID {
		t.Errorf("view is %+v, %v", view, err)
	}
	b.Expire("unknown") // nothing to end
}

func TestMissingProject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.Miss("shop")
	b.Miss("shop")
	if view, err := b.View("shop"); err != nil || view.Standing != traces.Missing {
		t.Errorf("view is %+v, %v", view, err)
	}
	if _, err := b.Find("shop", "panda-1"); !errors.Is(err, traces.ErrUnknownService) {
		t.Errorf("Find: %v", err)
	}
	b.Update("shop", nil)
	want := `level=WARN msg="The server has no such project: create it in the console or correct AKITA_SERVICE_NAME; trying again" project=shop
level=INFO msg="The project exists now" project=shop
`
	if got := b.log.String(); got != want {
		t.Errorf("log is\n%swant\n%s", got, want)
	}
}

func TestLogLinesOfTheGuide(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "django-demo", "web")
	panda := traces.Trace{ID: "lrn_6EjLU2sINbfKRwmqeqQM8s", Name: "powder-blue-panda-338"}
	b.Update("django-demo", []traces.Trace{panda})
	b.Update("django-demo", []traces.Trace{panda}) // no news
	b.Update("django-demo", nil)
	want := `level=INFO msg="Activating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)"
level=INFO msg="Deactivating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)"
`
	if got := b.log.String(); got != want {
		t.Errorf("log is\n%swant\n%s", got, want)
	}
}

// The server has renamed a trace; the middleware does not know yet.
func TestEventsUnderTheOldNameAreTakenForAMinute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	old := trace(1)
	renamed := old
	renamed.Name = "black-friday"
	b.Update("shop", []traces.Trace{old})
	if !b.Update("shop", []traces.Trace{renamed}) {
		t.Error("a new name does not count as a change: clients would not get it")
	}
	for _, name := range []string{old.Name, renamed.Name} {
		if got, err := b.Find("shop", name); err != nil || got.ID != old.ID {
			t.Errorf("%s is %+v, %v", name, got, err)
		}
	}
	b.Count("shop", old.ID, 3)
	b.now = b.now.Add(time.Minute)
	b.Update("shop", []traces.Trace{renamed})
	if _, err := b.Find("shop", old.Name); !errors.Is(err, traces.ErrUnknownTrace) {
		t.Errorf("after a minute, the old name is found: %v", err)
	}
	if s := b.Services()[0]; len(s.Active) != 1 || s.Active[0].Name != renamed.Name || s.Taken[old.ID] != 3 {
		t.Errorf("the service is %+v", s)
	}
}
