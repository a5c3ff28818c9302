package report

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaOfSARIF is the JSON Schema of SARIF 2.1.0, errata 01, as OASIS publishes it.
const schemaOfSARIF = "testdata/sarif-schema-2.1.0.json"

func TestSARIFIsValid(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(schemaOfSARIF)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", value); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range everyReport() {
		written, err := jsonschema.UnmarshalJSON(strings.NewReader(written(t, "sarif", r, Options{})))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(written); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(written(t, "sarif", example(), Options{}), `"level"`, `"lvl"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(broken) == nil {
		t.Error("the schema accepts a result with an unknown member")
	}
}

// Code scanning refuses results without a place in a file, and joins those with one fingerprint.
func TestSARIFOfCodeScanning(t *testing.T) {
	t.Parallel()
	for name, r := range everyReport() {
		var log sarifLog
		if err := json.Unmarshal([]byte(written(t, "sarif", r, Options{})), &log); err != nil {
			t.Fatal(err)
		}
		known := make(map[string]bool)
		for _, result := range log.Runs[0].Results {
			if result.Locations[0].Physical == nil {
				t.Errorf("%s: %s has no place", name, result.Message.Text)
			}
			if hash := result.Fingerprint[lineHash]; hash == "" || known[hash] {
				t.Errorf("%s: the fingerprint %q of %s is not its own", name, hash, result.Message.Text)
			}
			known[result.Fingerprint[lineHash]] = true
		}
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"docs/shop.yaml": "docs/shop.yaml", "my shop.yaml": "my%20shop.yaml", "a:b.yaml": "./a:b.yaml", "shop@-7d..": "shop@-7d..",
		"a#b?.yaml": "a%23b%3F.yaml", "/srv/a b.yaml": "file:///srv/a%20b.yaml", "a:/b": "file:///a:/b", "C:/a b.yaml": "file:///C:/a%20b.yaml", "": "",
	} {
		if got := reference(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
