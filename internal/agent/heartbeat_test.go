package agent_test

import (
	"strings"
	"testing"
)

func TestKeyRefusedAfterStart(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.traces = []trace{panda} })
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	d.register()
	cloud.set(func(s *server) { s.refuse = true })
	d.mustSend(3)
	d.log.until(t, "The server refuses the API key")
	if n := strings.Count(d.log.String(), "refuses the API key"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestDaemonsOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.sameName = 1 })
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	d.log.until(t, "Another daemon with this name sends to the server")
	if s := d.asked(); s.SameName != 1 {
		t.Errorf("status: %d others", s.SameName)
	}
	first := <-cloud.heartbeats
	cloud.set(func(s *server) { s.sameName = 0; s.traces = []trace{panda} })
	d.register() // makes a heartbeat due
	d.log.until(t, "No other daemon has this name any more")
	second := <-cloud.heartbeats
	other := start(t, testConfig(cloud.URL, t.TempDir()))
	defer other.Stop()
	third := <-cloud.heartbeats
	if first.instance == "" || first.instance != second.instance || first.instance == third.instance {
		t.Errorf("instances are %q, %q and %q", first.instance, second.instance, third.instance)
	}
	if n := strings.Count(d.log.String(), "Another daemon"); n != 1 {
		t.Errorf("it is logged %d times", n)
	}
}
