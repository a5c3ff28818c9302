package toolbox_test

import (
	"testing"

	"akita/internal/compare"
)

func TestFindings(t *testing.T) {
	t.Parallel()
	field := compare.Finding{
		Kind: compare.Mismatched, Verdict: compare.NotEnough, Message: "is null, and must be a string",
		Fact: compare.Fact{Subject: compare.ResponseField, Method: "GET", Path: "/a", Status: 200, At: "response.body.x"},
		Seen: compare.Seen{For: 3, Of: 9, Last: hourOfChange}, Consumers: []string{"curl"},
	}
	unseen := compare.Finding{
		Kind: compare.Unseen, Verdict: compare.NotEnough, Message: "no call shows it",
		Fact: compare.Fact{Subject: compare.Operation, Method: "POST", Path: "/b"},
	}
	const (
		ofField = `mismatched response field GET "/a" 200 "response.body.x": "is null, and must be a string", in 3 of 9, ` +
			"not enough evidence, last 2026-02-03T14:00Z, by \"curl\"\n"
		ofUnseen = "unseen operation POST \"/b\": \"no call shows it\"\n"
	)
	for _, test := range []struct {
		name      string
		found     []compare.Finding
		arguments map[string]string
		want      string
	}{
		{"all", []compare.Finding{field, unseen}, nil, "2 findings (mismatched 1, unseen 1):\n" + ofField + ofUnseen},
		{
			"a kind", []compare.Finding{field, unseen}, map[string]string{"kind": "unseen"},
			"2 findings (mismatched 1, unseen 1), 1 match:\n" + ofUnseen,
		},
		{
			"a method", []compare.Finding{field, unseen}, map[string]string{"method": "get"},
			"2 findings (mismatched 1, unseen 1), 1 match:\n" + ofField,
		},
		{
			"none of them", []compare.Finding{unseen}, map[string]string{"kind": "mismatched"},
			"None is such: 1 finding (unseen 1).\n",
		},
		{"none", nil, map[string]string{"kind": "unseen"}, "The calls are as the document says.\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := ask(t, shelf{drift: test.found}, "list_drift", test.arguments); got != test.want {
				t.Errorf("got\n%s", got)
			}
		})
	}
	if got := ask(t, shelf{}, "list_untested", nil); got != "The tests do all that production does.\n" {
		t.Error(got)
	}
}
