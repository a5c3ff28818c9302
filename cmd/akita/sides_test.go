package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"akita/client"
	"akita/test/rig"
)

type object = map[string]any

// shopCalls are calls of a shop, as HAR entries. The revision has changed the shop in several ways.
func shopCalls(n int, start time.Time, isRevision bool) (entries []object) {
	for i := range n {
		agent := []string{"okhttp/4.12.0", "curl/8.5.0"}[i/3%2]
		request := object{"method": "GET", "headers": []object{{"name": "User-Agent", "value": agent}}, "url": fmt.Sprintf("http://shop.example.test/api/orders/%d", 1000+i)}
		body := object{"id": i, "code": fmt.Sprintf("A-%d", i), "total": i, "buyer": object{"name": "Ada", "age": 30}}
		var answer any = body
		status := 200
		switch {
		case i%3 == 1:
			request["url"] = fmt.Sprintf("http://shop.example.test/api/orders?page=%d", i)
			answer = []any{body}
		case i%3 == 2:
			request["method"], request["url"], status = "POST", "http://shop.example.test/api/orders", 201
			sent, _ := json.Marshal(object{"sku": fmt.Sprintf("sku-%d", i), "count": i % 7})
			request["postData"] = object{"mimeType": "application/json", "text": string(sent)}
		}
		if isRevision {
			delete(body, "code")
			body["number"], body["buyer"].(object)["age"] = i, "thirty"
			if i%2 == 0 {
				body["total"] = nil
			}
			request["url"] = strings.Replace(request["url"].(string), "?page", "?cursor", 1)
		}
		text, _ := json.Marshal(answer) // it has texts and numbers
		entries = append(entries, object{
			"startedDateTime": start.Add(time.Duration(i) * time.Millisecond).Format(time.RFC3339Nano), "time": 3, "request": request,
			"response": object{"status": status, "content": object{"mimeType": "application/json", "text": string(text)}},
		})
	}
	return entries
}

// TestSidesOnAServer compares two traces of a server with the files of the same calls: the findings are the
// same, except those about values, which a server does not have.
func TestSidesOnAServer(t *testing.T) {
	t.Parallel()
	server, binary := installed(t)
	const n = 300
	dir, start := t.TempDir(), time.Now().UTC()
	base, revision := shopCalls(n, start, false), shopCalls(n, start, true)
	// The daemon withholds a name in the first calls that carry it: here, in those of a trace before.
	record(t, server, filepath.Join(dir, "names.ndjson"), append(shopCalls(9, start, false), shopCalls(9, start, true)...))
	nextTrace(t, server)
	first := server.Trace
	record(t, server, filepath.Join(dir, "base.ndjson"), base)
	nextTrace(t, server)
	record(t, server, filepath.Join(dir, "revision.ndjson"), revision)

	run := func(wantCode int, args ...string) string {
		t.Helper()
		command := exec.CommandContext(t.Context(), binary, args...)
		command.Dir = dir
		command.Env = asUser(server)
		var messages strings.Builder
		command.Stderr = &messages
		out, _ := command.Output() // the exit code tells
		if code := command.ProcessState.ExitCode(); code != wantCode {
			t.Fatalf("akita %s: exit code %d, want %d: %s%s", strings.Join(args, " "), code, wantCode, out, messages.String())
		}
		return string(out) + messages.String()
	}
	files := lines(t, run(1, "diff", "base.ndjson", "revision.ndjson", "--format", "json"))
	live := lines(t, run(1, "diff", "shop@"+first.Name, "shop@"+server.Trace.Name, "--format", "json"))
	if !slices.Equal(files, live) {
		t.Errorf("the findings of files are\n%s\nthose of the server are\n%s", strings.Join(files, "\n"), strings.Join(live, "\n"))
	}
	if mixed := lines(t, run(1, "diff", "base.ndjson", "shop@"+server.Trace.ID, "--format", "json")); !slices.Equal(files, mixed) {
		t.Errorf("the findings of a file and the server are\n%s", strings.Join(mixed, "\n"))
	}
	found, err := server.API.Compare(t.Context(), "shop", first.Name, server.Trace.Name)
	if err != nil {
		t.Fatal(err)
	}
	if got := texts(found.Findings); !slices.Equal(got, files) {
		t.Errorf("the findings of the REST API are\n%s", strings.Join(got, "\n"))
	}

	if err := os.WriteFile(filepath.Join(dir, "shop.yaml"), []byte(shopDocument), 0o600); err != nil {
		t.Fatal(err)
	}
	offline := lines(t, run(1, "drift", "shop.yaml", "base.ndjson", "--format", "json"))
	if online := lines(t, run(1, "drift", "shop.yaml", "shop@"+first.Name, "--format", "json")); !slices.Equal(offline, online) {
		t.Errorf("the drift of a file is\n%s\nthat of the server is\n%s", strings.Join(offline, "\n"), strings.Join(online, "\n"))
	}

	changed := strings.NewReplacer("        - {name: page, in: query, schema: {type: integer}}\n", "").Replace(shopDocument)
	same := strings.NewReplacer("        - {name: never, in: query, schema: {type: string}}\n", "").Replace(shopDocument)
	for name, text := range map[string]string{"changed.yaml": changed, "same.yaml": same} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		want int
		text string
		args []string
	}{
		{1, "by `okhttp`, `curl`", []string{"changed.yaml", "--base", "shop.yaml", "--against", "shop"}},
		{1, "sent in 103 of 206 calls, last", []string{"changed.yaml", "--base", "shop.yaml", "--against", "shop"}},
		{0, "nobody used it in 30 days, 206 calls", []string{"same.yaml", "--base", "shop.yaml", "--against", "shop"}},
		{0, "nobody used it in 2 hours, 206 calls", []string{"same.yaml", "--base", "shop.yaml", "--against", "shop", "--since", "2h"}},
		{1, "sent in 100 of 100 calls", []string{"changed.yaml", "--base", "shop.yaml", "--against", "base.ndjson"}},
		{1, "sent in 100 of 100 calls", []string{"changed.yaml", "--base", "shop.yaml", "--against", "shop@" + first.Name}},
		{1, "no such parameter in the document; sent in 103 of 206 calls", []string{"changed.yaml", "--against", "shop"}},
		{2, `there is no such file, and no project "shpo" on the server: there is shop`, []string{"changed.yaml", "--against", "shpo"}},
		{2, "there are no calls in 2020-01-01..2020-02-01", []string{"changed.yaml", "--against", "shop@2020-01-01..2020-02-01"}},
		{2, "from must be a time such as", []string{"changed.yaml", "--against", "shop@-7x.."}},
	} {
		if got := run(test.want, append([]string{"check"}, test.args...)...); !strings.Contains(got, test.text) {
			t.Errorf("akita check %s: %s, want %s", strings.Join(test.args, " "), got, test.text)
		}
	}
	if _, err := server.API.Declare(t.Context(), "shop", []byte(shopDocument)); err != nil {
		t.Fatal(err)
	}
	if got := run(1, "check", "changed.yaml", "--against", "shop"); !strings.Contains(got, "(request-parameter-removed)") {
		t.Errorf("the declared document is not the base: %s", got)
	}
}

const shopDocument = `
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /api/orders:
    get:
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: never, in: query, schema: {type: string}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: object}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {sku: {type: string}}}}}}
      responses: {"201": {description: made}}
  /api/orders/{number}:
    get:
      parameters: [{name: number, in: path, required: true, schema: {type: boolean}}]
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: object, properties: {id: {type: string}, buyer: {type: object}}}}}
`

// installed starts a server and a daemon of the project shop, and returns them with the binary.
func installed(t *testing.T) (server *rig.Installation, binary string) {
	t.Helper()
	binary, err := exec.LookPath("akita")
	if err != nil {
		t.Fatal(err)
	}
	server, err = rig.Install(t.Context(), binary, t.TempDir(), "shop")
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return server, binary
}

// asUser returns the variables by which commands reach a server.
func asUser(server *rig.Installation) []string {
	return []string{
		"AKITA_SERVER=" + server.ServerURL(), "AKITA_API_KEY_ID=" + server.Key.ID, "AKITA_API_KEY_SECRET=" + server.Key.Secret,
	}
}

// nextTrace ends the trace and starts another one.
func nextTrace(t *testing.T, server *rig.Installation) {
	t.Helper()
	_, err := server.API.StopTrace(t.Context(), "shop", server.Trace.ID)
	if err == nil {
		server.Trace, err = server.API.StartTrace(t.Context(), "shop", time.Hour)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// record writes entries to a file, and sends them to the server as calls of its trace.
func record(t *testing.T, server *rig.Installation, file string, entries []object) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var text strings.Builder
	for _, e := range entries {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(append(line, '\n'))
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(object{
		"client_name": "test", "client_id": "test", "batch_id": file, "no_more_events": false, "trace_events": entries,
	})
	if err != nil {
		t.Fatal(err)
	}
	err = rig.Until(ctx, func() (bool, error) { // the daemon learns of the trace
		drops, err := rig.Post(ctx, server.EventsURL(), body)
		return err == nil && drops == 0, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.UntilFolded(ctx, len(entries)); err != nil {
		t.Fatal(err)
	}
}

// lines reads the findings of a report.
func lines(t *testing.T, report string) []string {
	t.Helper()
	var found client.Findings
	if err := json.NewDecoder(strings.NewReader(report)).Decode(&found); err != nil {
		t.Fatalf("%s: %v", report, err)
	}
	return texts(found.Findings)
}

// texts writes findings without their dates, and without those about values.
func texts(findings []client.Finding) (out []string) {
	for _, f := range findings {
		if f.Subject != "enum" {
			out = append(out, fmt.Sprint(f.Kind, f.Subject, f.Method, f.Path, f.Status, f.At, f.Value, f.Severity, f.Verdict, f.Rule,
				f.Seen.For, f.Seen.Of, f.Message))
		}
	}
	return out
}
