package facts

import "testing"

func TestParents(t *testing.T) {
	t.Parallel()
	body := func(kind Kind, path, value string) Key {
		return Key{Kind: kind, In: "200", MediaType: "application/json", Path: path, Value: value}
	}
	for _, c := range []struct{ of, want Key }{
		{Key{Kind: Operation}, Key{}},
		{Key{Kind: Status, Value: "200"}, Key{Kind: Operation}},
		{Key{Kind: Auth, Value: "bearer"}, Key{Kind: Accepted}},
		{Key{Kind: Streaming, In: "200"}, Key{Kind: Status, Value: "200"}},
		{Key{Kind: MediaType, In: "200", Value: "text/html"}, Key{Kind: Status, Value: "200"}},
		{Key{Kind: MediaType, In: Request, Value: "text/html"}, Key{Kind: Accepted}},
		{Key{Kind: Parameter, In: "query", Path: "q"}, Key{Kind: Accepted}},
		{Key{Kind: Absent, In: "query", Path: "q"}, Key{Kind: Accepted}},
		{Key{Kind: Type, In: "query", Path: "q", Value: "string"}, Key{Kind: Parameter, In: "query", Path: "q"}},
		{body(Field, "name", ""), body(Type, "", "object")},
		{body(Absent, "name", ""), body(Type, "", "object")},
		{body(Field, "owner\nname", ""), body(Type, "owner", "object")},
		{body(Field, "items[]\nname", ""), body(Type, "items[]", "object")},
		{body(Items, "items[]", ""), body(Type, "items", "array")},
		{body(Type, "items[]", "object"), body(Items, "items[]", "")},
		{body(Type, "name", "string"), body(Field, "name", "")},
		{body(Type, "", "object"), Key{Kind: MediaType, In: "200", Value: "application/json"}},
		{body(Format, "name", "uuid"), body(Type, "name", "string")},
	} {
		if got := c.of.Parent(); got != c.want {
			t.Errorf("the parent of %+v is %+v, want %+v", c.of, got, c.want)
		}
	}
}

func TestNameOfAField(t *testing.T) {
	t.Parallel()
	if got := (Key{Path: "items[]\nowner\nname"}).Name(); got != "items[].owner.name" {
		t.Errorf("the name is %q", got)
	}
}

func TestAlternativesHaveAGroup(t *testing.T) {
	t.Parallel()
	group := func(k Key) Key { g, _ := k.group(); return g }
	text, number := Key{Kind: Type, Path: "a", Value: "string"}, Key{Kind: Type, Path: "a", Value: "integer"}
	if group(text) != group(number) {
		t.Error("two types of a field are no alternatives")
	}
	for _, k := range []Key{
		{Kind: Type, Path: "b", Value: "string"}, {Kind: Format, Path: "a", Value: "uuid"}, {Kind: Type, Path: "a", Value: null},
	} {
		if group(k) == group(text) {
			t.Errorf("%+v is an alternative to %+v", k, text)
		}
	}
}
