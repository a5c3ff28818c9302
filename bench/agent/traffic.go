package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// Limits of a batch; they are those of our middleware.
const (
	batchEvents = 100
	batchBytes  = 1 << 20
)

// batches makes the bodies of requests that hold n events of about the load's size, and calls
// use with each. part is the client's number.
func batches(l load, n int, part string, use func(body []byte) error) error {
	perBatch := min(batchEvents, max(batchBytes/l.bytes, 1))
	var body bytes.Buffer
	for i := 0; i < n; i += perBatch {
		body.Reset()
		fmt.Fprintf(
			&body,
			`{"client_name":"bench-%s","client_id":"%s","batch_id":"%s-%d","no_more_events":false,"trace_events":[`,
			part,
			part,
			part,
			i,
		)
		for j := range min(perBatch, n-i) {
			if j > 0 {
				body.WriteByte(',')
			}
			event(&body, i+j, l.bytes)
		}
		body.WriteString(`]}`)
		if err := use(body.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// event writes call i of a shop's API, in the format of the middleware.
func event(out *bytes.Buffer, i, size int) {
	const overhead = 1100 // bytes around the response body
	body := orders(i, (size-overhead)*10/12)
	fmt.Fprintf(
		out,
		`{"startedDateTime":"2026-01-05T09:%02d:%02d.%03d000+00:00","time":%d.25,`+
			`"request":{"method":"GET","url":"http://shop.example.test/api/v1/users/%d/orders/?page=%d",`+
			`"httpVersion":"HTTP/1.1","cookies":[],`+
			`"headers":[{"name":"Host","value":"shop.example.test"},{"name":"User-Agent","value":"bench/1.0"},`+
			`{"name":"Accept","value":"*/*"},`+
			`{"name":"Authorization","value":"Bearer 0123456789abcdef0123456789abcdef%08d"}],`+
			`"queryString":[{"name":"page","value":"%d"}],"headersSize":-1,"bodySize":0},`,
		i/60%60,
		i%60,
		i%1000,
		i%300,
		i%5000,
		i%7,
		i,
		i%7,
	)
	fmt.Fprintf(
		out,
		`"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],`+
			`"headers":[{"name":"Content-Type","value":"application/json"},`+
			`{"name":"X-RateLimit-Remaining","value":"%d"}],`+
			`"content":{"size":%d,"mimeType":"application/json","text":%s},`+
			`"redirectURL":"","headersSize":-1,"bodySize":%d},"cache":{},`+
			`"timings":{"send":0,"wait":%d.25,"receive":0},`+
			`"_akita":{"route":"api/v1/users/<int:pk>/orders/","converters":{"pk":"int"},`+
			`"view":"shop.views.OrderViewSet.list"}}`,
		i%1000,
		len(body),
		strconv.Quote(body),
		len(body),
		i%300,
	)
}

// orders returns a JSON array of at least size bytes.
func orders(i, size int) string {
	var out strings.Builder
	out.WriteByte('[')
	for n := i; out.Len() < size; n++ {
		if n > i {
			out.WriteByte(',')
		}
		fmt.Fprintf(
			&out,
			`{"id":"0f8fad5b-d9cb-469f-a165-%012d","user_id":%d,"status":"paid","total":"%d.50","currency":"EUR",`+
				`"items":[{"sku":"SKU-%05d-AB","qty":2,"price":9.99}],`+
				`"note":"Happy birthday, number %d","shipped_at":"2026-01-05T09:00:00Z","coupon":null}`,
			n,
			n%5000,
			n%300,
			n%100_000,
			n,
		)
	}
	return out.String() + "]"
}
