package content_test

import (
	"strings"
	"testing"

	"akita/internal/content"
)

func TestUnguard(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		")]}'\n{}": "\n{}", ")]}',\n[]": "\n[]", ")]}'{}": "{}", ")]}\n[]": "\n[]",
		"while(1);{}": "{}", "while (1) ; {}": " {}", "for(;;);{}": "{}", "for (;;); {}": " {}",
		"  \nfor(;;);[]": "[]", "throw 1; {}": " {}", "])}while(1);</x>{}": "{}", ")]}while(1);</x>[]": "[]",
		"{}&& {}": " {}", "{} && {}": " {}", "&&&START&&&{}": "{}",
	} {
		if got, ok := content.Unguard(text); !ok || got != want {
			t.Errorf("Unguard(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "{}", "[]", "while", "while(2);{}", "for", "whilst(1);", "]}", "x)]}'"} {
		if got, ok := content.Unguard(text); ok {
			t.Errorf("Unguard(%q) = %q", text, got)
		}
	}
}

func TestArgument(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`cb({"a":1})`:                 `{"a":1}`,
		`cb({"a":1});`:                `{"a":1}`,
		" jQuery123_456( [1] ) ;\n":   ` [1] `,
		`/**/ cb({"a":")"});`:         `{"a":")"}`,
		`/* a */ /* b */cb([])`:       `[]`,
		`angular.callbacks._0({})`:    `{}`,
		`cbs["x"]({})`:                `{}`,
		`cb && cb({});`:               `{}`,
		`a.b&&a.b({});`:               `{}`,
		`window.cb({"a":"x && y()"})`: `{"a":"x && y()"}`,
		`/**/ typeof callback === 'function' && callback({"a":1});`: `{"a":1}`,
		`typeof cb == "function" && cb({})`:                         `{}`,
	} {
		if got, ok := content.Argument(text); !ok || got != want {
			t.Errorf("Argument(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "cb", "cb(", "({})", "if({})", "while({})", "1({})", "a b({})", "a; cb({})", "/* cb({})", "x && cb({})",
		"typeof a === 'function' && b({})", "function({})", "a-b({})", "<a>({})", strings.Repeat("x", 300) + "({})",
	} {
		if got, ok := content.Argument(text); ok {
			t.Errorf("Argument(%q) = %q", text, got)
		}
	}
}

// What is behind a guard or in a call is a part of the text.
func FuzzWrapped(f *testing.F) {
	for _, seed := range []string{
		")]}',\n{}", "while(1);[]", "cb({});", "/**/ typeof cb === 'function' && cb({});", "a && a([])", "/*", ")",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, unwrap := range []func(string) (string, bool){content.Unguard, content.Argument} {
			if inner, ok := unwrap(text); ok && (len(inner) >= len(text) || !strings.Contains(text, inner)) {
				t.Errorf("%q holds %q", text, inner)
			}
		}
	})
}
