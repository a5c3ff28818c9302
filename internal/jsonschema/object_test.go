package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
)

func TestObject(t *testing.T) {
	t.Parallel()
	inner := jsonschema.Object{}.With("b", 1).With("a", "<&>")
	o := jsonschema.Object{}.With("z", inner).With("list", []any{1, nil}).With("none", nil)
	o.Count("zero", 0)
	o.Count("one", 1)
	if got, want := text(t, o), `{"z":{"b":1,"a":"\u003c\u0026\u003e"},"list":[1,null],"none":null,"one":1}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	unescaped, err := o.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"z":{"b":1,"a":"<&>"},"list":[1,null],"none":null,"one":1}`; string(unescaped) != want {
		t.Errorf("got %s, want %s", unescaped, want)
	}
	if o.Object("z").Text("a") != "<&>" || len(o.List("list")) != 2 || o.Get("one") != uint64(1) {
		t.Errorf("the members of %s read as %v, %v, %v", unescaped, o.Object("z").Text("a"), o.List("list"), o.Get("one"))
	}
	none := o.Object("no").Object("no")
	if o.Object("list") != nil || o.List("z") != nil || o.Text("z") != "" || o.Get("no") != nil || none != nil {
		t.Error("a member reads as another type, or is there without being set")
	}
}

func TestObjectRefusesWhatIsNotJSON(t *testing.T) {
	t.Parallel()
	if _, err := (jsonschema.Object{}).With("f", func() {}).MarshalJSON(); err == nil {
		t.Error("a function was written")
	}
}
