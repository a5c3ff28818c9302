package cli

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/har"
)

// shopEntry is a call as a shop's API has them.
const shopEntry = `{"startedDateTime":"2026-01-05T09:00:%02d.%03dZ","time":%d,` +
	`"request":{"method":"GET","url":"http://shop.example.test/api/v1/users/%d/orders?page=%d","httpVersion":"HTTP/1.1",` +
	`"cookies":[],"headers":[{"name":"Host","value":"shop.example.test"},{"name":"User-Agent","value":"bench/1.0"},` +
	`{"name":"Accept","value":"*/*"},` +
	`{"name":"Authorization","value":"Bearer 0123456789abcdef0123456789abcdef01234567"}],` +
	`"queryString":[{"name":"page","value":"%d"}],"headersSize":-1,"bodySize":0},` +
	`"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],` +
	`"headers":[{"name":"Content-Type","value":"application/json"},{"name":"X-RateLimit-Remaining","value":"%d"}],` +
	`"content":{"size":700,"mimeType":"application/json","text":"[{\"id\":\"0f8fad5b-d9cb-469f-a165-70867728950e\",` +
	`\"user_id\":%d,\"status\":\"paid\",\"total\":%d.5,\"currency\":\"EUR\",` +
	`\"items\":[{\"id\":1,\"sku\":\"SKU-12345-AB\",\"qty\":2,\"price\":9.99},` +
	`{\"id\":2,\"sku\":\"SKU-54321-XL\",\"qty\":1,\"price\":19.5,\"gift_note\":\"Happy birthday\"}],` +
	`\"shipped_at\":\"2026-01-05T09:00:00Z\",\"coupon\":null}]"},"redirectURL":"","headersSize":-1,"bodySize":700},` +
	`"cache":{},"timings":{"send":0,"wait":%d,"receive":0}}`

// shopHAR returns an archive of n calls.
func shopHAR(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"log":{"version":"1.2","entries":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, shopEntry,
			i%60, i%1000, i%300, i%5000, i%7, i%7, i%1000, i%5000, i%300, i%300)
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

func BenchmarkFold(b *testing.B) {
	const entries = 1000
	archive := shopHAR(entries)
	b.SetBytes(int64(len(archive)))
	b.ReportAllocs()
	for b.Loop() {
		add := addTo(apimodel.New(), true)
		calls, err := eachEntry(context.Background(), bytes.NewReader(archive), add, func(*har.EntryError) {})
		if calls != entries || err != nil {
			b.Fatal(calls, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*entries), "ns/entry")
}
