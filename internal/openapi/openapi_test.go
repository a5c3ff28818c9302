package openapi_test

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/openapi/openapitest"
	"akita/internal/witness"
)

var update = flag.Bool("update", false, "accept what the code says now as the expected output")

func TestEveryDocumentIsValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		document := openapi.New(endpoints.Infer(drawModel(t)), openapi.Options{Plain: rapid.Bool().Draw(t, "plain")})
		asJSON, err := document.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := openapitest.Check(t.Context(), asJSON); err != nil {
			t.Fatalf("%v in\n%s", err, asJSON)
		}
		asYAML := yamlOf(t, document)
		var fromYAML, fromJSON any
		if err := yaml.Unmarshal(asYAML, &fromYAML); err != nil {
			t.Fatalf("%v in\n%s", err, asYAML)
		}
		if err := json.Unmarshal(asJSON, &fromJSON); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(fromYAML)
		if err != nil {
			t.Fatal(err)
		}
		var normal any
		if err := json.Unmarshal(again, &normal); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(normal, fromJSON) {
			t.Fatalf("YAML and JSON differ:\n%s\n%s", asYAML, asJSON)
		}
	})
}

// Each testdata/NAME.ndjson has traffic, one HAR entry per line. NAME.yaml is its document, and
// NAME.plain.yaml the same without evidence.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.ndjson")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		base := strings.TrimSuffix(file, ".ndjson")
		name := filepath.Base(base)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := endpoints.Infer(readTraffic(t, file))
			checkGolden(t, base+".yaml", openapi.New(api, openapi.Options{Title: name}))
			checkGolden(t, base+".plain.yaml", openapi.New(api, openapi.Options{Title: name, Plain: true}))
		})
	}
}

func checkGolden(t *testing.T, golden string, document *openapi.Document) {
	t.Helper()
	got := yamlOf(t, document)
	if err := openapitest.Check(t.Context(), got); err != nil {
		t.Error(err)
	}
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the document is\n%s\nwant\n%s", got, want)
	}
}

func readTraffic(t *testing.T, file string) *apimodel.Model {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, entries := apimodel.New(), har.NewDecoder(f)
	for {
		var e har.Entry
		err := entries.Next(&e)
		if errors.Is(err, io.EOF) {
			return m
		}
		if err != nil {
			t.Fatal(err)
		}
		w := witness.FromEntry(&e, witness.Options{Enums: true})
		m.Add(&w)
	}
}
