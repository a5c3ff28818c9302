package witness

import (
	"testing"

	"akita/internal/har"
)

func TestHeader(t *testing.T) {
	t.Parallel()
	headers := []har.Pair{{Name: "Accept", Value: "a"}, {Name: "content-TYPE", Value: "b"}, {Name: "Content-Type", Value: "c"}}
	for name, want := range map[string]string{"Content-Type": "b", "accept": "a", "Host": ""} {
		if got := header(headers, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestReadHeaderName(t *testing.T) {
	t.Parallel()
	tests := map[string]headerName{
		"X-Tenant":             {lower: "x-tenant", isName: true, ofRequest: true, ofResponse: true},
		"X-Api-Key":            {lower: "x-api-key", isName: true, ofResponse: true, isCredential: true},
		"X-Amz-Security-Token": {lower: "x-amz-security-token", isName: true, ofResponse: true, isCredential: true, isSigned: true},
		"Accept":               {lower: "accept", isName: true, ofResponse: true},
		"X-qZ8rT2xW":           {lower: "x-qz8rt2xw", ofRequest: true, ofResponse: true},
	}
	for name, want := range tests {
		if got := readHeaderName(name); got != want {
			t.Errorf("%s is %+v, want %+v", name, got, want)
		}
	}
}
