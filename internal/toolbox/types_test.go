package toolbox_test

import (
	"strings"
	"testing"
)

func TestTypes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		arguments map[string]string
		want      string
	}{
		{map[string]string{"endpoint": "POST /api/books/", "part": "request"}, `POST "/api/books/"
request "application/json", 33 bodies: object
 "author": integer or null (10 null)
 "isbn": string
 "pages": integer
 "price": string decimal
 "subtitle"?: string, in 9 of 33
 "title": string
`},
		{map[string]string{"endpoint": "POST /api/books/", "status": "4xx"}, `POST "/api/books/"
400 "application/json", 14 bodies: object
 "non_field_errors"?: array of string, in 6 of 14
 "price"?: array of string, in 6 of 14
 "title"?: array of string, in 7 of 14
401 "application/json", 2 bodies: object
 "detail": string
`},
		{map[string]string{"endpoint": "GET /api/users/me/", "part": "request"}, `GET "/api/users/me/"
No body was seen here: get_endpoint lists the statuses and media types that were.
`},
	} {
		if got := ask(t, shop(t), "get_types", test.arguments); got != test.want {
			t.Errorf("%v: got\n%s", test.arguments, got)
		}
	}
}

func TestFurtherPageOfTypesRepeatsWhereItIs(t *testing.T) {
	t.Parallel()
	arguments := map[string]string{"endpoint": "POST /api/v1/departments/{department_id}/resources-of-kind-7/{id}/"}
	first := strings.Split(ask(t, large(), "get_types", arguments), "\n")
	arguments["next"] = strings.TrimPrefix(first[len(first)-2], "next: ")
	second := strings.Split(ask(t, large(), "get_types", arguments), "\n")
	if second[0] != `request "application/json", 1 body (continued)` {
		t.Errorf("the second page begins with %q", second[0])
	}
}
