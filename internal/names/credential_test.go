package names

import "testing"

func TestIsCredentialHeader(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"x-api-key": true, "apikey": true, "x-storefront-token": true, "x-device-key": true, "x-session-token": true, "private-token": true, "x-client-secret": true, "x-amz-security-token": true,
		"idempotency-key": false, "x-idempotency-key": false, "x-csrf-token": false, "sec-websocket-key": false, "x-continuation-token": false, "surrogate-key": false, "token": false, "x-tenant": false, "x-keyboard": false, "x-page-key": false,
	}
	for name, want := range tests {
		if got := IsCredentialHeader(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

// Names of query parameters and cookies, and of schemes.
func TestCredentials(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		is      func(string) bool
		yes, no []string
	}{
		"scheme":    {IsAuthScheme, []string{"Negotiate", "SCRAM-SHA-256", "DPoP", "GNAP", "PrivateToken", "oauth", "Basic"}, []string{"AWS4-HMAC-SHA256", "Token", "ApiKey", ""}},
		"signing":   {IsSigningScheme, []string{"AWS4-HMAC-SHA256", "Hawk"}, []string{"Basic", "Token", ""}},
		"parameter": {IsCredentialParameter, []string{"api_key", "ACCESS_TOKEN", "X-Amz-Signature"}, []string{"page", "tokens", ""}},
		"cookie": {IsSessionCookie, []string{"sessionid", "JSESSIONID", "__Host-sid", "my_token", "connect.sid"},
			[]string{"theme", "csrftoken", "xsrf_token", "sidebar", ""}},
		"csrf":    {IsCSRF, []string{"csrftoken", "X-XSRF-TOKEN"}, []string{"token", ""}},
		"tracker": {IsTrackerCookie, []string{"_ga", "_ga_1ABC", "ajs_user_id"}, []string{"theme", "ga", ""}},
	}
	for name, test := range tests {
		for _, text := range test.yes {
			if !test.is(text) {
				t.Errorf("%s: %q is none", name, text)
			}
		}
		for _, text := range test.no {
			if test.is(text) {
				t.Errorf("%s: %q is one", name, text)
			}
		}
	}
}

func TestIsKeyLike(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"key": true, "appid": true, "app_id": true, "appKey": true, "access-key": true, "site_key": true, "maps_api_key": true, "KEY": true,
		"page_key": false, "pageKey": false, "sort_key": false, "start-key": false, "idempotency_key": false, "map_key": false, "primaryKey": false, "next_token": false,
		"id": false, "user_id": false, "keyword": false, "monkey": false, "keys_only": false, "": false,
	}
	for name, want := range tests {
		if got := IsKeyLike(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}
