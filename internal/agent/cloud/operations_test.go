package cloud_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/cloud"
)

var bundle = cloud.Bundle{
	Project: "svc_1", Trace: "lrn_1", ID: "bdl_1", MediaType: "application/x-ndjson", Payload: []byte("payload"),
}

func TestRequests(t *testing.T) {
	t.Parallel()
	seen := now.Add(-time.Second)
	for name, c := range map[string]struct {
		call               func(*cloud.Client) error
		answer             string
		request, body, typ string
	}{
		"heartbeat": {
			func(c *cloud.Client) error {
				clients := []cloud.ConnectedClient{{Project: "shop", Name: "web", LastSeen: seen}}
				answer, err := c.Heartbeat(context.Background(), clients)
				if answer.IntervalSeconds != 30 || answer.SameName != 1 {
					return fmt.Errorf("answer is %+v", answer)
				}
				return err
			},
			`{"interval_seconds":30,"same_name":1}`,
			"POST /base/api/v1/agent/heartbeat",
			`{"name":"laptop","version":"v1","clients":[{"project":"shop","name":"web","last_seen":"2026-01-02T03:04:04Z"}]}`,
			"application/json",
		},
		"first heartbeat": {
			func(c *cloud.Client) error {
				_, err := c.Introduce(context.Background())
				return err
			},
			`{"interval_seconds":30}`,
			"POST /base/api/v1/agent/heartbeat", `{"name":"laptop","version":"v1","clients":[]}`, "application/json",
		},
		"poll": {
			func(c *cloud.Client) error {
				answer, err := c.PollTraces(context.Background(), "team/shop 50%", nil, 50*time.Second)
				if answer.ProjectID != "svc_1" || len(answer.Traces) != 1 || answer.Traces[0].Name != "panda" {
					return fmt.Errorf("answer is %+v, %w", answer, err)
				}
				return err
			},
			`{"project_id":"svc_1","project_name":"shop","traces":[{"id":"lrn_1","name":"panda","end":"2026-01-02T03:04:05Z"}],"later":1}`,
			"POST /base/api/v1/agent/projects/team%2Fshop%2050%25/traces",
			`{"daemon":"laptop","active_trace_ids":[],"wait_seconds":50}`, "application/json",
		},
		"poll for a project with a name made of dots": {
			func(c *cloud.Client) error {
				_, err := c.PollTraces(context.Background(), "..", []string{"lrn_1"}, 0)
				return err
			},
			`{"project_id":"svc_1","traces":[]}`,
			"POST /base/api/v1/agent/projects/%2E./traces",
			`{"daemon":"laptop","active_trace_ids":["lrn_1"],"wait_seconds":0}`, "application/json",
		},
		"bundle": {
			func(c *cloud.Client) error {
				return c.PutBundle(context.Background(), bundle)
			},
			`{"witnesses":1}`,
			"PUT /base/api/v1/agent/projects/svc_1/traces/lrn_1/bundles/bdl_1", "payload", "application/x-ndjson",
		},
		"bundle of several traces": {
			func(c *cloud.Client) error {
				several := bundle
				several.Also, several.Repeats = []string{"lrn_2", "lrn_3"}, []string{"lrn_4"}
				return c.PutBundle(context.Background(), several)
			},
			`{"witnesses":1}`,
			"PUT /base/api/v1/agent/projects/svc_1/traces/lrn_1/bundles/bdl_1?also=lrn_2&also=lrn_3&repeats=lrn_4",
			"payload", "application/x-ndjson",
		},
		"routes": {
			func(c *cloud.Client) error {
				return c.PutRoutes(context.Background(), "shop", seen, []byte(`{"routes":[]}`))
			},
			`{"routes":0}`,
			"PUT /base/api/v1/agent/projects/shop/routes?reported=2026-01-02T03%3A04%3A04Z",
			`{"routes":[]}`, "application/json",
		},
		"a document": {
			func(c *cloud.Client) error {
				return c.PutDeclaration(context.Background(), "shop", seen, "drf-yasg", []byte(`{"swagger":"2.0"}`))
			},
			`{"bytes":17}`,
			"PUT /base/api/v1/agent/projects/shop/declaration?generator=drf-yasg&reported=2026-01-02T03%3A04%3A04Z",
			`{"swagger":"2.0"}`, "application/json",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if got := r.Method + " " + r.RequestURI; err != nil || got != c.request || string(body) != c.body {
					t.Errorf("got  %s %s %v\nwant %s %s", got, body, err, c.request, c.body)
				}
				if id, secret, ok := r.BasicAuth(); !ok || id != "apk_id" || secret != "canary-secret" {
					t.Errorf("key is %s:%s", id, secret)
				}
				if got := r.Header.Get(cloud.InstanceHeader); (got == "i1") != strings.HasSuffix(c.request, "/heartbeat") {
					t.Errorf("the instance is %q", got)
				}
				if got := r.Header.Get("Content-Type"); got != c.typ {
					t.Errorf("Content-Type is %s, want %s", got, c.typ)
				}
				_, _ = io.WriteString(w, c.answer)
			})
			client, _ := client(t, base+"/base/")
			if err := c.call(client); err != nil {
				t.Error(err)
			}
		})
	}
}
