package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"akita/internal/openapi/openapitest"
	"akita/test/rig"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"akita": main})
}

// TestScripts runs the command line in scripts, as a user does.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"answer":   answer,
			"await":    await,
			"freeport": freeport,
			"occupy":   occupy,
			"openapi":  openapi,
		},
	})
}

// answer starts a server that responds to every request with a status, as an Akita server
// does, and sets $AKITA_SERVER to its URL:
//
//	answer 401
func answer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: answer STATUS")
	}
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, `{"code":"unauthenticated"}`)
	}))
	ts.Defer(server.Close)
	ts.Setenv("AKITA_SERVER", server.URL)
}

// openapi validates the document in a file or in stdout:
//
//	openapi stdout
func openapi(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: openapi FILE")
	}
	ts.Check(openapitest.Check(context.Background(), []byte(ts.ReadFile(args[0]))))
}

// occupy listens on a free port and sets $OCCUPIED_PORT to it.
func occupy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: occupy")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = listener.Close() })
	ts.Setenv("OCCUPIED_PORT", fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))
}

// freeport sets $FREE_PORT to a free port.
func freeport(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: freeport")
	}
	ctx, cancel := context.WithCancel(context.Background())
	ts.Defer(cancel)
	_, port, err := rig.FreeAddress(ctx)
	ts.Check(err)
	ts.Setenv("FREE_PORT", fmt.Sprint(port))
}

// await requests a URL until the response has status 200, or the given status.
func await(ts *testscript.TestScript, neg bool, args []string) {
	want := http.StatusOK
	if len(args) == 3 && args[0] == "-status" {
		status, err := strconv.Atoi(args[1])
		ts.Check(err)
		want, args = status, args[2:]
	}
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await [-status STATUS] URL")
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if answered(ts, args[0], want) {
			return
		}
	}
	ts.Fatalf("%s does not respond with %d within a minute", args[0], want)
}

func answered(ts *testscript.TestScript, url string, status int) bool {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, http.NoBody)
	ts.Check(err)
	response, err := (&http.Client{Timeout: 5 * time.Second}).Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == status
}
