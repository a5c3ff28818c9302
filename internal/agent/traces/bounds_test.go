package traces_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/traces"
)

// invent registers n services or clients that do not exist.
func (b *bench) invent(t *testing.T, n int, service, client string) {
	t.Helper()
	for i := range n {
		b.now = b.now.Add(time.Millisecond)
		name := service
		if client == "" {
			name = fmt.Sprint(service, i)
		}
		if err := b.Register(name, fmt.Sprint(client, i), nil); err != nil {
			t.Fatalf("%s %d: %v", service, i, err)
		}
		if client == "" {
			b.Miss(name)
		}
	}
}

func (b *bench) knows(service string) bool {
	_, err := b.View(service)
	return err == nil
}

func TestInventedServicesDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "known", "web")
	b.Update("known", []traces.Trace{trace(1)})
	b.invent(t, 200, "invented-", "")
	b.mustRegister(t, "new", "web") // the server has not answered yet
	b.invent(t, 50, "more-", "")
	for _, name := range []string{"known", "new", "more-49"} {
		if !b.knows(name) {
			t.Errorf("%s was forgotten", name)
		}
	}
	if b.knows("invented-0") {
		t.Error("the oldest invented service is still known")
	}
	if n := len(b.Services()); n != 64 {
		t.Errorf("%d services, want 64", n)
	}
}

func TestOrderOfForgottenServices(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "unused", "web")
	b.Update("unused", nil)
	b.now = b.now.Add(3 * time.Minute)
	b.mustRegister(t, "unasked", "web")
	b.mustRegister(t, "missing", "web")
	b.Miss("missing")
	for i := range 61 {
		name := fmt.Sprint("used-", i)
		b.mustRegister(t, name, "web")
		b.Update(name, nil)
	}
	for i, victim := range []string{"missing", "unasked", "unused"} {
		name := fmt.Sprint("new-", i)
		b.mustRegister(t, name, "web")
		b.Update(name, nil)
		if b.knows(victim) {
			t.Errorf("%s is still known", victim)
		}
	}
	if err := b.Register("one more", "web", nil); !errors.Is(err, traces.ErrTooMany) {
		t.Errorf("64 projects are in use: %v", err)
	}
	if err := b.Register("used-0", "web", nil); err != nil {
		t.Errorf("a known one is refused: %v", err)
	}
}

// Whoever waits for a forgotten service, or watches it, must not wait for ever.
func TestForgettingAServiceWakesItsClients(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "first", "web")
	b.Miss("first")
	view, err := b.View("first")
	if err != nil {
		t.Fatal(err)
	}
	b.invent(t, 64, "invented-", "")
	for name, closed := range map[string]<-chan struct{}{"View.Changed": view.Changed, "forgotten": b.forgotten["first"]} {
		select {
		case <-closed:
		default:
			t.Errorf("%s is open", name)
		}
	}
}

func TestInventedClientsDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mustRegister(t, "shop", "web")
	b.Update("shop", nil)
	b.invent(t, 2000, "other", "client-")
	clients := b.Clients()
	if len(clients) != 1000 || clients[len(clients)-1].Service != "shop" {
		t.Errorf("%d clients; the last is %+v, want 1000 and that of shop", len(clients), clients[len(clients)-1])
	}
	b.invent(t, 1, "shop", "new-")
	if got := b.Clients(); len(got) != 1000 || got[999].Name != "web" || got[998].Name != "new-0" {
		t.Errorf("%d clients; the last are %+v", len(got), got[998:])
	}
}

func TestInventedServicesDoNotFloodTheLog(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.invent(t, 1000, "invented-", "") // within a second
	if n := strings.Count(b.log.String(), "The server has no such project"); n < 20 || n > 22 {
		t.Errorf("%d lines", n)
	}
}
