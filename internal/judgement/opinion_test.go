package judgement

import (
	"slices"
	"testing"
)

func TestOpinion(t *testing.T) {
	t.Parallel()
	var o opinion
	o.add(RulePrior, 0.5)
	o.add(RuleEcho, -3)
	o.add(RulePull, 0)
	if o.sum() != -2.5 || o.sum(RulePrior) != -3 || o.of(RuleEcho) != -3 || o.of(RulePull) != 0 || len(o.terms) != 2 {
		t.Errorf("the opinion is %+v", o)
	}
}

// The reasons are those that said most, on average, with their sign turned: for a value is above 0.
func TestReasons(t *testing.T) {
	t.Parallel()
	words := []*opinion{
		{terms: []term{{RulePrior, 0.5}, {RuleEcho, -3.1}, {RuleNovelty, 0.02}, {RuleUniform, -1.6}, {RuleBehaviour, -1}}},
		{terms: []term{{RulePrior, 0.5}, {RuleEcho, -1}, {RulePull, -2}}},
	}
	want := []Reason{{RuleEcho, 2.1}, {RulePull, 1}, {RuleUniform, 0.8}, {RuleBehaviour, 0.5}}
	if got := reasonsOf(words); !slices.Equal(got, want) {
		t.Errorf("the reasons are %v, want %v", got, want)
	}
}
