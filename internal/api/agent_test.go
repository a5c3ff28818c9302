package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"akita/internal/ingest"
	"akita/internal/queue"
)

func TestPutBundle(t *testing.T) {
	t.Parallel()
	f := setup(t)
	putBundle(f, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/x-ndjson").want(http.StatusAccepted)
	b := f.bundles.seen["bdl_6EjLU2sINbfKRwmqeqQM8s"]
	if !strings.HasPrefix(b.ProjectID, "svc_") || !strings.HasPrefix(b.TraceID, "lrn_") || b.ContentEncoding != "zstd" {
		t.Errorf("bundle %+v", b)
	}
	if f.bundles.body != "{}\n" {
		t.Errorf("body %q", f.bundles.body)
	}
}

func TestBundleWithWrongIDOrMediaType(t *testing.T) {
	t.Parallel()
	f := setup(t)
	const id = "bdl_6EjLU2sINbfKRwmqeqQM8s"
	putBundle(f, "bdl_short", "application/x-ndjson").wantProblem(codeInvalidRequest, "22 characters")
	putBundle(f, id, "application/json").wantProblem(codeUnsupportedMediaType, "application/x-ndjson")
}

func TestBundleErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err        error
		code       code
		retryAfter string
		detail     string
	}{
		"full":       {queue.ErrFull, codeUnavailable, "5", "later"},
		"too large":  {ingest.ErrTooLarge, codeTooLarge, "", "too large"},
		"encoding":   {ingest.ErrEncoding, codeUnsupportedMediaType, "", "zstd"},
		"incomplete": {ingest.ErrIncomplete, codeUnavailable, "5", "again"},
		"malformed":  {fmt.Errorf("%w: line 3: no method", ingest.ErrMalformed), codeInvalidBundle, "", ": line 3"},
		"other":      {errors.New("disk on fire"), codeInternal, "", "log"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t)
			f.bundles.err = fmt.Errorf("accept: %w", tc.err)
			a := putBundle(f, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/x-ndjson").wantProblem(tc.code, tc.detail)
			if got := a.Header().Get("Retry-After"); got != tc.retryAfter {
				t.Errorf("Retry-After %q, want %q", got, tc.retryAfter)
			}
			if leaked := strings.Contains(a.Body.String(), "on fire"); leaked {
				t.Error("the response contains the text of an internal error")
			}
			if logged := strings.Contains(f.log.String(), "on fire"); logged != (tc.code == codeInternal) {
				t.Errorf("logged = %v", logged)
			}
		})
	}
}

func TestCanceledBundleIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	f := setup(t)
	daemon := f.daemon()
	ctx, cancel := context.WithCancel(t.Context())
	r := bundleRequest(f, daemon, "bdl_6EjLU2sINbfKRwmqeqQM8s", "application/x-ndjson").WithContext(ctx)
	cancel()
	a := daemon.send(r).wantProblem(codeUnavailable, "again")
	if got := a.Header().Get("Retry-After"); got != "5" {
		t.Errorf("Retry-After %q, want 5", got)
	}
	if strings.Contains(f.log.String(), "Request failed") {
		t.Error("a disconnect of the client is logged as a failure")
	}
}

// putBundle sends a bundle of one line for a new trace that has ended.
func putBundle(f *fixture, id, contentType string) *response {
	f.t.Helper()
	daemon := f.daemon()
	return daemon.send(bundleRequest(f, daemon, id, contentType))
}

func bundleRequest(f *fixture, daemon *client, id, contentType string) *http.Request {
	f.t.Helper()
	project := f.project(fmt.Sprintf("p%d", len(f.log.String())))
	var trace traceJSON
	f.user().post(project+"/traces", `{"duration_hours":1}`).want(http.StatusCreated).into(&trace)
	f.user().post(project+"/traces/"+trace.ID+"/stop", "").want(http.StatusOK)
	path := strings.Replace(project, "/projects/", "/agent/projects/", 1)
	r := daemon.request("PUT", path+"/traces/"+trace.Name+"/bundles/"+id, "{}\n")
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Content-Encoding", "zstd")
	return r
}
