package toolbox_test

import (
	"strings"
	"testing"
)

func TestOccurrences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		arguments map[string]string
		want      string
	}{
		{map[string]string{"name": "ISBN", "place": "request"},
			`POST "/api/books/" request "application/json" "isbn": string, in all of 33
PUT "/api/books/{pk}/" request "application/json" "isbn": string, in all of 29
`},
		{map[string]string{"name": "sales", "method": "POST"},
			`POST "/api/books/" 201 "application/json" "sales"?: object, in 18 of 33
`},
		{map[string]string{"name": "page_size", "place": "parameter"},
			`GET "/api/authors/" query "page_size"?: integer, in 22 of 63
GET "/api/books/" query "page_size"?: integer, in 35 of 141
GET "/api/books/{pk}/reviews/" query "page_size"?: integer, in 25 of 63
GET "/api/users/" query "page_size"?: integer, in 8 of 36
`},
		{map[string]string{"name": "view"},
			`No place has this name.
Names that contain it: "review_pk"
`},
		{map[string]string{"name": "invoice: number"},
			`No place has this name.
Try a part of it, or search_endpoints with text.
`},
	} {
		if got := ask(t, shop(t), "find_field", test.arguments); got != test.want {
			t.Errorf("%v: got\n%s", test.arguments, got)
		}
	}
}

func TestLongPathOfAFieldIsCutAtItsStart(t *testing.T) {
	t.Parallel()
	text := `{"sku": 1}`
	for range 20 {
		text = `{"quiteLongNameOfAField": ` + text + `}`
	}
	library := withBody(text)
	got := ask(t, library, "find_field", map[string]string{"name": "sku"})
	if !strings.Contains(got, `"application/json" …."quiteLong`) || !strings.HasSuffix(got, `."sku"?: integer, in all of 1`+"\n") &&
		!strings.HasSuffix(got, `."sku": integer, in all of 1`+"\n") {
		t.Errorf("got %s", got)
	}
}
