package endpoints

import (
	"testing"

	"akita/internal/apimodel"
)

func TestEntry(t *testing.T) {
	t.Parallel()
	const session = "cookie|cookie|sid|"
	tests := map[string]struct {
		auth      map[string]uint64
		responses map[int]uint64
		want      Entry
	}{
		"without credentials": {
			map[string]uint64{"": 3}, map[int]uint64{200: 2, 201: 1, 404: 5}, Entry{AccessOpen, 3, 3},
		},
		"without credentials, and redirects": {
			map[string]uint64{"": 3}, map[int]uint64{200: 1, 302: 2}, Entry{AccessOpen, 1, 1},
		},
		"with credentials": {
			map[string]uint64{session: 3}, map[int]uint64{200: 3, 401: 9}, Entry{AccessRequired, 3, 0},
		},
		"both": {map[string]uint64{"": 2, session: 3}, map[int]uint64{200: 5}, Entry{AccessMixed, 5, 2}},
		"both, and a redirect": {
			map[string]uint64{"": 2, session: 3}, map[int]uint64{200: 4, 302: 1}, Entry{AccessMixed, 4, 1},
		},
		"redirects to a login": {
			map[string]uint64{"": 2, session: 3}, map[int]uint64{200: 3, 302: 2}, Entry{AccessUnclear, 3, 0},
		},
		"only refused":    {nil, map[int]uint64{401: 1, 403: 1, 404: 7}, Entry{Access: AccessRejected}},
		"only invalid":    {nil, map[int]uint64{400: 1, 401: 1}, Entry{Access: AccessUnclear}},
		"only redirected": {map[string]uint64{"": 2}, map[int]uint64{302: 2}, Entry{Access: AccessUnclear}},
		"no answer":       {map[string]uint64{"": 2}, nil, Entry{Access: AccessUnclear}},
	}
	for name, test := range tests {
		op := apimodel.NewOperation()
		for key, n := range test.auth {
			op.Auth[key] = n
			op.Accepted.Count += n
		}
		for status, n := range test.responses {
			op.Responses[status] = &apimodel.Response{Count: n}
		}
		if got := entryOf(op); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}
