package jsonstream_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"akita/internal/agent/jsonstream"
)

// content is what a test reads of an object: its texts, and the elements of "list".
type content struct {
	name     string
	elements []string
}

// read reads the members "name" and "list", and skips others.
func read(config jsonstream.Config) (content, error) {
	var c content
	r := jsonstream.NewReader(config)
	err := r.Members(func(name string) (err error) {
		switch name {
		case "name":
			c.name, err = r.Text(20)
			return err
		case "list":
			return r.Elements(20, func(raw []byte) error {
				c.elements = append(c.elements, string(raw))
				return nil
			})
		}
		return r.Skip()
	})
	return c, err
}

func TestMembersMayComeInAnyPieces(t *testing.T) {
	t.Parallel()
	text := ` {"x":[1,{"y":"]}\"\\"}], "name":"web\u0021" ,"list":[{"a":"\\"} , 12, "b,]" , null,"` +
		strings.Repeat("x", 20) + `" ],"z":true} `
	for name, body := range map[string]io.Reader{
		"at once":      strings.NewReader(text),
		"byte by byte": iotest.OneByteReader(strings.NewReader(text)),
		"in halves":    iotest.HalfReader(strings.NewReader(text)),
		"end and data": iotest.DataErrReader(strings.NewReader(text)),
	} {
		got, err := read(jsonstream.Config{Body: body})
		if err != nil || got.name != "web!" || strings.Join(got.elements, ";") != `{"a":"\\"};12;"b,]";null;` {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestNullIsEmpty(t *testing.T) {
	t.Parallel()
	if got, err := read(jsonstream.Config{Body: strings.NewReader(`{"name":null,"list":null}`)}); err != nil ||
		got.name != "" ||
		got.elements != nil {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		``:                 io.ErrUnexpectedEOF,
		`{"a":"\`:          io.ErrUnexpectedEOF,
		`{"list":[{"a":1}`: io.ErrUnexpectedEOF,
		`[{"a":1}]`:        jsonstream.ErrNotObject,
		`{} {}`:            jsonstream.ErrNotObject,
		`{"name":1}`:       jsonstream.ErrWrongType,
		`{"list":{}}`:      jsonstream.ErrWrongType,
		`{"name":"` + strings.Repeat("x", 20) + `"}`: jsonstream.ErrTooLong,
	} {
		if _, err := read(jsonstream.Config{Body: strings.NewReader(text)}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
	}
}

func TestSyntaxErrorsHaveAnOffset(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		`{"a" 1}`:                           5,
		`{"a":}`:                            5,
		`{"a":1 "b":2}`:                     7,
		`{a:1}`:                             1,
		`{"a":1,}`:                          7,
		`]`:                                 0,
		`{"\x":1}`:                          1,
		`{"list":[{"a":[}]}`:                15,
		`{"name":"\ud800x\q"}`:              8,
		`{"x":` + strings.Repeat(`[`, 4097): 4101,
	} {
		_, err := read(jsonstream.Config{Body: strings.NewReader(text)})
		syntax, ok := errors.AsType[*jsonstream.SyntaxError](err)
		if !ok || syntax.Offset != want {
			t.Errorf("%s: %v, want byte %d", text, err, want)
		}
	}
}

func TestEnlargeIsCalledOnceForALargeValue(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for _, c := range []struct {
		size, calls int
		err         error
	}{
		{jsonstream.LargeBytes / 2, 0, refused},
		{4 * jsonstream.LargeBytes, 1, nil},
		{4 * jsonstream.LargeBytes, 1, refused},
	} {
		calls := 0
		r := jsonstream.NewReader(jsonstream.Config{
			Body: strings.NewReader(`{"list":["` + strings.Repeat("x", c.size) + `"]}`),
			Enlarge: func() error {
				calls++
				return c.err
			},
		})
		err := r.Members(func(string) error {
			return r.Elements(8*jsonstream.LargeBytes, func([]byte) error { return nil })
		})
		if calls != c.calls || c.calls > 0 && !errors.Is(err, c.err) || c.calls == 0 && err != nil {
			t.Errorf("%d bytes: %d calls, %v", c.size, calls, err)
		}
	}
}

// A value that is skipped, or too long, is not kept in memory.
func TestLongValuesTakeNoMemory(t *testing.T) {
	t.Parallel()
	long := `"` + strings.Repeat("x", 4*jsonstream.LargeBytes) + `"`
	r := jsonstream.NewReader(jsonstream.Config{
		Body: io.MultiReader(
			strings.NewReader(`{"x":`),
			strings.NewReader(long),
			strings.NewReader(`,"list":[`),
			strings.NewReader(long),
			strings.NewReader(`]}`),
		),
		Enlarge: func() error { return errors.New("the window grew") },
	})
	err := r.Members(func(name string) error {
		if name != "list" {
			return r.Skip()
		}
		return r.Elements(100, func(raw []byte) error {
			if raw != nil {
				t.Errorf("an element of %d bytes", len(raw))
			}
			return nil
		})
	})
	if err != nil || cap(r.Window()) > jsonstream.LargeBytes {
		t.Errorf("a window of %d bytes, %v", cap(r.Window()), err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(`{"name":"web","list":[1,{},[],null,"x"],"x":{"y":[]}}`))
	f.Add([]byte(`{"list":[{"a":"\"]}"}]} x`))
	f.Add([]byte("{\"name\":\"\xff\\ud800\"}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		once, err := read(jsonstream.Config{Body: bytes.NewReader(text)})
		bytewise, bytewiseErr := read(jsonstream.Config{Body: iotest.OneByteReader(bytes.NewReader(text))})
		if (err == nil) != (bytewiseErr == nil) || err != nil && err.Error() != bytewiseErr.Error() {
			t.Fatalf("errors depend on how the text is split: %v and %v", err, bytewiseErr)
		}
		if once.name != bytewise.name || strings.Join(once.elements, "\n") != strings.Join(bytewise.elements, "\n") {
			t.Fatalf("the content depends on how the text is split: %+v and %+v", once, bytewise)
		}
	})
}
