package client_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"akita/client"
)

// document describes the server's API; the server's own tests hold its routes to it.
var document = sync.OnceValues(func() (*openapi3.T, error) {
	text, err := os.ReadFile("../internal/api/openapi.yaml")
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(text)
})

// TestMethodsAgreeWithTheDocument calls each method against a server that is made of the
// document: the operation, its parameters and its body must be documented, and the answer,
// which has every documented property, must fill every field of the result.
func TestMethodsAgreeWithTheDocument(t *testing.T) {
	t.Parallel()
	every := client.Filter{
		Trace: "a", Methods: []string{"GET"}, Auth: []string{"none"}, Statuses: []string{"4xx"},
		Hosts: []string{"a"}, Path: "a", Search: "a",
	}
	for _, test := range []struct {
		operation string
		empty     []string // fields that this operation leaves empty
		call      func(context.Context, *client.Client) (any, error)
	}{
		{"POST /api/v1/session", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.LogIn(ctx, "ada", "copper lantern orbit")
		}},
		{"DELETE /api/v1/session", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.LogOut(ctx)
		}},
		{"GET /api/v1/projects", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Projects(ctx)
		}},
		{"POST /api/v1/projects", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.CreateProject(ctx, "shop")
		}},
		{"PATCH /api/v1/projects/{project}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.SetRetention(ctx, "shop", 30)
		}},
		{"DELETE /api/v1/projects/{project}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.DeleteProject(ctx, "shop")
		}},
		{"GET /api/v1/api-keys", []string{"Secret"}, func(ctx context.Context, c *client.Client) (any, error) {
			return c.APIKeys(ctx)
		}},
		{"POST /api/v1/api-keys", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.CreateAPIKey(ctx, client.NewAPIKey{Name: "ci", Scope: client.ReadKey, Projects: []string{"shop"}})
		}},
		{"DELETE /api/v1/api-keys/{apiKey}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.RevokeAPIKey(ctx, "apk_1")
		}},
		{"GET /api/v1/projects/{project}/daemons", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Daemons(ctx, "shop")
		}},
		{"GET /api/v1/projects/{project}/traces", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Traces(ctx, "shop")
		}},
		{"GET /api/v1/projects/{project}/traces/{trace}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Trace(ctx, "shop", "a")
		}},
		{"POST /api/v1/projects/{project}/traces", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.StartTrace(ctx, "shop", 720*time.Hour)
		}},
		{"POST /api/v1/projects/{project}/traces", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.StartEndlessTrace(ctx, "shop")
		}},
		{"POST /api/v1/projects/{project}/traces", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.StartScheduledTrace(ctx, "shop", client.Schedule{
				Weekdays: []string{"mon"}, From: "22:00", To: "06:00", TimeZone: "Europe/Berlin",
			})
		}},
		{"PATCH /api/v1/projects/{project}/traces/{trace}", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return c.ChangeTrace(ctx, "shop", "a", client.TraceChange{Name: "b", ExtendHours: 1})
		}},
		{"DELETE /api/v1/projects/{project}/traces/{trace}", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return nil, c.DeleteTrace(ctx, "shop", "a")
		}},
		{"POST /api/v1/projects/{project}/traces/{trace}/stop", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return c.StopTrace(ctx, "shop", "a")
		}},
		{"GET /api/v1/projects/{project}/model", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Model(ctx, "shop", every)
		}},
		{"GET /api/v1/projects/{project}/model/openapi.yaml", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return nil, c.OpenAPI(ctx, "shop", client.YAML, every, io.Discard)
		}},
		{"GET /api/v1/projects/{project}/model/openapi.json", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return nil, c.OpenAPI(ctx, "shop", client.JSON, every, io.Discard)
		}},
		{"GET /api/v1/projects/{project}/model/recording", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return nil, c.Recording(ctx, "shop", every, io.Discard)
		}},
		{"GET /api/v1/projects/{project}/compare", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Compare(ctx, "shop", "-8d..-1d", "-1d..")
		}},
		{"GET /api/v1/projects/{project}/coverage", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Coverage(ctx, "shop", "unit", every)
		}},
		{"GET /api/v1/projects/{project}/tests", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Tests(ctx, "shop")
		}},
		{"PUT /api/v1/projects/{project}/tests/{name}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.PutTests(ctx, "shop", "unit", []byte("recording"))
		}},
		{"GET /api/v1/projects/{project}/tests/{name}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.TestRecording(ctx, "shop", "unit", io.Discard)
		}},
		{"DELETE /api/v1/projects/{project}/tests/{name}", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.DeleteTests(ctx, "shop", "unit")
		}},
		{"GET /api/v1/projects/{project}/posture", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Posture(ctx, "shop", client.Filter{Trace: "a", From: "-30d", To: "-1h"}, "-7d")
		}},
		{"GET /api/v1/projects/{project}/changes", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Changes(ctx, "shop", "-7d")
		}},
		{"GET /api/v1/projects/{project}/model/endpoints/{endpoint}/facts", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return c.Facts(ctx, "shop", "a")
		}},
		{"GET /api/v1/projects/{project}/series", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Series(ctx, "shop", client.SeriesFilter{
				From: "-24h", To: "-1h", Step: "1m", Endpoint: "a", Statuses: []string{"4xx"}, Trace: "a",
			})
		}},
		{"GET /api/v1/projects/{project}/routes", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Routes(ctx, "shop", client.RouteFilter{
				States: []string{"dead", "zombie"}, Trace: "a", From: "-30d", To: "-1h",
			})
		}},
		{"GET /api/v1/projects/{project}/consumers", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Consumers(ctx, "shop", client.ConsumerFilter{Trace: "a", From: "-30d", To: "-1h"})
		}},
		{"GET /api/v1/projects/{project}/consumers/{consumer}", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return c.Consumer(ctx, "shop", "mobile-app", client.ConsumerFilter{Trace: "a", From: "-30d", To: "-1h"})
		}},
		{"GET /api/v1/projects/{project}/declaration", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Declaration(ctx, "shop")
		}},
		{"PUT /api/v1/projects/{project}/declaration", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Declare(ctx, "shop", []byte("openapi: 3.1.0"))
		}},
		{"PUT /api/v1/projects/{project}/declaration", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.DeclareURL(ctx, "shop", "https://shop.example/openapi.yaml")
		}},
		{"DELETE /api/v1/projects/{project}/declaration", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return nil, c.RemoveDeclaration(ctx, "shop")
		}},
		{"GET /api/v1/projects/{project}/declaration/document", nil, func(
			ctx context.Context, c *client.Client,
		) (any, error) {
			return nil, c.DeclaredDocument(ctx, "shop", io.Discard)
		}},
		{"GET /api/v1/projects/{project}/drift", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.Drift(ctx, "shop", every)
		}},
		{"POST /mcp", nil, func(ctx context.Context, c *client.Client) (any, error) {
			return c.CallTool(ctx, "shop", "get_endpoint", json.RawMessage(`{"endpoint":"a"}`))
		}},
		{"GET /api/v1/projects/{project}/events", nil, func(ctx context.Context, c *client.Client) (any, error) {
			for event, err := range c.Watch(ctx, "shop") {
				return event, err
			}
			return nil, nil
		}},
	} {
		t.Run(test.operation, func(t *testing.T) {
			t.Parallel()
			server := &documented{t: t}
			c := serve(t, server.answer, client.Config{})
			result, err := test.call(t.Context(), c)
			if err != nil && server.err == "" {
				t.Fatal(err)
			}
			if server.err != "" {
				t.Fatal(server.err)
			}
			if server.called != test.operation {
				t.Errorf("called %s", server.called)
			}
			for _, field := range emptyFields("", reflect.ValueOf(result)) {
				if !slices.Contains(test.empty, field) {
					t.Errorf("%s is empty: the document has no such property", field)
				}
			}
		})
	}
}

// documented is a server that answers as the document describes.
type documented struct {
	t      *testing.T
	called string // the operation, as method and path template
	err    string // how the request differs from the document
}

func (d *documented) answer(w http.ResponseWriter, r *http.Request) {
	doc, err := document()
	if err != nil {
		d.err = err.Error()
		answer(w, "text/plain", http.StatusInternalServerError, "")
		return
	}
	template, item := find(doc, r.URL.Path)
	if item == nil || item.GetOperation(r.Method) == nil {
		d.err = r.Method + " " + r.URL.Path + " is not documented"
		answer(w, "text/plain", http.StatusNotFound, "")
		return
	}
	operation := item.GetOperation(r.Method)
	d.called = r.Method + " " + template
	d.checkQuery(operation, r)
	d.checkBody(operation, r)
	for _, status := range []int{200, 201, 204} {
		if response := operation.Responses.Status(status); response != nil {
			write(w, status, response.Value.Content)
			return
		}
	}
	d.err = d.called + " has no documented success"
}

func (d *documented) checkQuery(operation *openapi3.Operation, r *http.Request) {
	for name := range r.URL.Query() {
		if operation.Parameters.GetByInAndName("query", name) == nil {
			d.err = "query parameter " + name + " is not documented"
		}
	}
}

func (d *documented) checkBody(operation *openapi3.Operation, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		d.err = err.Error()
		return
	}
	if operation.RequestBody == nil {
		if len(body) > 0 {
			d.err = "a body is not documented"
		}
		return
	}
	if len(body) == 0 && !operation.RequestBody.Value.Required {
		return
	}
	var value any = string(body)
	if r.Header.Get("Content-Type") == "application/json" {
		if err := json.Unmarshal(body, &value); err != nil {
			d.err = err.Error()
			return
		}
	}
	media := operation.RequestBody.Value.Content.Get(r.Header.Get("Content-Type"))
	if media == nil {
		d.err = "media type " + r.Header.Get("Content-Type") + " is not documented"
		return
	}
	if err := media.Schema.Value.VisitJSON(value); err != nil {
		d.err = err.Error()
	}
}

// find returns the path template that matches a path.
func find(doc *openapi3.T, path string) (string, *openapi3.PathItem) {
	segments := strings.Split(path, "/")
	for template, item := range doc.Paths.Map() {
		parts := strings.Split(template, "/")
		if slices.EqualFunc(parts, segments, func(part, segment string) bool {
			return part == segment || strings.HasPrefix(part, "{")
		}) {
			return template, item
		}
	}
	return "", nil
}

// write answers with the example of a documented content, which is JSON if there is a choice.
func write(w http.ResponseWriter, status int, content openapi3.Content) {
	mediaTypes := slices.Sorted(maps.Keys(content))
	if len(mediaTypes) == 0 {
		w.WriteHeader(status)
		return
	}
	mediaType := mediaTypes[0]
	if content["application/json"] != nil {
		mediaType = "application/json"
	}
	body := "event: daemons\n\n"
	if mediaType != "text/event-stream" {
		encoded, err := json.Marshal(example(content[mediaType].Schema.Value))
		if err != nil {
			status = http.StatusInternalServerError
		}
		body = string(encoded)
	}
	answer(w, mediaType, status, body)
}

// example returns a value of a schema, with every property and nothing zero. A cursor is
// left out: it would make a list endless.
func example(schema *openapi3.Schema) any {
	switch {
	case len(schema.AllOf) > 0:
		object := map[string]any{}
		for _, part := range schema.AllOf {
			for name, value := range example(part.Value).(map[string]any) {
				object[name] = value
			}
		}
		return object
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	case schema.Format == "date-time":
		return "2026-01-02T03:04:05Z"
	case schema.Type.Includes("integer"), schema.Type.Includes("number"):
		return 1
	case schema.Type.Includes("string"):
		return "a"
	case schema.Type.Includes("boolean"):
		return true
	case schema.Type.Includes("array"):
		return []any{example(schema.Items.Value)}
	}
	object := map[string]any{}
	for name, property := range schema.Properties {
		if name != "next" {
			object[name] = example(property.Value)
		}
	}
	if values := schema.AdditionalProperties.Schema; values != nil {
		object["a"] = example(values.Value)
	}
	return object
}

// emptyFields names the fields that are zero or empty, here and below.
func emptyFields(name string, v reflect.Value) []string {
	if !v.IsValid() {
		return nil
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		if v.Len() == 0 {
			return []string{name}
		}
		if v.Kind() == reflect.Slice {
			return emptyFields(name, v.Index(0))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			break
		}
		var empty []string
		for i := range v.NumField() {
			empty = append(empty, emptyFields(v.Type().Field(i).Name, v.Field(i))...)
		}
		return empty
	}
	if v.IsZero() {
		return []string{name}
	}
	return nil
}
