package suite

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
)

// Build returns the OpenAPI document of HAR entries as JSON, as "akita model build" makes it.
// Without routes it ignores what the framework knows.
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
	return openapi.New(endpoints.Infer(model), openapi.Options{}).JSON()
}
