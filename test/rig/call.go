package rig

import (
	"fmt"
	"strconv"
	"time"
)

// Call is a call of a shop's API.
type Call struct {
	Number int    // makes its other values: the time it took, its token, its consumer
	Path   string // without a slash at its start: "api/v1/users/7/orders/"
	Route  string // "api/v1/users/<int:pk>/orders/"; "" if the framework does not say
	Answer string // JSON
}

const (
	// startFormat has one width for all times, so that one can replace another.
	startFormat = "2006-01-02T15:04:05.000000-07:00"
	eventHead   = `{"startedDateTime":"`
)

// Append appends the call as the middleware reports it, with the time at which it began.
func (c *Call) Append(out []byte, start time.Time) []byte {
	out = append(out, eventHead...)
	out = start.UTC().AppendFormat(out, startFormat)
	n := c.Number
	out = fmt.Appendf(
		out,
		`","time":%d.25,"request":{"method":"GET","url":"http://shop.example.test/%s?page=%d",`+
			`"httpVersion":"HTTP/1.1","cookies":[],`+
			`"headers":[{"name":"Host","value":"shop.example.test"},{"name":"User-Agent","value":"bench/1.0"},`+
			`{"name":"Accept","value":"*/*"},`+
			`{"name":"Authorization","value":"Bearer 0123456789abcdef0123456789abcdef%08d"}],`+
			`"queryString":[{"name":"page","value":"%d"}],"headersSize":-1,"bodySize":0},`,
		n%300, c.Path, n%7, n, n%7,
	)
	out = fmt.Appendf(
		out,
		`"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],`+
			`"headers":[{"name":"Content-Type","value":"application/json"},`+
			`{"name":"X-RateLimit-Remaining","value":"%d"}],`+
			`"content":{"size":%d,"mimeType":"application/json","text":%s},`+
			`"redirectURL":"","headersSize":-1,"bodySize":%d},"cache":{},`+
			`"timings":{"send":0,"wait":%d.25,"receive":0}`,
		n%1000, len(c.Answer), strconv.Quote(c.Answer), len(c.Answer), n%300,
	)
	out = fmt.Appendf(out, `,"_akita":{"consumer":"consumer-%02d","consumer_version":"3.%d"`, c.consumer(), n%2)
	if c.Route != "" {
		out = fmt.Appendf(out, `,"route":%q,"converters":{"pk":"int"},"view":"shop.views.ViewSet.list"`, c.Route)
	}
	return append(out, "}}"...)
}

// consumers is by how many consumers each path is called.
const consumers = 20

// consumer returns the number of the one that makes the call: neighbours, and calls of one path, differ.
func (c *Call) consumer() int { return c.Number * 7919 / 100 % consumers }

// Limits of a batch; they are those of our middleware.
const (
	BatchEvents = 100
	BatchBytes  = 1 << 20
)

// Batch is a batch of events as the middleware posts it. It is made once and posted often: Stamp
// replaces what must differ.
type Batch struct {
	Body   []byte
	Events int

	number int   // where the number is in Body
	starts []int // where the time of each event is
}

// NewBatch returns a batch of a client. Stamp it before each post.
func NewBatch(client string, calls []Call) *Batch {
	b := &Batch{Events: len(calls)}
	b.Body = fmt.Appendf(nil, `{"client_name":"bench-%s","client_id":"%s","batch_id":"%s-`, client, client, client)
	b.number = len(b.Body)
	b.Body = fmt.Appendf(b.Body, `%08d","no_more_events":false,"trace_events":[`, 0)
	for i := range calls {
		if i > 0 {
			b.Body = append(b.Body, ',')
		}
		b.starts = append(b.starts, len(b.Body)+len(eventHead))
		b.Body = calls[i].Append(b.Body, time.Time{})
	}
	b.Body = append(b.Body, `]}`...)
	return b
}

// Stamp gives the batch a number, which differs from that of the client's other batches, and the
// time at which its calls began.
func (b *Batch) Stamp(number int, start time.Time) {
	copy(b.Body[b.number:], fmt.Sprintf("%08d", number))
	text := start.UTC().Format(startFormat)
	for _, at := range b.starts {
		copy(b.Body[at:], text)
	}
}
