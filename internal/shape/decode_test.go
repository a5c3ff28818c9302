package shape_test

import (
	"strings"
	"testing"

	"akita/internal/jsonscan"
	"akita/internal/shape"
)

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		``, `[]`, `7`, `{"str":-1}`, `{"str":1.5}`, `{"str":"1"}`, `{"str":18446744073709551616}`, `{"formats":{}}`,
		`{"formats":[{"format":"none such","count":1}]}`, `{"object":{"fields":[]}}`, `{"object":{"fields":{"a":null}}}`,
		`{"object":{"fields":{"b":{},"a":{},"b":{}}}}`, `{"object":{"many":1}}`, `{"items":[]}`,
		`{"object":{"fields":{` + strings.Repeat(`"a":{},`, shape.MaxFields) + `"a":{}}}}`,
		strings.Repeat(`{"items":`, 600) + "{}" + strings.Repeat("}", 600),
	} {
		in := jsonscan.New(text)
		if shape.Read(&in, nil); in.Err() == nil {
			t.Errorf("%.80s is accepted", text)
		}
	}
}

func TestReadAccepts(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{`null`, `null`},
		{` { "str" : null , "new":[{}] } `, `{}`},
		{`{"items":null,"object":null}`, `{}`},
		{`{"formats":null,"obj":2}`, `{"obj":2}`},
		{`{"object":{"fields":{"b":{},"a":{"null":1}}}}`, `{"object":{"fields":{"a":{"null":1},"b":{}}}}`},
	} {
		text, want := c[0], c[1]
		in := jsonscan.New(text)
		s := shape.Read(&in, nil)
		if in.End(); in.Err() != nil || string(s.AppendJSON(nil)) != want {
			t.Errorf("%s reads as %s, %v; want %s", text, s.AppendJSON(nil), in.Err(), want)
		}
	}
}
