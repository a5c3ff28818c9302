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
