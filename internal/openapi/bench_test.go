package openapi_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/witness"
)

// fields is how many fields the record of an operation in BenchmarkDocument has.
const fields = 20

// manyOperations is the model of an API with n operations. Each answers with another record.
func manyOperations(b *testing.B, n int) *apimodel.Model {
	b.Helper()
	model := apimodel.New()
	for i := range n {
		var body strings.Builder
		for f := range fields {
			fmt.Fprintf(&body, `,\"field_%d_%d\":\"text %d\"`, i%97, f, f)
		}
		line := fmt.Sprintf(`{"startedDateTime":"2026-01-01T00:00:00Z","time":12,"request":{"method":"GET",`+
			`"url":"http://api.example.com/items%d/7","headers":[{"name":"Authorization","value":"Bearer x"}]},`+
			`"response":{"status":200,"content":{"mimeType":"application/json","text":"{\"id\":%d%s}"}},`+
			`"_akita":{"route":"/items%d/{id}"}}`, i, i, &body, i)
		entries := har.NewDecoder(strings.NewReader(line))
		for {
			var e har.Entry
			err := entries.Next(&e)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			w := witness.FromEntry(&e, witness.Options{})
			model.Add(&w)
		}
	}
	return model
}

func BenchmarkDocument(b *testing.B) {
	for _, n := range []int{500, 5000} {
		set := endpoints.Infer(manyOperations(b, n))
		for name, write := range map[string]func(*openapi.Document, io.Writer) error{
			"json": func(d *openapi.Document, w io.Writer) error { return d.WriteJSON(w, "  ") },
			"yaml": (*openapi.Document).WriteYAML,
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := write(openapi.New(set, openapi.Options{}), io.Discard); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
