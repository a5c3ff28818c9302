// Package openapitest checks documents against the OpenAPI specification, for the tests of all code
// that writes documents.
//
// openapi-3.1.json is the OpenAPI Initiative's own JSON Schema of OpenAPI 3.1
// (https://spec.openapis.org/oas/3.1/schema/2026-08-03, Apache-2.0), as published. It
// does not check Schema Objects; dialect.json adds that they are JSON Schema 2020-12.
package openapitest

import (
	"bytes"
	"context"
	_ "embed" // the schemas
	"errors"
	"fmt"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

//go:embed openapi-3.1.json
var specification []byte

//go:embed dialect.json
var dialect []byte

// Check returns nil for a valid OpenAPI 3.1 document in JSON or YAML. Otherwise the error says that the
// document violates the JSON Schema of the specification, or that kin-openapi cannot load it or
// rejects it.
func Check(ctx context.Context, document []byte) error {
	return errors.Join(checkSchema(document), checkLoad(ctx, document))
}

func checkSchema(document []byte) error {
	schema, err := compiled()
	if err != nil {
		return err
	}
	value, err := decode(document)
	if err != nil {
		return err
	}
	if err := schema.Validate(value); err != nil {
		return fmt.Errorf("check the document against the schema of OpenAPI 3.1: %w", err)
	}
	return nil
}

func checkLoad(ctx context.Context, document []byte) error {
	loaded, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return fmt.Errorf("load the document in kin-openapi: %w", err)
	}
	if err := loaded.Validate(ctx); err != nil {
		return fmt.Errorf("validate the document in kin-openapi: %w", err)
	}
	return nil
}

// compiled is the schema of a whole document.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	compiler := jsonschema.NewCompiler()
	url := ""
	for _, text := range [][]byte{specification, dialect} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("read the schema of OpenAPI 3.1: %w", err)
		}
		url, _ = value.(map[string]any)["$id"].(string)
		if err := compiler.AddResource(url, value); err != nil {
			return nil, fmt.Errorf("add %s: %w", url, err)
		}
	}
	schema, err := compiler.Compile(url)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", url, err)
	}
	return schema, nil
})

// decode reads JSON or YAML as JSON values.
func decode(document []byte) (any, error) {
	var value any
	if err := yaml.Unmarshal(document, &value); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	return value, nil
}
