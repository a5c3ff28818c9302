package judgement

import "testing"

func TestLikenessOfOperations(t *testing.T) {
	t.Parallel()
	user, order := objectOf("id", "name"), objectOf("sum", "due")
	for name, test := range map[string]struct {
		method string
		a, b   Calls
		want   float64
		ok     bool
	}{
		"the same answer":                {"GET", Calls{Answer: user}, Calls{Answer: user}, 1, true},
		"another answer":                 {"GET", Calls{Answer: user}, Calls{Answer: order}, 0, true},
		"nothing to compare":             {"GET", Calls{Answer: user}, Calls{}, 0, false},
		"the same is put":                {"PUT", Calls{Asked: []string{"a", "b"}}, Calls{Asked: []string{"a", "b"}}, 1, true},
		"the same is posted":             {"POST", Calls{Asked: []string{"a"}}, Calls{Asked: []string{"a"}}, 0, false},
		"something else is posted":       {"POST", Calls{Asked: []string{"a"}}, Calls{Asked: []string{"b"}}, 0, true},
		"the same answer to other calls": {"GET", Calls{Answer: user, Asked: []string{"a"}}, Calls{Answer: user, Asked: []string{"b"}}, 0.3, true},
	} {
		got, ok := likenessOf(test.method, NewOperation(test.a), NewOperation(test.b))
		if ok != test.ok || ok && got != test.want {
			t.Errorf("%s: the likeness is %v (%v), want %v (%v)", name, got, ok, test.want, test.ok)
		}
	}
}

// Merging depends on the set of operations only, and what is equal has one hash.
func TestMergeOperations(t *testing.T) {
	t.Parallel()
	a := NewOperation(Calls{Count: 1, Good: 1, Answer: objectOf("id", "name"), Asked: []string{"x"}})
	b := NewOperation(Calls{Count: 2, Answer: objectOf("id", "mail"), Files: true, Asked: []string{"y", "x"}})
	c := NewOperation(Calls{Count: 4, Served: true})
	one, other := mergeOperations([]*Operation{a, nil, b, c}), mergeOperations([]*Operation{c, mergeOperations([]*Operation{b, a})})
	if one.hash != other.hash || one.calls != 7 || other.calls != 7 || one.good != 1 || !one.files || !one.fine {
		t.Errorf("got %+v and %+v", one, other)
	}
	if len(one.asked) != 2 || len(one.answer.members) != 3 || one.answer.objects != 2 {
		t.Errorf("the sum is %+v of %+v", one, one.answer)
	}
	if mergeOperations([]*Operation{nil, a}) != a || mergeOperations([]*Operation{nil}) != nil {
		t.Error("nil adds nothing")
	}
}
