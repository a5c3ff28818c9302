package suite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/getkin/kin-openapi/openapi3"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/witness"
)

// Build makes the OpenAPI document of HAR entries, as JSON, in the way that "akita model
// build" does. Without routes it is not told what the framework knows.
func Build(entries []byte, routes bool) ([]byte, error) {
	model, decoder := apimodel.New(), har.NewDecoder(bytes.NewReader(entries))
	for n := 0; ; n++ {
		var e har.Entry
		err := decoder.Next(&e)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", n, err)
		}
		if !routes {
			e.Akita = har.Akita{}
		}
		w := witness.FromEntry(&e, witness.Options{Enums: true})
		model.Add(&w)
	}
	return model.Infer().OpenAPI(apimodel.DocumentOptions{}).JSON()
}

// Validate holds a document to the OpenAPI specification.
func Validate(ctx context.Context, doc []byte) error {
	loader := openapi3.NewLoader()
	loaded, err := loader.LoadFromData(doc)
	if err != nil {
		return fmt.Errorf("load document: %w", err)
	}
	if err := loaded.Validate(ctx); err != nil {
		return fmt.Errorf("validate document: %w", err)
	}
	return nil
}
