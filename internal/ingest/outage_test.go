package ingest

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestOutage(t *testing.T) {
	t.Parallel()
	log := &strings.Builder{}
	o := outage{logger: slog.New(slog.NewTextHandler(log, nil))}
	wantLogged := func(failures, ends int) {
		t.Helper()
		gotFailures, gotEnds := strings.Count(log.String(), "Folding failed"), strings.Count(log.String(), "Folding resumed")
		if gotFailures != failures || gotEnds != ends {
			t.Errorf("logged %d failures and %d ends, want %d and %d", gotFailures, gotEnds, failures, ends)
		}
	}
	o.over()
	wantLogged(0, 0)
	for range 3 {
		if pause := o.failed(errors.New("disk is full")); pause < 0 || pause > longestPause {
			t.Errorf("the pause is %v", pause)
		}
	}
	wantLogged(1, 0)
	for i := range 2 * maxLogEntries {
		o.failed(fmt.Errorf("error %d", i))
	}
	wantLogged(maxLogEntries, 0)
	o.over()
	o.over()
	wantLogged(maxLogEntries, 1)
	o.failed(errors.New("disk is full")) // a new outage
	wantLogged(maxLogEntries+1, 1)
}
