package witness_test

import (
	"fmt"
	"testing"

	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/shape"
	"akita/internal/witness"
)

// BenchmarkForms measures the forms of a witness whose response has 20 fields.
func BenchmarkForms(b *testing.B) {
	body := `{"id":1`
	for i := range 19 {
		body += fmt.Sprintf(`,"field_%d":"text"`, i)
	}
	e := hartest.Call("/items/1", 200, body+"}")
	w := witness.FromEntry(&e, witness.Options{})
	var packer witness.Packer
	for name, write := range map[string]func([]byte, *witness.Witness) ([]byte, error){
		"line": witness.AppendLine, "record": packer.Append,
	} {
		text, err := write(nil, &w)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/write", func(b *testing.B) {
			b.ReportAllocs()
			b.ReportMetric(float64(len(text)), "bytes")
			for b.Loop() {
				text, _ = write(text[:0], &w)
			}
		})
		b.Run(name+"/read", func(b *testing.B) {
			b.ReportAllocs()
			var unpacker witness.Unpacker
			var read witness.Witness
			for whole := string(text); b.Loop(); {
				if err := unpacker.Read(&read, whole); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFromEntry measures a call of a usual client, which has more names than values.
func BenchmarkFromEntry(b *testing.B) {
	const raw = `{"startedDateTime":"2026-01-05T09:00:00Z","time":12,"request":{"method":"GET",` +
		`"url":"https://api.example.test/api/v1/users/17/orders?page=2&page_size=10","headers":[` +
		`{"name":"Host","value":"api.example.test"},{"name":"User-Agent","value":"bench/1.0"},` +
		`{"name":"Accept","value":"application/json"},{"name":"Accept-Encoding","value":"gzip"},` +
		`{"name":"Authorization","value":"Bearer 0123456789abcdef"},{"name":"X-Tenant","value":"a"},` +
		`{"name":"X-Request-Id","value":"7"},{"name":"Cookie","value":"sessionid=abc; theme=dark"}]},` +
		`"response":{"status":200,"headers":[{"name":"Content-Type","value":"application/json"},` +
		`{"name":"Date","value":"x"},{"name":"Server","value":"x"},{"name":"X-RateLimit-Remaining","value":"9"}],` +
		`"content":{"mimeType":"application/json","text":"[{\"id\":1,\"status\":\"paid\"},{\"id\":2,\"status\":\"new\"}]"}}}`
	var e har.Entry
	if err := har.ParseEntry([]byte(raw), &e); err != nil {
		b.Fatal(err)
	}
	for name, cache := range map[string]*witness.Cache{"cache": new(witness.Cache), "no cache": nil} {
		b.Run(name, func(b *testing.B) {
			var arena shape.Arena
			b.ReportAllocs()
			for b.Loop() {
				arena.Reset()
				witness.FromEntry(&e, witness.Options{Arena: &arena, Cache: cache})
			}
		})
	}
}
