package openapi

import "testing"

func TestStatusText(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{
		200: "OK", 404: "Not Found", 422: "Unprocessable Content",
		299: "Status 299", 418: "Status 418", 999: "Status 999", // not in IANA's registry
	} {
		if got := statusText(status); got != want {
			t.Errorf("%d: %s, want %s", status, got, want)
		}
	}
}
