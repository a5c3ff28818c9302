package overlay

import (
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	t.Parallel()
	const document = `{a: &a {b: [x, y, x], 'it''s': 1}, c: *a, day: 2026-03-02}`
	for _, row := range []struct{ name, target, update, want string }{
		{"a member", "$['a']", `{d: 2}`, `{a: {b: [x, y, x], "it's": 1, d: 2}, c: {b: [x, y, x], "it's": 1}, day: "2026-03-02"}`},
		{"a quoted member", `$['a']['it\'s']`, "", `{a: {b: [x, y, x]}, c: {b: [x, y, x], "it's": 1}, day: "2026-03-02"}`},
		{"an element", "$['a']['b'][1]", "", `{a: {b: [x, x], "it's": 1}, c: {b: [x, y, x], "it's": 1}, day: "2026-03-02"}`},
		{
			"elements by value", "$['a']['b'][?@ == 'x']", "",
			`{a: {b: [y], "it's": 1}, c: {b: [x, y, x], "it's": 1}, day: "2026-03-02"}`,
		},
		{"a list", "$", `{a: {b: [z]}}`, `{a: {b: [x, y, x, z], "it's": 1}, c: {b: [x, y, x], "it's": 1}, day: "2026-03-02"}`},
		{"nothing", "$['e']['f']", `{g: 1}`, `{a: {b: [x, y, x], "it's": 1}, c: {b: [x, y, x], "it's": 1}, day: "2026-03-02"}`},
	} {
		action := Action{Target: row.target}
		if row.update != "" {
			action.Update = schema(t, row.update)
		}
		got, err := (&Overlay{Actions: []Action{action}}).Apply([]byte(document))
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
		} else if yamlOf(t, got) != yamlOf(t, schema(t, row.want)) {
			t.Errorf("%s: the document is\n%s, want %s", row.name, yamlOf(t, got), row.want)
		}
	}
}

func TestApplyRejects(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ document, target, want string }{
		{"{", "$", "neither YAML nor JSON"},
		{"[]", "$", "not an object"},
		{"{}", "a", "does not start with $"},
		{"{}", "$..a", "a step that patches do not have"},
		{"{}", "$[99999999999999999999]", "value out of range"},
	} {
		_, err := (&Overlay{Actions: []Action{{Target: row.target, Update: object{}}}}).Apply([]byte(row.document))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s of %s: the error is %v, want %q", row.target, row.document, err, row.want)
		}
	}
}

// TestApplyBoundsAliases applies to a document whose aliases would become more values than memory holds.
func TestApplyBoundsAliases(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("a0: &a0 [" + strings.Repeat("x, ", 10) + "]\n")
	for i := range 9 {
		last, next := string(rune('0'+i)), string(rune('1'+i))
		b.WriteString("a" + next + ": &a" + next + " [" + strings.Repeat("*a"+last+", ", 10) + "]\n")
	}
	if _, err := new(Overlay).Apply([]byte(b.String())); err == nil {
		t.Error("the document has no bound")
	}
}
