package judgement

import "testing"

func TestPriorFallsWithDepth(t *testing.T) {
	t.Parallel()
	users := leading("", call("users", "GET", nil))
	last := 10.0
	for _, at := range []context{{top: true}, {above: "api"}, {belowParam: true}} {
		got := heard(users, at, RulePrior, (*level).prior)["users"]
		if got <= 0 || got >= last {
			t.Errorf("at %+v the prior is %v, want less than %v and above 0", at, got, last)
		}
		last = got
	}
}
