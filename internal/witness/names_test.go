package witness

import "testing"

func TestIsKeyHeader(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"x-api-key": true, "apikey": true, "x-storefront-token": true, "x-device-key": true, "x-session-token": true, "private-token": true, "x-client-secret": true, "x-amz-security-token": true,
		"idempotency-key": false, "x-idempotency-key": false, "x-csrf-token": false, "sec-websocket-key": false, "x-continuation-token": false, "surrogate-key": false, "token": false, "x-tenant": false, "x-keyboard": false,
	}
	for name, want := range tests {
		if got := isKeyHeader(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func TestHeadersOfTheAPI(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ request, response bool }{
		"X-Tenant": {true, true}, "If-Match": {true, true}, "Consent-ID": {true, true}, "x-amz-acl": {true, true}, "x-amz-meta-owner": {true, true},
		"ETag": {true, true}, "Location": {true, true}, "Retry-After": {true, true}, "Content-Disposition": {true, true}, "RateLimit-Remaining": {true, true}, "Sunset": {true, true},
		"X-Request-Id": {}, "traceparent": {}, "Date": {}, "x-amzn-trace-id": {}, "x-amz-cf-id": {}, "cf-ray": {}, "Content-Type": {}, "Cache-Control": {},
		"Access-Control-Allow-Origin": {},
	}
	for name, want := range tests {
		if got := isAPIHeader(name); got != want.request {
			t.Errorf("%s of a request: got %v", name, got)
		}
		if got := isAPIResponseHeader(name); got != want.response {
			t.Errorf("%s of a response: got %v", name, got)
		}
	}
}
