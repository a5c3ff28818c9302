package agent_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"akita/internal/agent"
)

// childVariable makes the test binary run a daemon. Its value is the data folder.
const childVariable = "AKITA_TEST_DAEMON_DIR"

// childMain is the process that the test kills. It writes its address to a file
// once it listens.
func childMain(dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	d, err := agent.Start(ctx, testConfig(os.Getenv("AKITA_SERVER"), dir), agent.Settings{
		Version: "test", Now: time.Now, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	address := filepath.Join(dir, "address")
	if err := os.WriteFile(address+".new", []byte(d.Addresses()[0].String()), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := os.Rename(address+".new", address); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	<-ctx.Done()
	d.Stop()
	return 0
}

// child is a daemon in a process of its own.
type child struct {
	t   *testing.T
	cmd *exec.Cmd
	url string
}

func startChild(t *testing.T, serverURL, dir string) *child {
	t.Helper()
	address := filepath.Join(dir, "address")
	if err := os.Remove(address); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	c := &child{t: t, cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(os.Environ(), childVariable+"="+dir, "AKITA_SERVER="+serverURL)
	c.cmd.Stderr = t.Output()
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	// The child is another process, so its file is polled for, with a deadline.
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	deadline := time.After(30 * time.Second)
	for {
		if text, err := os.ReadFile(address); err == nil {
			c.url = "http://" + string(text)
			return c
		}
		select {
		case <-poll.C:
		case <-deadline:
			t.Fatal("the daemon did not start within 30 s")
		}
	}
}

// kill ends the process without notice. It may be called again.
func (c *child) kill() {
	if c.cmd.ProcessState == nil {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait() // says that it was killed
	}
}

// TestKilledDaemonLosesNothingAcknowledged kills a daemon five times while it takes
// events. A batch without an answer is sent again with the same id, as our middleware
// does.
func TestKilledDaemonLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.traces = []trace{panda} })
	dir := t.TempDir()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

	c := startChild(t, cloud.URL, dir)
	status, answer, err := post(
		client,
		c.url+"/v1/services/django-demo/middleware",
		`{"client_name":"web","active_trace_ids":[]}`,
	)
	if err != nil || status != 202 || !strings.Contains(answer, panda.Name) {
		t.Fatalf("registration: %d %s, %v", status, answer, err)
	}

	const kills, batchesPerLife = 5, 30
	batch := 0 // the number of the next one: all before it were acknowledged
	for life := range kills {
		acked := make(chan struct{}, 1)
		stopped := make(chan struct{})
		var dying atomic.Bool
		url := c.url
		go func() {
			defer close(stopped)
			for sent := 0; ; sent++ {
				body := fmt.Sprintf(`{"client_name":"web","batch_id":"batch-%d","trace_events":[%s,%s]}`, batch, entry, entry)
				status, answer, err := post(client, url+eventsPath, body)
				if err != nil || status != 202 {
					if !dying.Load() {
						t.Errorf("life %d: %d %s, %v", life, status, answer, err)
					}
					return
				}
				batch++
				if sent == batchesPerLife {
					acked <- struct{}{}
				}
			}
		}()
		select {
		case <-acked:
		case <-stopped:
			t.FailNow()
		}
		dying.Store(true)
		c.kill()
		<-stopped
		c = startChild(t, cloud.URL, dir)
	}
	// The last, unanswered batch is sent again.
	body := fmt.Sprintf(`{"client_name":"web","batch_id":"batch-%d","trace_events":[%s,%s]}`, batch, entry, entry)
	if status, answer, err := post(client, c.url+eventsPath, body); err != nil || status != 202 {
		t.Fatalf("%d %s, %v", status, answer, err)
	}
	batch++
	cloud.untilWitnesses(2 * batch)

	// A graceful stop sends everything that is left.
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if got := cloud.witnesses(); got != 2*batch {
		t.Errorf("the server has %d witnesses, want %d: each acknowledged one once", got, 2*batch)
	}
}
