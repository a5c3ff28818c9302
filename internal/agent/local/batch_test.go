package local

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/har"
	"akita/internal/witness"
)

// read reads a request and obfuscates its blocks, as intake does, without a spool.
func read(body io.Reader) (harvest, error) {
	var o obfuscator
	var all harvest
	add := func(b *block) (*block, error) {
		h := o.obfuscate(b, all.lines)
		h.count += all.count
		h.drops += all.drops
		if h.reason == nil {
			h.reason = all.reason
		}
		all = h
		next := *b
		next.reset(b.number + 1)
		return &next, nil
	}
	b := batch{block: new(block), flush: add, store: func(b *block) error { _, err := add(b); return err }}
	err := b.read(&envelope{body: body, enlarge: func() error { return nil }})
	if err == nil {
		_, err = add(b.block)
	}
	all.drops += b.large
	return all, err
}

func TestWhyAnEventIsDropped(t *testing.T) {
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
		h, err := read(strings.NewReader(`{"trace_events":[` + entry + `,` + c.event + `,` + entry + `]}`))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if h.count != 2 || h.drops != 1 || !errors.Is(h.reason, c.want) {
			t.Errorf("%s: %d taken, %d dropped because %v; want 2, 1, %v", name, h.count, h.drops, h.reason, c.want)
		}
	}
}

// Where a body is cut by the network must not matter.
func TestABodyMayComeByteByByte(t *testing.T) {
	t.Parallel()
	body := `{"client_name":"web", "x":[1,{"y":"]}\"\\"}], "trace_events":[` + entry + ` , 12, ` + entry + `] ,"no_more_events":true} `
	for name, reader := range map[string]io.Reader{
		"at once":      strings.NewReader(body),
		"byte by byte": iotest.OneByteReader(strings.NewReader(body)),
		"in halves":    iotest.HalfReader(strings.NewReader(body)),
		"end and data": iotest.DataErrReader(strings.NewReader(body)),
	} {
		if h, err := read(reader); err != nil || h.count != 2 || h.drops != 1 {
			t.Errorf("%s: %d taken, %d dropped, %v", name, h.count, h.drops, err)
		}
	}
}

func TestWhatIsNoRequestIsSaid(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:                                       "It ends before the JSON does.",
		`  `:                                     "It ends before the JSON does.",
		`{`:                                      "It ends before the JSON does.",
		`{"a`:                                    "It ends before the JSON does.",
		`{"a":"\`:                                "It ends before the JSON does.",
		`{"a":tru`:                               "It ends before the JSON does.",
		`{"trace_events":[{"a":1}`:               "It ends before the JSON does.",
		`[]`:                                     "it is not an object",
		`17 `:                                    "it is not an object",
		`{} x`:                                   "it is not an object: more follows it",
		`{"a" 1}`:                                "It is not JSON: see byte 5.",
		`{"a":}`:                                 "It is not JSON: see byte 5.",
		`{"a":1 "b":2}`:                          "It is not JSON: see byte 7.",
		`{a:1}`:                                  "It is not JSON: see byte 1.",
		`{"a":1,}`:                               "It is not JSON: see byte 7.",
		`]`:                                      "It is not JSON: see byte 0.",
		`{"\x":1}`:                               "It is not JSON: see byte 1.",
		`{"trace_events":[{"a":[}]}`:             "It is not JSON: see byte 23.",
		`{"trace_events":[{"a":1]]}`:             "It is not JSON: see byte 23.",
		`{"x":` + strings.Repeat(`[`, maxOpen+1): "It is not JSON: see byte 4101.",
		`{"client_name":{}}`:                     "a member has another type than it should",
		`{"trace_events":"none"}`:                "a member has another type than it should",
		`{"batch_id":7}`:                         "a member has another type than it should",
		"{\"client_name\":\"a\\u0007b\"}":        "client_name: it is too long or not printable",
	} {
		_, err := read(strings.NewReader(body))
		if err == nil || bodyFault(err) != want {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}

func TestABatchOfManyEventsIsNamedBeforeThem(t *testing.T) {
	t.Parallel()
	events := strings.Repeat(`{},`, blockEvents) + `{}`
	if _, err := read(strings.NewReader(`{"trace_events":[` + events + `],"batch_id":"1"}`)); !errors.Is(err, errLateID) {
		t.Errorf("behind many events: %v", err)
	}
	for name, body := range map[string]string{
		"before many events": `{"batch_id":"1","trace_events":[` + events + `]}`,
		"behind a few":       `{"trace_events":[{}],"batch_id":"1"}`,
	} {
		if _, err := read(strings.NewReader(body)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A block's end depends on the request's bytes alone: see TestAHalfSentBatch.
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
		note := func(b *block) (*block, error) {
			if b.number != len(sizes) {
				t.Errorf("%s: block %d has the number %d", name, len(sizes), b.number)
			}
			sizes = append(sizes, len(b.ends))
			return &block{number: b.number + 1}, nil
		}
		b := batch{block: new(block), flush: note, store: func(b *block) error { _, err := note(b); return err }}
		body := strings.NewReader(`{"trace_events":[` + strings.Join(c.events, ",") + `]}`)
		if err := b.read(&envelope{body: body, enlarge: func() error { return nil }}); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(append(sizes, len(b.block.ends))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// FuzzRead holds that whatever is sent, reading ends with witnesses that a
// server takes, and counts the rest.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"client_name":"web","batch_id":"1","trace_events":[` + entry + `],"no_more_events":true}`))
	f.Add([]byte(`{"trace_events":[1,{},[],null,"x"]}`))
	f.Add([]byte(`{"trace_events":[{"request":{"method":"GET","url":"/"},"response":{"status":-1}}]}`))
	f.Add([]byte(`{"trace_events":[` + entry))
	f.Add([]byte("{\"client_name\":\"\xff\\ud800\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		h, err := read(bytes.NewReader(body))
		again, againErr := read(iotest.OneByteReader(bytes.NewReader(body)))
		if (err == nil) != (againErr == nil) || !bytes.Equal(h.lines, again.lines) || h.drops != again.drops {
			t.Fatalf("it matters how the body is cut: %v and %v", err, againErr)
		}
		if errors.Is(h.reason, errPanicked) {
			t.Fatal("reading panicked")
		}
		reader := witness.NewReader(bytes.NewReader(h.lines))
		for n := 0; ; n++ {
			err := reader.Next(new(witness.Witness))
			if errors.Is(err, io.EOF) {
				if n != h.count {
					t.Fatalf("%d witnesses, %d counted", n, h.count)
				}
				return
			}
			if err != nil {
				t.Fatalf("a witness that a server would refuse: %v", err)
			}
		}
	})
}
