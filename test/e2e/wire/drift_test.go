package wire_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"akita/client"
	"akita/test/rig"
)

// declaredShop declares the calls of shopCalls, and differs from them.
const declaredShop = `openapi: 3.1.0
info: {title: Shop, version: "1", description: canary}
paths:
  /api/users/{id}/:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}, example: canary}]
      security: [{token: []}]
      responses:
        "200": {description: canary, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
  /api/articles/:
    get:
      responses:
        "200":
          description: canary
          content:
            application/json:
              schema: {type: array, items: {$ref: "parts.yaml#/Article"}}
  /api/orders/: {get: {responses: {"200": {description: canary}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    User: {type: object, properties: {id: {type: integer}, email: {type: string, default: canary}}}
`

const declaredParts = `Article: {type: object, required: [slug, title], properties: {slug: {type: string}, title: {type: string}}}`

// TestDriftOnAServerIsThatOfFiles: a document is declared, the same calls go to a server and into a file, and
// the findings are the same, over the API and on the command line.
func TestDriftOnAServerIsThatOfFiles(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := contextFor(t, 2*time.Minute)
	folder := t.TempDir()
	document, traffic := filepath.Join(folder, "openapi.yaml"), filepath.Join(folder, "calls.ndjson")
	check(t, os.WriteFile(document, []byte(declaredShop), 0o600))
	check(t, os.WriteFile(filepath.Join(folder, "parts.yaml"), []byte(declaredParts), 0o600))
	p.akita(ctx, 2, "drift", project) // it declares nothing yet
	p.akita(ctx, 0, "declare", document, "--project", project)

	trace, err := p.api.StartTrace(ctx, project, time.Hour)
	check(t, err)
	m := newMiddleware(t, p.DaemonURL(), "web")
	check(t, m.activated(ctx, trace))
	var lines bytes.Buffer
	for range 5 {
		for _, c := range shopCalls {
			entry := c.entry()
			check(t, m.sendUntilAcknowledged(ctx, trace, entry))
			line, err := json.Marshal(entry)
			check(t, err)
			lines.Write(append(line, '\n'))
		}
	}
	check(t, os.WriteFile(traffic, lines.Bytes(), 0o600))
	p.waitForModel(5 * len(shopCalls))

	offline := p.findings(ctx, "drift", document, traffic, "--format", "json")
	live := p.findings(ctx, "drift", project, "--format", "json")
	answered, err := p.api.Drift(ctx, project, client.Filter{From: "-1d"})
	check(t, err)
	for name, got := range map[string][]client.Finding{"the command line": live, "the API": answered.Findings} {
		if !reflect.DeepEqual(got, offline) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, offline)
		}
	}
	kinds := make(map[string]int)
	for _, f := range offline {
		kinds[f.Kind]++
	}
	if kinds["mismatched"] < 2 || kinds["undocumented"] < 3 || kinds["unseen"] < 1 {
		t.Errorf("the findings are %v", kinds)
	}
	if p.akita(ctx, 0, "declare", "--remove", "--project", project) != project+" declares nothing now\n" {
		t.Error("the document is still declared")
	}
}

// TestTheDocumentOfAnApplication: what the middleware reports is compared with the calls, and has no values.
func TestTheDocumentOfAnApplication(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := contextFor(t, 2*time.Minute)
	m := newMiddleware(t, p.DaemonURL(), "web")
	report := `{"client_name":"web","generator":"drf-spectacular","secret":"canary","document":{"openapi":"3.0.3",
		"info":{"title":"Shop","version":"1","description":"canary"},"paths":{"/api/articles/":{"get":{"description":"canary",
		"parameters":[{"name":"page","in":"query","schema":{"type":"integer","default":"canary"},"example":"canary"}],
		"responses":{"200":{"description":"canary","content":{"application/json":{"schema":{"type":"array","items":{
		"type":"object","properties":{"slug":{"type":"string","example":"canary","pattern":"canary"}}}},
		"examples":{"one":{"value":[{"slug":"canary"}]}}}}}}}}}}}`
	status, err := m.post(ctx, "/document", json.RawMessage(report), nil)
	if err != nil || status != http.StatusAccepted {
		t.Fatalf("report a document: status %d, %v", status, err)
	}
	var declares client.Declaration
	check(t, rig.Until(ctx, func() (bool, error) {
		declares, err = p.api.Declaration(ctx, project)
		refused, isRefused := errors.AsType[*client.Problem](err)
		if isRefused && refused.Status == http.StatusNotFound {
			return false, nil
		}
		return true, err
	}))
	if declares.Origin != "app" || declares.By != "drf-spectacular" || declares.Operations != 1 {
		t.Errorf("got %+v", declares)
	}
	var text strings.Builder
	check(t, p.api.DeclaredDocument(ctx, project, &text))
	if !strings.Contains(text.String(), `"slug":{"type":"string"}`) {
		t.Errorf("the document is %s", text.String())
	}
	h := newHunt([]string{"canary"})
	h.searchFolder(t, p.ServerData)
	h.searchFolder(t, p.DaemonData)
	h.search("the answer", []byte(text.String()))
	h.search("the daemon's log", []byte(p.daemon.Tail()))
	if len(h.found) > 0 {
		t.Errorf("values of the document were stored: %v", h.found)
	}
}

// akita runs a command with the server, and returns what it prints.
func (p *pair) akita(ctx context.Context, exitCode int, arguments ...string) string {
	p.t.Helper()
	command := exec.CommandContext(ctx, binary, arguments...)
	command.Env = append(os.Environ(),
		"AKITA_SERVER="+p.ServerURL(), "AKITA_API_KEY_ID="+p.key.ID, "AKITA_API_KEY_SECRET="+p.key.Secret)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	if command.ProcessState == nil || command.ProcessState.ExitCode() != exitCode {
		p.t.Fatalf("akita %v: %v, want exit code %d\n%s", arguments, err, exitCode, errs.String())
	}
	return out.String()
}

// findings runs a command that reports findings.
func (p *pair) findings(ctx context.Context, arguments ...string) []client.Finding {
	p.t.Helper()
	var found client.Findings
	check(p.t, json.Unmarshal([]byte(p.akita(ctx, 1, arguments...)), &found))
	return found.Findings
}
