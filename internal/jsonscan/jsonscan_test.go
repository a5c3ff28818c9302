package jsonscan_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/jsonscan"
)

func TestTextResolvesEscapes(t *testing.T) {
	t.Parallel()
	for quoted, want := range map[string]string{
		`""`:                       "",
		`"plain"`:                  "plain",
		`"a\"b\\c\/d"`:             `a"b\c/d`,
		`"\b\f\n\r\t"`:             "\b\f\n\r\t",
		`"\u00e9\u4e2d"`:           "é中",
		`"\ud83d\ude00"`:           "😀",
		`"\ud83d"`:                 "\ufffd",
		`"\ud83dx"`:                "\ufffdx",
		`"\ude00\ud83d\ude00"`:     "\ufffd😀",
		`"\ud83d\u0041"`:           "\ufffdA",
		"\"caf\xe9\"":              "caf\ufffd",
		"\"é中😀\"":                  "é中😀",
		`"` + "\u007f\u2028" + `"`: "\u007f\u2028",
	} {
		s := jsonscan.New(quoted)
		if s.Peek() != jsonscan.String {
			t.Errorf("%s is not a string", quoted)
			continue
		}
		if got := s.Text(); got != want || s.Err() != nil {
			t.Errorf("Text(%s) = %q, %v; want %q", quoted, got, s.Err(), want)
		}
	}
}

func TestWalk(t *testing.T) {
	t.Parallel()
	s := jsonscan.New(` {"a": [1, -2.5e3 ,true,null , {}], "b" : {"c":"d"} } `)
	var walked []string
	var walk func()
	walk = func() {
		switch k := s.Peek(); k {
		case jsonscan.Object:
			walked = append(walked, "{")
			s.Begin()
			for key, ok := s.NextKey(); ok; key, ok = s.NextKey() {
				walked = append(walked, key+":")
				walk()
			}
			walked = append(walked, "}")
		case jsonscan.Array:
			walked = append(walked, "[")
			for s.Begin(); s.NextElement(); {
				walk()
			}
			walked = append(walked, "]")
		case jsonscan.Number:
			walked = append(walked, s.Number())
		case jsonscan.String:
			walked = append(walked, s.Text())
		default:
			walked = append(walked, string(k))
			s.Literal()
		}
	}
	walk()
	s.End()
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	if got, want := strings.Join(walked, " "), "{ a: [ 1 -2.5e3 t n { } ] b: { c: d } }"; got != want {
		t.Errorf("walked %s, want %s", got, want)
	}
}

func TestErrorsDistinguishTruncatedFromInvalid(t *testing.T) {
	t.Parallel()
	for text, truncated := range map[string]bool{
		``: true, ` `: true, `{`: true, `{"a"`: true, `{"a":`: true, `{"a":1`: true, `[1,`: true,
		`"abc`: true, `"a\`: true, `"a\u00`: true, `tru`: true, `-`: true, `1.`: true, `1e`: true,
		`]`: false, `{a`: false, `{"a" 1}`: false, `[1 2]`: false, `[1,]`: false, `{"a":1,}`: false,
		`"\x"`: false, "\"\x01\"": false, `01`: false, `trux`: false, `+1`: false, `1 2`: false, "1\x00": false,
	} {
		s := jsonscan.New(text)
		s.Skip()
		s.End()
		if s.Err() == nil {
			t.Errorf("%q is accepted", text)
		} else if got := errors.Is(s.Err(), jsonscan.ErrTruncated); got != truncated {
			t.Errorf("%q: %v, truncated %v, want %v", text, s.Err(), got, truncated)
		}
	}
}

func TestNestingIsBounded(t *testing.T) {
	t.Parallel()
	if !jsonscan.Valid(strings.Repeat("[", jsonscan.MaxDepth) + strings.Repeat("]", jsonscan.MaxDepth)) {
		t.Error("MaxDepth arrays are rejected")
	}
	if jsonscan.Valid(strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6)) {
		t.Error("a million arrays are accepted")
	}
}

// The corpus is test_parsing of JSONTestSuite. Files y_ must parse, files n_ must not, except
// those with invalid UTF-8, which the package accepts.
func TestJSONTestSuite(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/corpus/json/test_parsing_*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("../shared/corpus/json is absent; TestErrorsDistinguishTruncatedFromInvalid has the same traits")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(filepath.Base(file), "test_parsing_")
		switch valid := jsonscan.Valid(string(text)); {
		case name[0] == 'y' && !valid:
			t.Errorf("%s must parse", name)
		case name[0] == 'n' && valid && !strings.Contains(strings.ReplaceAll(name, "utf-8", "utf8"), "utf8"):
			t.Errorf("%s must not parse", name)
		}
	}
}

func TestTextReadsStringsOfEncodingJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.String().Draw(t, "text")
		quoted, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		s := jsonscan.New(string(quoted))
		s.Peek()
		if got := s.Text(); got != want {
			t.Fatalf("Text(%s) = %q, want %q", quoted, got, want)
		}
	})
}

func FuzzValidAgreesWithEncodingJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,2.5,-3e4,"x\u00e9",true,false,null]}`, `[`, `"\ud83d"`, `{"a":{"a":{}}}`, ` 0 `, `-0.0E+1`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := json.Valid([]byte(text))
		got := jsonscan.Valid(text)
		if got != want && strings.Count(text, "[")+strings.Count(text, "{") <= jsonscan.MaxDepth {
			t.Errorf("Valid(%q) = %v, encoding/json says %v", text, got, want)
		}
	})
}

func BenchmarkSkip(b *testing.B) {
	const user = `{"id":17,"uid":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"Ada Lovelace","score":97.5,` +
		`"tags":["new","vip"],"address":{"street":"1 Main St","city":"Paris"}},`
	text := `{"count":3,"next":null,"results":[` + strings.Repeat(user, 20) + `{}]}`
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s := jsonscan.New(text)
		s.Skip()
		if s.Err() != nil {
			b.Fatal(s.Err())
		}
	}
}
