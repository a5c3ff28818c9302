package truth_test

import (
	"slices"
	"strconv"
	"testing"

	f "akita/test/accuracy/fiction"
	"akita/test/accuracy/traffic"
	"akita/test/accuracy/truth"
)

// observe draws n calls of GET /things/{thing} with an answer, and returns the truth about them.
func observe(thing, answer *f.Type, n int) *truth.Operation {
	api := &f.API{Name: "things", Host: "example.test", Operations: []*f.Operation{
		f.Op("GET", "/things/{thing}", f.JSON(200, answer)).Param("thing", thing),
	}}
	o := truth.NewObserver(api)
	for call := range traffic.Calls(api, n, 1) {
		o.Observe(call)
	}
	return o.Truth().Operations[0]
}

func answerOf(t *f.Type, n int) *truth.Node {
	return observe(f.UUID(), f.Record(f.F("x", t)), n).Responses["200"]["application/json"].Fields["x"].Node
}

func TestTypes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		of   *f.Type
		want []string
		null bool
	}{
		"integer":                {f.Int(0, 9), []string{"integer"}, false},
		"integers and fractions": {f.Mixed(0, 9), []string{"number"}, false},
		"text or integer":        {f.Either(f.Word(), f.Int(0, 9)), []string{"integer", "string"}, false},
		"sometimes null":         {f.Word().Nullable(.5), []string{"string"}, true},
		"always null":            {f.Word().Nullable(1), nil, true},
		"an empty array":         {f.List(f.Word(), 0, 0), []string{"array"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := answerOf(test.of, 50)
			if !slices.Equal(got.Types, test.want) || got.Null != test.null {
				t.Errorf("types are %v, null %v; want %v, %v", got.Types, got.Null, test.want, test.null)
			}
		})
	}
}

func TestRequiredIsWhatWasAlwaysThere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		presence float64
		calls    int
		want     bool
	}{
		"always":                         {1, 50, true},
		"sometimes":                      {.5, 50, false},
		"sometimes, but not in one call": {.999, 3, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			op := observe(f.UUID(), f.Record(f.F("x", f.Word()).Sometimes(test.presence)), test.calls)
			if got := op.Responses["200"]["application/json"].Fields["x"].Required; got != test.want {
				t.Errorf("required is %v, want %v", got, test.want)
			}
		})
	}
}

func TestEnum(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		of    *f.Type
		calls int
		want  truth.Claim
	}{
		"members that came again and again": {f.Enum("open", "shut"), 50, truth.Yes},
		"too few calls to tell":             {f.Enum("open", "shut"), 5, truth.Open},
		"one member":                        {f.Const("open"), 50, truth.Open},
		"codes":                             {f.Currency(), 50, truth.Open},
		"names":                             {f.City(), 50, truth.No},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := truth.No
			if enum := answerOf(test.of, test.calls).Enum; enum != nil {
				got = enum.Claim
			}
			if got != test.want {
				t.Errorf("claim is %q, want %q", got, test.want)
			}
		})
	}
}

func TestMap(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		of    *f.Type
		calls int
		isMap bool
		open  bool
	}{
		"dates are data at once":          {f.Map(f.Date(), f.Int(0, 9), 1, 1), 1, true, false},
		"many words are data":             {f.Map(f.Word(), f.Int(0, 9), 1, 3), 50, true, false},
		"few words are data or not":       {f.Map(f.Word(), f.Int(0, 9), 1, 3), 2, false, true},
		"the same few words, ever again":  {f.Map(f.Codes("a", "b"), f.Int(0, 9), 1, 2), 50, false, true},
		"a record":                        {f.Record(f.F("a", f.Word())), 50, false, false},
		"what is free is not looked into": {f.Free(), 50, false, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := answerOf(test.of, test.calls)
			if isMap := got.Entry != nil; isMap != test.isMap || got.Any != test.open {
				t.Errorf("map is %v, open %v; want %v, %v", isMap, got.Any, test.isMap, test.open)
			}
		})
	}
}

func TestPathParameterOfWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		of       *f.Type
		calls    int
		literals int
	}{
		"one word may be a literal": {f.Words("oslo"), 50, 1},
		"two words are data":        {f.Words("oslo", "lima"), 50, 0},
		"one UUID is data":          {f.UUID(), 1, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := observe(test.of, f.Record(), test.calls).Path[0].Literals; len(got) != test.literals {
				t.Errorf("literals are %v, want %d", got, test.literals)
			}
		})
	}
}

// A refused body is not part of the truth.
func TestRefusedBodiesTeachNothing(t *testing.T) {
	t.Parallel()
	body := f.Record(f.F("title", f.Word()), f.F("count", f.Int(0, 9)))
	api := &f.API{Name: "things", Host: "example.test", Operations: []*f.Operation{
		f.Op("POST", "/things", f.Empty(201), f.Empty(400).ToSpoiled()).Sends(body),
	}}
	o := truth.NewObserver(api)
	refused := 0
	for call := range traffic.Calls(api, 200, 1) {
		o.Observe(call)
		if call.Answer.Status == 400 {
			refused++
		}
	}
	node := o.Truth().Operations[0].Request["application/json"]
	for name, field := range node.Fields {
		if !field.Required || len(field.Types) != 1 {
			t.Errorf("%s: required is %v, types are %v", name, field.Required, field.Types)
		}
	}
	if len(node.Fields) != 2 || refused == 0 {
		t.Errorf("fields are %s, after %d refused calls; want title and count", strconv.Itoa(len(node.Fields)), refused)
	}
}
