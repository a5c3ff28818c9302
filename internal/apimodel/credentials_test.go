package apimodel

import (
	"slices"
	"testing"

	"akita/internal/witness"
)

// Credentials reads what authKey wrote, in an order that does not depend on that of the call.
func TestCredentials(t *testing.T) {
	t.Parallel()
	key := witness.Auth{Type: witness.AuthAPIKey, In: "header", Name: "x|api&key"}
	token := witness.Auth{Type: witness.AuthBearer, Format: "JWT"}
	tests := map[string]struct{ call, want []witness.Auth }{
		"none":                 {nil, nil},
		"one":                  {[]witness.Auth{token}, []witness.Auth{token}},
		"two":                  {[]witness.Auth{key, token}, []witness.Auth{key, token}},
		"two in another order": {[]witness.Auth{token, key}, []witness.Auth{key, token}},
	}
	for name, test := range tests {
		if got := Credentials(authKey(test.call)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
	if got := Credentials(Many); got != nil {
		t.Errorf("too many combinations have the credentials %+v", got)
	}
	if got, want := Credentials("bearer"), []witness.Auth{{Type: witness.AuthBearer}}; !slices.Equal(got, want) {
		t.Errorf("a key without details reads as %+v, want %+v", got, want)
	}
}
