package names

import "testing"

func TestHeaders(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ request, response bool }{
		"X-Tenant": {true, true}, "If-Match": {true, true}, "Consent-ID": {true, true}, "x-amz-acl": {true, true},
		"x-amz-meta-owner": {true, true},
		"ETag":             {true, true}, "Location": {true, true}, "Retry-After": {true, true},
		"Content-Disposition": {true, true}, "RateLimit-Remaining": {true, true}, "Sunset": {true, true},
		"X-Request-Id": {}, "traceparent": {}, "Date": {}, "x-amzn-trace-id": {}, "x-amz-cf-id": {}, "cf-ray": {},
		"X-Kong-Request-Id": {}, "Fastly-Client-IP": {}, "X-Akamai-Edgescape": {}, "X-Azure-Ref": {}, "X-Nf-Request-Id": {}, "X-Varnish": {},
		"apigw-requestid": {true, false}, "CDN-RequestId": {true, false}, "X-Render-Origin-Server": {true, false}, "Idempotency-Key": {true, true},
		"X-Azimuth": {true, true}, "X-Nfc": {true, true}, "Cdnurl": {true, true},
		"Content-Type": {}, "Cache-Control": {},
		"Access-Control-Allow-Origin": {},
		"X-Client-Version":            {true, true}, "X-Platform": {true, true}, "X-Tenant-Region": {true, true},
		"X-Fern-Language": {false, true}, "X-Stainless-Lang": {false, true}, "sentry-trace": {false, true}, "X-Acme-SDK-Version": {false, true}, "X-Acme-User-Agent": {false, true},
	}
	for name, want := range tests {
		if got := IsRequestHeader(name); got != want.request {
			t.Errorf("%s of a request: got %v", name, got)
		}
		if got := IsResponseHeader(name); got != want.response {
			t.Errorf("%s of a response: got %v", name, got)
		}
	}
}
