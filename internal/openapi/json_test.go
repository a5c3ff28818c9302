package openapi_test

import (
	"bytes"
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	value := openapi.Object{}.
		With("z", openapi.Object{}.With("b", 1).With("a", "<&>")).
		With("list", []any{1, 2.5, uint64(3), true, nil, "\"\\\n\u007f\u0085\u2028\ufeffé"}).
		With("lazy", openapi.Lazy(openapi.Object{}.With("x", openapi.Object{})))
	want := `{"z":{"b":1,"a":"<&>"},"list":[1,2.5,3,true,null,"\"\\\n\u007f\u0085\u2028\ufeffé"],"lazy":{"x":{}}}` + "\n"
	if got, err := openapi.JSONOf(value); err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if got, err := openapi.JSONOf("a\xffb"); err != nil || got != "\"a\ufffdb\"\n" {
		t.Errorf("invalid UTF-8 is written as %s, %v", got, err)
	}
	if _, err := openapi.JSONOf(func() {}); err == nil {
		t.Error("a function was written")
	}
}

// A document can be written again, in any form: nothing of one time is left for the next.
func TestWriteAgain(t *testing.T) {
	t.Parallel()
	comment := `{"id":1,"text":"a b","replies":[{"id":2,"text":"c d","replies":[]}]}`
	cat := `{"id":1,"name":"a b","lives":9}`
	document := openapi.New(model([]har.Entry{
		call("/comments/1", 200, comment, routed("/comments/{id}")),
		call("/cats/1", 200, cat, routed("/cats/{id}")), call("/pets/1", 200, cat, routed("/pets/{id}")),
	}), openapi.Options{})
	first, err := document.JSON()
	if err != nil {
		t.Fatal(err)
	}
	yamlOf(t, document)
	var oneLine bytes.Buffer
	if err := document.WriteJSON(&oneLine, ""); err != nil || strings.Count(oneLine.String(), "\n") != 1 {
		t.Errorf("without indent there are %d lines, %v", strings.Count(oneLine.String(), "\n"), err)
	}
	again, err := document.JSON()
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the second time it is\n%s\n%v, the first time\n%s", again, err, first)
	}
	for _, component := range []string{`"Comment": {`, `"Cat": {`} {
		if !strings.Contains(string(first), component) {
			t.Errorf("%s is not in\n%s", component, first)
		}
	}
}
