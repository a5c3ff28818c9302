package spectacular

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"name":            `"name"`,
		`a "b"`:           `'a "b"'`,
		`a "b" it's`:      `"a \"b\" it's"`,
		`back\slash`:      `"back\\slash"`,
		"line\nbreak\x00": `"line\nbreak\x00"`,
		"é€😀":             `"\xe9\u20ac\U0001f600"`,
		`""")\nimport os`: `'""")\\nimport os'`,
	} {
		if got := quote(text); got != want {
			t.Errorf("%q is quoted as %s, want %s", text, got, want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add(`it's "quoted" \`)
	f.Fuzz(func(t *testing.T, text string) {
		got := quote(text)
		inner := got[1 : len(got)-1]
		for _, escape := range []string{`\\`, `\"`, `\'`} {
			inner = strings.ReplaceAll(inner, escape, "")
		}
		if strings.Contains(inner, got[:1]) || strings.ContainsFunc(inner, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is quoted as %s", text, got)
		}
	})
}

func TestWrite(t *testing.T) {
	t.Parallel()
	e := call("f", atom("first"), list(atom(strings.Repeat("a", 40)), atom(strings.Repeat("b", 40)))).
		with("last", literal(object{}.With("is", true).With("none", nil).With("n", 2.5)))
	want := `    x = f(
        first,
        [
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,
            bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
        ],
        last={"is": True, "none": None, "n": 2.5},
    )
`
	var b strings.Builder
	e.write(&b, 4, "x = ", "")
	if b.String() != want {
		t.Errorf("the code is\n%s, want\n%s", b.String(), want)
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	e := call("f")
	e.items = []item{{before: "a=", value: atom("1"), comments: []string{"- " + strings.Repeat("one more ", 9) + "end"}}}
	want := `f(
    # - one more one more one more one more one more one more one more one more one more
    #   end
    a=1,
)
`
	var b strings.Builder
	e.write(&b, 0, "", "")
	if b.String() != want {
		t.Errorf("the code is\n%s, want\n%s", b.String(), want)
	}
}

// TestCommentsStayComments has texts that would end a comment.
func TestCommentsStayComments(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	comment(&b, 4, "a\nimport os\r\u2028\x0c\\")
	if want := `    # a\nimport os\x0d\u2028\x0c\\` + "\n"; b.String() != want {
		t.Errorf("the comment is %q, want %q", b.String(), want)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"first-name": "FirstName", "2fa code": "2faCode", "é": "", "UserList item": "UserListItem",
	} {
		if got := title(text); got != want {
			t.Errorf("the title of %q is %q, want %q", text, got, want)
		}
	}
}

func TestIsAttribute(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"name": true, "_name": true, "import": false, "first-name": false, "__mangled": false, "2fa": false, "": false,
		"serializers": false, "get_fields": false, "ObservedUserSerializer": false, "é": false,
	} {
		if got := isAttribute(name); got != want {
			t.Errorf("%q is an attribute: %t, want %t", name, got, want)
		}
	}
}
