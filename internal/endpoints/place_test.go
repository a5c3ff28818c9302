package endpoints

import (
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/har"
	"akita/internal/witness"
)

func TestAbsorb(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"user": `{"id":1,"name":"x","email":"y"}`}
	root := placeOf(t, "/users/7 user, /users/anna user, /users/bert user, 4 /users/bert/orders user", answers)
	users := root.literals["users"]
	calls := users.calls()
	users.absorbAll([]string{"anna", "bert"})
	param := users.params[""]
	if len(users.literals) != 0 || users.calls() != calls {
		t.Errorf("%d words are left, with %d calls, want %d", len(users.literals), users.calls(), calls)
	}
	if param.words != 6 || param.distinctWords != 2 || param.arg.Count() != 7 || param.calls() != 7 {
		t.Errorf("the parameter has %d words, %d of them distinct, %d values and %d calls",
			param.words, param.distinctWords, param.arg.Count(), param.calls())
	}
	if !param.holdsWords() || param.literals["orders"].calls() != 4 {
		t.Error("most values are words, and the paths below them are below the parameter")
	}
}

// placeOf returns the root of calls, a list of paths with a kind of answer ("4 /users/17 user").
func placeOf(t *testing.T, calls string, answers map[string]string) *place {
	t.Helper()
	m := apimodel.New()
	for call := range strings.SplitSeq(calls, ", ") {
		fields := strings.Fields(call)
		n := 1
		if len(fields) == 3 {
			n = map[string]int{"4": 4, "20": 20}[fields[0]]
			fields = fields[1:]
		}
		answer, ok := answers[fields[1]]
		if !ok || n == 0 {
			t.Fatalf("%q is not a call", call)
		}
		for range n {
			e := har.Entry{
				Latency:  -1,
				Request:  har.Request{Method: "GET", URL: "http://a.test" + fields[0]},
				Response: har.Response{Status: 200, Size: -1},
			}
			if answer != "" {
				e.Response.Body = &har.Body{MediaType: "application/json", Text: answer}
			}
			w := witness.FromEntry(&e, witness.Options{})
			m.Add(&w)
		}
	}
	return rootOf(m)
}

func rootOf(m *apimodel.Model) *place {
	root, memo := newPlace(), NewMemo()
	for _, tree := range m.Paths() {
		root.addNode(tree, origin{memo: memo})
	}
	return root
}
