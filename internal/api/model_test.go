package api

import (
	"net/http"
	"testing"
)

func TestModelOfOneTrace(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	trace := f.startTrace("demo", 1)
	for _, idOrName := range []string{trace.ID, trace.Name} {
		f.user().get(project + "/model?trace=" + idOrName).want(http.StatusOK)
	}
}
