package endpoints_test

import (
	"slices"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/witness"
)

// Each row is the paths that are called, with how often ("3*"), and what they are.
func TestDates(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ paths, want string }{
		"a version by month": {"2*/api/2024-01/orders/7 /api/2024-01/shop", "/api/2024-01/orders/{orderId} /api/2024-01/shop"},
		"a version in front": {"3*/2015-03-31/functions/17", "/2015-03-31/functions/{functionId}"},
		"a version without joints": {
			"2*/20160918/instances 2*/20160918/volumes", "/20160918/instances /20160918/volumes",
		},
		"versions with a letter, and with dots": {
			"3*/api/v2024-01/files 3*/portal/2023.10/files", "/api/v2024-01/files /portal/2023.10/files",
		},
		"a version with a stage": {"3*/api/2024-10-01-preview/files", "/api/2024-10-01-preview/files"},
		"versions by quarter": {
			"4*/api/2024-01/shop 4*/api/2024-04/shop 4*/api/2024-07/shop",
			"/api/2024-01/shop /api/2024-04/shop /api/2024-07/shop",
		},
		"a version beside one without a date": {
			"4*/api/2024-01/shop 4*/api/unstable/shop", "/api/2024-01/shop /api/unstable/shop",
		},
		"a version for each part": {
			"/2015-03-31/functions /2017-03-31/tags /2018-10-31/layers",
			"/2015-03-31/functions /2017-03-31/tags /2018-10-31/layers",
		},
		"a version behind another word": {"3*/billing/2024-01/invoices", "/billing/2024-01/invoices"},
		"a date that few calls have":    {"/billing/2024-01/invoices", "/billing/{billingId}/invoices"},
		"days of things":                {"4*/weather/2024-05-01/zurich 4*/weather/2024-05-02/zurich", "/weather/{date}/zurich"},
		"days in front":                 {"4*/2024-05-01/sums 4*/2024-05-02/sums", "/{date}/sums"},
		"months in a row": {
			"4*/usage/2024-01/sums 4*/usage/2024-02/sums 4*/usage/2024-03/sums", "/usage/{usageId}/sums",
		},
		"many dates": {
			"4*/api/2015-01-01/x 4*/api/2016-01-01/x 4*/api/2017-01-01/x 4*/api/2018-01-01/x 4*/api/2019-01-01/x " +
				"4*/api/2020-01-01/x 4*/api/2021-01-01/x 4*/api/2022-01-01/x 4*/api/2023-01-01/x",
			"/api/{date}/x",
		},
		"a date of an archive":     {"9*/archive/2024-05-01/rates", "/archive/{date}/rates"},
		"a date behind a plural":   {"9*/reports/2024-05-01/rows", "/reports/{date}/rows"},
		"a date behind a value":    {"9*/users/7/2024-05-01/steps", "/users/{userId}/{date}/steps"},
		"a date at the end":        {"9*/api/2024-05-01", "/api/{date}"},
		"dates, and one at an end": {"4*/api/2024-05-01/x 2*/api/2024-08-01", "/api/{date} /api/{date}/x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.ReplaceAll(strings.Join(operations(repeated(test.paths)), " "), "GET ", "")
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// repeated makes calls of paths with how often each is called, "3*/users /shop".
func repeated(paths string) (calls []har.Entry) {
	for path := range strings.FieldsSeq(paths) {
		n := 1
		if rest, ok := strings.CutPrefix(path[1:], "*"); ok {
			n, path = int(path[0]-'0'), rest
		}
		for range n {
			calls = append(calls, call(path, 200, `{"id":1,"name":"x"}`))
		}
	}
	return calls
}

// The first calls, in which the gate withheld the version, are calls of it.
func TestWithheldVersion(t *testing.T) {
	t.Parallel()
	m, g := apimodel.New(), gate.New(gate.Config{})
	for i, e := range repeated("7*/api/2024-01/orders/7") {
		w := witness.FromEntry(&e, witness.Options{})
		g.Filter(&w, uint64(i))
		m.Add(&w)
	}
	var got []string
	for _, e := range endpoints.Infer(m).Overview(endpoints.Filter{}).Endpoints {
		got = append(got, e.Path)
		if e.Requests != 7 {
			t.Errorf("%s has %d calls, want 7", e.Path, e.Requests)
		}
	}
	if want := []string{"/api/2024-01/orders/{orderId}"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
