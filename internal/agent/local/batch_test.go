package local

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/agent/jsonstream"
	"akita/internal/har"
	"akita/internal/witness"
)

// read reads a request and obfuscates its blocks, as intake does, without a spool.
func read(body io.Reader) (records []byte, sum result, err error) {
	var o obfuscator
	events := newBatch(body)
	err = events.read(func(b *block) error {
		more, made := o.obfuscate(b, records)
		records = more
		sum.add(made)
		return nil
	})
	sum.dropped += events.tooLarge
	return records, sum, err
}

func newBatch(body io.Reader) *batch {
	return &batch{reader: jsonstream.NewReader(jsonstream.Config{Body: body}), pools: newPools(witness.Options{}, nil)}
}

func TestReasonForDroppingAnEvent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event string
		want  error
	}{
		"no object":  {`"text"`, har.ErrNotAnObject},
		"no request": {`{}`, har.ErrNoRequest},
		"no method":  {`{"request":{"url":"http://h/"}}`, har.ErrNoMethod},
		"no url":     {`{"request":{"method":"GET"}}`, har.ErrNoURL},
	} {
		_, sum, err := read(strings.NewReader(`{"trace_events":[` + entry + `,` + c.event + `,` + entry + `]}`))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if sum.taken != 2 || sum.dropped != 1 || !errors.Is(sum.reason, c.want) {
			t.Errorf("%s: %+v; want 2 taken, 1 dropped because %v", name, sum, c.want)
		}
	}
}

func TestBodyMayBeSplitAnywhere(t *testing.T) {
	t.Parallel()
	body := `{"client_name":"web", "x":[1,{"y":"]}\"\\"}], ` +
		`"trace_events":[` + entry + ` , 12, ` + entry + `] ,"no_more_events":true} `
	for name, reader := range map[string]io.Reader{
		"at once":      strings.NewReader(body),
		"byte by byte": iotest.OneByteReader(strings.NewReader(body)),
		"in halves":    iotest.HalfReader(strings.NewReader(body)),
		"end and data": iotest.DataErrReader(strings.NewReader(body)),
	} {
		if _, sum, err := read(reader); err != nil || sum.taken != 2 || sum.dropped != 1 {
			t.Errorf("%s: %+v, %v", name, sum, err)
		}
	}
}

func TestInvalidRequests(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:                                "It ends before the JSON does.",
		`  `:                              "It ends before the JSON does.",
		`{`:                               "It ends before the JSON does.",
		`{"a`:                             "It ends before the JSON does.",
		`{"a":"\`:                         "It ends before the JSON does.",
		`{"a":tru`:                        "It ends before the JSON does.",
		`{"trace_events":[{"a":1}`:        "It ends before the JSON does.",
		`[]`:                              "it is not a JSON object",
		`17 `:                             "it is not a JSON object",
		`{} x`:                            "it is not a JSON object: something follows it",
		`{"a" 1}`:                         "It is not JSON: see byte 5.",
		`{"a":}`:                          "It is not JSON: see byte 5.",
		`{"a":1 "b":2}`:                   "It is not JSON: see byte 7.",
		`{a:1}`:                           "It is not JSON: see byte 1.",
		`{"a":1,}`:                        "It is not JSON: see byte 7.",
		`]`:                               "It is not JSON: see byte 0.",
		`{"\x":1}`:                        "It is not JSON: see byte 1.",
		`{"trace_events":[{"a":[}]}`:      "It is not JSON: see byte 23.",
		`{"trace_events":[{"a":1]]}`:      "It is not JSON: see byte 23.",
		`{"client_name":{}}`:              "a member has the wrong type",
		`{"trace_events":"none"}`:         "a member has the wrong type",
		`{"batch_id":7}`:                  "a member has the wrong type",
		"{\"client_name\":\"a\\u0007b\"}": "client_name is too long or not printable",
	} {
		_, _, err := read(strings.NewReader(body))
		if err == nil || bodyFault(err) != want {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}

func TestBatchIDComesBeforeManyEvents(t *testing.T) {
	t.Parallel()
	events := strings.Repeat(`{},`, blockEvents) + `{}`
	if _, _, err := read(strings.NewReader(`{"trace_events":[` + events + `],"batch_id":"1"}`)); !errors.Is(
		err,
		errLateID,
	) {
		t.Errorf("after many events: %v", err)
	}
	for name, body := range map[string]string{
		"before many events": `{"batch_id":"1","trace_events":[` + events + `]}`,
		"after a few":        `{"trace_events":[{}],"batch_id":"1"}`,
	} {
		if _, _, err := read(strings.NewReader(body)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBlocksAreBounded(t *testing.T) {
	t.Parallel()
	large := `{"x":"` + strings.Repeat("x", blockBytes/2) + `"}`
	huge := `{"x":"` + strings.Repeat("x", blockBytes) + `"}`
	for name, c := range map[string]struct {
		events []string
		want   string
	}{
		"by events": {strings.Split(strings.Repeat("{} ", 2*blockEvents+1), " ")[:2*blockEvents+1], "[256 256 1]"},
		"by bytes":  {[]string{large, large, "{}", large}, "[2 2]"},
		"by itself": {[]string{"{}", "{}", huge, huge, "{}"}, "[2 1 1 1]"},
		"few":       {[]string{"{}"}, "[1]"},
	} {
		var sizes []int
		body := strings.NewReader(`{"trace_events":[` + strings.Join(c.events, ",") + `]}`)
		err := newBatch(body).read(func(b *block) error {
			if b.number != len(sizes) {
				t.Errorf("%s: block %d has the number %d", name, len(sizes), b.number)
			}
			sizes = append(sizes, len(b.ends))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(sizes); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// FuzzRead checks that any body gives witnesses that a server accepts, and that the
// other events are counted.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"client_name":"web","batch_id":"1","trace_events":[` + entry + `],"no_more_events":true}`))
	f.Add([]byte(`{"trace_events":[1,{},[],null,"x"]}`))
	f.Add([]byte(`{"trace_events":[{"request":{"method":"GET","url":"/"},"response":{"status":-1}}]}`))
	f.Add([]byte(`{"trace_events":[` + entry))
	f.Add([]byte("{\"client_name\":\"\xff\\ud800\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		records, sum, err := read(bytes.NewReader(body))
		again, againSum, againErr := read(iotest.OneByteReader(bytes.NewReader(body)))
		if (err == nil) != (againErr == nil) || !bytes.Equal(records, again) || sum.dropped != againSum.dropped {
			t.Fatalf("the result depends on how the body is split: %v and %v", err, againErr)
		}
		if errors.Is(sum.reason, errPanicked) {
			t.Fatal("reading panicked")
		}
		n := 0
		for record := range witness.Records(string(records)) {
			if err := new(witness.Unpacker).Read(new(witness.Witness), record); err != nil {
				t.Fatalf("a server would refuse a witness: %v", err)
			}
			n++
		}
		if n != sum.taken {
			t.Fatalf("%d witnesses, %d counted", n, sum.taken)
		}
	})
}
