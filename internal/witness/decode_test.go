package witness_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/witness"
)

func TestReader(t *testing.T) {
	t.Parallel()
	e := har.Entry{
		Request: har.Request{Method: "GET", URL: "/a/1"},
		Response: har.Response{
			Status: 200, Body: &har.Body{MediaType: "application/json", Text: `{"a":[{"b":null}]}`},
		},
	}
	w := witness.FromEntry(&e, witness.Options{})
	line, err := witness.AppendLine(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	r := witness.NewReader(bytes.NewReader(append(append(line, '\n'), line...)))
	for range 2 {
		var got witness.Witness
		if err := r.Next(&got); err != nil {
			t.Fatal(err)
		}
		again, err := witness.AppendLine(nil, &got)
		if err != nil || string(again) != string(line) {
			t.Errorf("read back %s, %v; want %s", again, err, line)
		}
	}
	if err := r.Next(new(witness.Witness)); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

func TestReaderRejectsMalformedLines(t *testing.T) {
	t.Parallel()
	const line = `{"method":"GET","path":[{}]}` + "\n"
	for bad, want := range map[string]string{
		"[]":                           "malformed witness in line 2: it is not a witness as JSON",
		"x":                            "malformed witness in line 2: it is not a witness as JSON",
		`{"start":"yesterday"}`:        "malformed witness in line 2: it is not a witness as JSON",
		`{"method":"GET"} {}`:          "malformed witness in line 2: it is not a witness as JSON",
		`{"method":"get","path":[{}]}`: "malformed witness in line 2: its method is not an HTTP method in upper case",
		strings.Repeat("x", witness.MaxLineBytes+1): "malformed witness in line 2: it is longer than 4194304 bytes",
	} {
		r := witness.NewReader(strings.NewReader(line + bad))
		var w witness.Witness
		if err := r.Next(&w); err != nil {
			t.Fatal(err)
		}
		if err := r.Next(&w); !errors.Is(err, witness.ErrMalformed) || err.Error() != want {
			t.Errorf("%.60q: %v, want %s", bad, err, want)
		}
	}
}

// A witness of a newer daemon may have members that this version does not know.
func TestReaderSkipsUnknownMembers(t *testing.T) {
	t.Parallel()
	const line = `{"new":{"a":[1]},"method":"GET","path":[{"literal":"a","new":1}],"query":[{"name":"q","new":null}],` +
		`"auth":[{"type":"basic","new":""}],"request":null,"response":{"media_type":"a/b","new":[]}}`
	var w witness.Witness
	if err := witness.NewReader(strings.NewReader(line)).Next(&w); err != nil {
		t.Fatal(err)
	}
	if w.Path[0].Literal != "a" || w.Query[0].Name != "q" || w.Auth[0].Type != witness.AuthBasic ||
		w.Request != nil || w.Response.MediaType != "a/b" {
		t.Errorf("read %+v", w)
	}
}

// Next reuses the memory of the witness: nothing of the one before may remain.
func TestReaderForgetsTheWitnessBefore(t *testing.T) {
	t.Parallel()
	const full = `{"method":"GET","host":"a","view":"v","path":[{"literal":"a"},{"literal":"b"}],` +
		`"query":[{"name":"q"}],"status":200,"request":{"media_type":"a/b"},"streamed":true}` + "\n"
	r := witness.NewReader(strings.NewReader(full + `{"method":"PUT","path":[{}]}`))
	var w witness.Witness
	for range 2 {
		if err := r.Next(&w); err != nil {
			t.Fatal(err)
		}
	}
	line, err := witness.AppendLine(nil, &w)
	if err != nil || string(line) != `{"method":"PUT","path":[{}]}`+"\n" {
		t.Errorf("the second witness is %s, %v", line, err)
	}
}
