package local

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/witness"
)

func TestWhyAnEntryIsDropped(t *testing.T) {
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
		var b batch
		if err := b.decode(strings.NewReader(`{"trace_events":[` + entry + `,` + c.event + `,` + entry + `]}`)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if b.count != 2 || b.drops != 1 || !strings.HasSuffix(b.reason, c.want.Error()) {
			t.Errorf("%s: %d taken, %d dropped because %q; want 2, 1, %q", name, b.count, b.drops, b.reason, c.want)
		}
	}
}

func TestTheWitnessesOfOneRequestAreBounded(t *testing.T) {
	t.Parallel()
	var one, b batch
	if err := one.decode(strings.NewReader(`{"trace_events":[` + entry + `]}`)); err != nil {
		t.Fatal(err)
	}
	b.lines = make([]byte, maxLinesBytes-len(one.lines)) // room for one more
	if err := b.decode(strings.NewReader(`{"trace_events":[` + entry + `,` + entry + `]}`)); err != nil {
		t.Fatal(err)
	}
	if b.count != 1 || b.drops != 1 || b.reason != errLarge.Error() || len(b.lines) != maxLinesBytes {
		t.Errorf("%d taken, %d dropped because %q; %d bytes", b.count, b.drops, b.reason, len(b.lines))
	}
}

// FuzzDecode holds that whatever is sent, decoding ends with witnesses that a
// server takes, and counts the rest.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"client_name":"web","batch_id":"1","trace_events":[` + entry + `],"no_more_events":true}`))
	f.Add([]byte(`{"trace_events":[1,{},[],null,"x"]}`))
	f.Add([]byte(`{"trace_events":[{"request":{"method":"GET","url":"/"},"response":{"status":-1}}]}`))
	f.Add([]byte(`{"trace_events":[` + entry))
	f.Add([]byte("{\"client_name\":\"\xff\\ud800\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var b batch
		if err := b.decode(bytes.NewReader(body)); err != nil {
			return
		}
		if b.reason == errPanicked.Error() {
			t.Fatal("decoding panicked")
		}
		reader := witness.NewReader(bytes.NewReader(b.lines))
		for n := 0; ; n++ {
			_, err := reader.Next()
			if errors.Is(err, io.EOF) {
				if n != b.count {
					t.Fatalf("%d witnesses, %d counted", n, b.count)
				}
				return
			}
			if err != nil {
				t.Fatalf("a witness that a server would refuse: %v", err)
			}
		}
	})
}
