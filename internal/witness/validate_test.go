package witness

import (
	"math"
	"testing"

	"akita/internal/shape"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	bad := &shape.Shape{Enum: &shape.Enum{Members: []shape.Member{{Text: "secret", Count: 1}}}}
	literals := "a shape holds literals"
	code := "a segment of its path has code around values that it does not have, or too many values"
	value := &shape.Shape{Ints: 1}
	for name, c := range map[string]struct {
		change func(*Witness)
		want   string
	}{
		"a witness":               {func(*Witness) {}, ""},
		"a template":              {func(w *Witness) { w.Path, w.Template = nil, "/a" }, ""},
		"an unusual status":       {func(w *Witness) { w.Status = 999 }, ""},
		"no status":               {func(w *Witness) { w.Status = 0 }, ""},
		"no method":               {func(w *Witness) { w.Method = "" }, "its method is not an HTTP method in upper case"},
		"a method in lower case":  {func(w *Witness) { w.Method = "get" }, "its method is not an HTTP method in upper case"},
		"a name as method":        {func(w *Witness) { w.Method = "ADA" }, "its method is not an HTTP method in upper case"},
		"neither":                 {func(w *Witness) { w.Path = nil }, "it has neither template nor path"},
		"a relative template":     {func(w *Witness) { w.Template = "a" }, "its template does not start with a slash"},
		"a long path":             {func(w *Witness) { w.Path = make([]Segment, MaxSegments+2) }, "its path has too many segments"},
		"a status of two digits":  {func(w *Witness) { w.Status = 99 }, "its status is not an HTTP status"},
		"a status of four digits": {func(w *Witness) { w.Status = 1000 }, "its status is not an HTTP status"},
		"a negative latency":      {func(w *Witness) { w.LatencyMs = -1 }, "its latency is negative"},
		"a latency that is NaN":   {func(w *Witness) { w.LatencyMs = math.NaN() }, "its latency is negative"},
		"an unknown converter": {
			func(w *Witness) { w.PathArgs = []Param{{Name: "a", Converter: "str"}} }, "a path parameter has an unknown converter",
		},
		"a key": {
			func(w *Witness) { w.Path[0] = Segment{Prefix: "f(", Kind: value, More: []SegmentValue{{Kind: value}}} }, "",
		},
		"code without a value": {func(w *Witness) { w.Path[0] = Segment{Prefix: "f("} }, code},
		"a brace in code":      {func(w *Witness) { w.Path[0] = Segment{Kind: value, Suffix: "{}"} }, code},
		"a further value without one": {
			func(w *Witness) { w.Path[0] = Segment{Kind: value, More: []SegmentValue{{Suffix: ")"}}} }, code,
		},
		"a brace in code behind a further value": {
			func(w *Witness) { w.Path[0] = Segment{Kind: value, More: []SegmentValue{{Kind: value, Suffix: "}"}}} }, code,
		},
		"many values": {
			func(w *Witness) { w.Path[0] = Segment{Kind: value, More: make([]SegmentValue, maxSegmentValues+1)} }, code,
		},
		"a literal in a further value": {
			func(w *Witness) { w.Path[0] = Segment{Kind: value, More: []SegmentValue{{Kind: bad}}} }, literals,
		},
		"a literal in a segment":    {func(w *Witness) { w.Path[0].Kind = bad }, literals},
		"a literal in the path":     {func(w *Witness) { w.PathArgs = []Param{{Shape: bad}} }, literals},
		"a literal in the query":    {func(w *Witness) { w.Query = []Param{{Shape: bad}} }, literals},
		"a literal in a header":     {func(w *Witness) { w.Headers = []Param{{Shape: bad}} }, literals},
		"a literal in a cookie":     {func(w *Witness) { w.Cookies = []Param{{Shape: bad}} }, literals},
		"a literal in the request":  {func(w *Witness) { w.Request = &Body{Shape: bad} }, literals},
		"a literal in the response": {func(w *Witness) { w.Response = &Body{Shape: bad} }, literals},
		"a literal in its headers":  {func(w *Witness) { w.ResponseHeaders = []Param{{Shape: bad}} }, literals},
		"a body that is not read":   {func(w *Witness) { w.Response = &Body{} }, ""},
	} {
		w := Witness{Method: "GET", Status: 200, Path: []Segment{{}}}
		c.change(&w)
		got := ""
		if err := w.Validate(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
