package agent_test

import (
	"strings"
	"testing"
)

func TestUnknownProjectIsFoundWhenItIsCreated(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.project = "other" })
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	if status, answer := d.register(); status != 404 || !strings.Contains(answer, `"message":"Service not found"`) {
		t.Errorf("got %d %s", status, answer)
	}
	d.log.until(t, "create it in the console or correct AKITA_SERVICE_NAME")
	cloud.set(func(s *server) { s.project, s.traces = "django-demo", []trace{panda} })
	d.log.until(t, "Activating trace")
	if status, answer := d.register(); status != 202 || !strings.Contains(answer, panda.Name) {
		t.Errorf("got %d %s", status, answer)
	}
}
