package judgement

import (
	"regexp"
	"testing"
)

func TestRulesAreNamed(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	for _, r := range rules() {
		if !form.MatchString(string(r.name)) || r.example == "" || r.speak == nil {
			t.Errorf("%+v is not a complete rule", r)
		}
	}
}
