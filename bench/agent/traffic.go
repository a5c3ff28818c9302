package main

import (
	"fmt"
	"strings"
	"time"

	"akita/test/rig"
)

// batches makes the bodies of requests that hold n events of about the load's size, and calls
// use with each. client is the client's number.
func batches(l load, n int, client string, use func(body []byte) error) error {
	perBatch := min(rig.BatchEvents, max(rig.BatchBytes/l.bytes, 1))
	for i := 0; i < n; i += perBatch {
		calls := make([]rig.Call, min(perBatch, n-i))
		for j := range calls {
			calls[j] = call(i+j, l.bytes)
		}
		batch := rig.NewBatch(client, calls)
		batch.Stamp(i, time.Now())
		if err := use(batch.Body); err != nil {
			return err
		}
	}
	return nil
}

// call returns call i, whose event has about the size.
func call(i, size int) rig.Call {
	const overhead = 1100 // bytes around the response body
	return rig.Call{
		Number: i, Path: fmt.Sprintf("api/v1/users/%d/orders/", i%5000), Route: "api/v1/users/<int:pk>/orders/",
		Answer: orders(i, (size-overhead)*10/12),
	}
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
