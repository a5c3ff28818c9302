package shape_test

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"akita/internal/shape"
)

func TestOfJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`null`:                     `{"null":1}`,
		`-5`:                       `{"int":1,"widths":8}`,
		`1e3`:                      `{"num":1}`,
		`[NaN,-Infinity,Infinity]`: `{"arr":1,"sizes":4,"items":{"num":3}}`,
		`"NaN"`:                    `{"str":1,"lengths":4}`,
		`""`:                       `{"str":1,"empty":1,"lengths":1}`,
		`"secret"`:                 `{"str":1,"lengths":8}`,
		`"2026-01-05T09:00:00Z"`:   `{"str":1,"formats":[{"format":"date-time","count":1}],"lengths":32}`,
		`[]`:                       `{"arr":1,"sizes":1}`,
		`[1,null]`:                 `{"arr":1,"sizes":4,"items":{"null":1,"int":1,"widths":2}}`,
		`{"b":1,"a":true,"b":"x"}`: `{"obj":1,"object":{"fields":{"a":{"bool":1},"b":{"int":1,"widths":2}}}}`,
		`{"2026-01-05":1,"total":2}`: `{"obj":1,"object":{"fields":{"total":{"int":1,"widths":4}},` +
			`"keys":{"str":1,"formats":[{"format":"date","count":1}],"lengths":16},"values":{"int":1,"widths":2}}}`,
		`[{"a":1},{"b":1},{"a":1}]`: `{"arr":1,"sizes":4,"items":{"obj":3,"object":{"fields":{"a":{"int":2,"widths":2},"b":{"int":1,"widths":2}},"sets":[{"names":"a","count":2},{"names":"b","count":1}]}}}`,
	} {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := encode(t, s); got != want {
			t.Errorf("%s has the shape\n     %s\nwant %s", text, got, want)
		}
	}
	for _, text := range []string{``, `{`, `{"a":}`, `1 2`, `{"a":1}}`, `nul`, `'a'`} {
		if s, err := shape.OfJSON(text, shape.Options{}); err == nil {
			t.Errorf("%q has a shape: %s", text, encode(t, s))
		}
	}
}

func TestObserveReportsNonFinite(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{`{"a":[1,NaN]}`: true, `{"a":"NaN"}`: false, `[1.5]`: false} {
		if _, got, err := shape.Observe(text, shape.Options{}); got != want || err != nil {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}

func TestOfJSONIsBounded(t *testing.T) {
	t.Parallel()
	deep, err := shape.OfJSON(strings.Repeat(`{"a":[`, 200)+strings.Repeat(`]}`, 200), shape.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := encode(t, deep); !strings.Contains(got, `"opaque":1`) || len(got) > 4000 {
		t.Errorf("400 levels deep: %d bytes", len(got))
	}
}

func TestOfText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"17": "int", "-3": "int", "0": "int", "true": "bool", "False": "bool", "2.50": "num", "-0.5": "num",
		"": "str", "007": "str", "-0": "str", "1234567890123456789": "str", "1e3": "str", "1.": "str", "yes": "str",
		"00.5": "str", "+1": "str", "NaN": "str",
	} {
		if got := encode(t, shape.OfText(text, shape.Options{})); !strings.HasPrefix(got, `{"`+want+`"`) {
			t.Errorf("OfText(%q) = %s, want %s", text, got, want)
		}
	}
}

func FuzzOfJSON(f *testing.F) {
	f.Add(`{"a":[1,{"b":"2026-01-05"}],"17":null}`)
	f.Add(`[[[[{"":{}}]]]]`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			return
		}
		encoded := encode(t, s)
		var back shape.Shape
		if err := json.Unmarshal([]byte(encoded), &back); err != nil {
			t.Fatalf("%s does not read back: %v", encoded, err)
		}
	})
}

func BenchmarkOfJSON(b *testing.B) {
	text := `{"count":3,"next":null,"results":[` + strings.Repeat(
		`{"id":17,"uid":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"Ada Lovelace","score":97.5,`+
			`"tags":["new","vip"],"address":{"street":"1 Main St","city":"Paris"}},`,
		3,
	) + `{}]}`
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := shape.OfJSON(text, shape.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
