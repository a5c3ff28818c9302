package endpoints

import (
	"maps"
	"slices"
	"testing"

	"akita/internal/judgement"
)

func TestFoldMakesAPathOneValue(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"file": "", "list": `[{"id":1}]`}
	root := placeOf(t, "/files/ list, /files/a/b.png file, /files/a/c/d.png file, 4 /files/e.png file", answers)
	files := root.literals["files"]
	files.fold()

	if got := sortedKeys(files.literals); !slices.Equal(got, []string{""}) {
		t.Errorf("the words %q are left, want only the slash", got)
	}
	values := files.params[""]
	if !values.tail || len(values.literals)+len(values.params) > 0 {
		t.Error("the value is not the tail of its path")
	}
	if values.calls() != 6 || values.words != 6 || values.arg.Count() != 6 {
		t.Errorf("%d calls, %d words and %d values, want 6 of each", values.calls(), values.words, values.arg.Count())
	}
}

func TestApplyFollowsTheJudgement(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"user": `{"id":1,"login":"x"}`, "orders": `[{"number":1}]`, "shop": `{"open":true}`}
	root := placeOf(t, "/users/7 user, /users/anna user, /users/bert user, /users/cora user, /users/dora user, "+
		"/users/anna/orders orders, /users/bert/orders orders, /users/7/orders orders, 20 /shop shop", answers)
	sketch := sketchOf("", root)
	root.apply(judgement.Judge(sketch), "")

	if got := slices.Sorted(maps.Keys(root.literals)); !slices.Equal(got, []string{"shop", "users"}) {
		t.Fatalf("the words of the API are %q", got)
	}
	users := root.literals["users"]
	if len(users.literals) != 0 || users.params[""].calls() != 8 {
		t.Errorf("%q are words below /users, with %d calls below the parameter, want none and 8",
			sortedKeys(users.literals), users.params[""].calls())
	}
	if got := sortedKeys(users.params[""].literals); !slices.Equal(got, []string{"orders"}) {
		t.Errorf("%q are words below a user, want orders", got)
	}
	if len(users.params[""].reasons) == 0 {
		t.Error("no reason says why the names are values")
	}
}
