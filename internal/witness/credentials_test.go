package witness_test

import (
	"slices"
	"testing"

	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// How a call authenticates, and the parameters that are left of it.
func TestCredentials(t *testing.T) {
	t.Parallel()
	const (
		secret = "b6907d289e10d714a6e88b30761fae22"
		uuid   = "550e8400-e29b-41d4-a716-446655440000"
	)
	apiKey := func(in, name string) []witness.Auth {
		return []witness.Auth{{Type: witness.AuthAPIKey, In: in, Name: name}}
	}
	scheme := func(scheme string) []witness.Auth { return []witness.Auth{{Type: witness.AuthOther, Format: scheme}} }
	signed := func(in, name string) []witness.Auth {
		return []witness.Auth{{Type: witness.AuthOther, In: in, Name: name, Format: witness.Signed}}
	}
	basic := []witness.Auth{{Type: witness.AuthBasic}}
	bearer := []witness.Auth{{Type: witness.AuthBearer}}
	for name, c := range map[string]struct {
		url     string
		headers []string
		want    []witness.Auth
		query   []string
		left    []string // headers
	}{
		"a registered scheme":             {url: "/x", headers: []string{"Authorization", "Negotiate YII="}, want: scheme("negotiate")},
		"another, in any case":            {url: "/x", headers: []string{"authorization", "scram-SHA-256 data=abc"}, want: scheme("scram-sha-256")},
		"GNAP":                            {url: "/x", headers: []string{"Authorization", "GNAP OS9M2PMHKUR64TB8N6BW7OZB8CDFONP219RP1LT0"}, want: scheme("gnap")},
		"vapid":                           {url: "/x", headers: []string{"Authorization", "vapid t=abc, k=def"}, want: scheme("vapid")},
		"DPoP with its proof":             {url: "/x", headers: []string{"Authorization", "DPoP abc", "DPoP", "eyJ.eyJ.sig"}, want: scheme("dpop")},
		"a scheme that is not registered": {url: "/x", headers: []string{"Authorization", "Token abc"}, want: apiKey("header", "authorization")},
		"a scheme of one app":             {url: "/x", headers: []string{"Authorization", "ApiKey abc"}, want: apiKey("header", "authorization")},
		"a scheme alone":                  {url: "/x", headers: []string{"Authorization", "basic"}, want: basic},

		"a key by its name":                      {url: "/x?sentry_key=a&v=7", want: apiKey("query", "sentry_key"), query: []string{"v"}},
		"a key by its value":                     {url: "/x?key=AIzaSyA-abcdefghijklmnopqrstuvwxyz1234&address=a", want: apiKey("query", "key"), query: []string{"address"}},
		"an app's id that is random":             {url: "/x?appid=" + secret, want: apiKey("query", "appid")},
		"an app's id that is a number":           {url: "/x?appid=440", query: []string{"appid"}},
		"a key that is a word":                   {url: "/x?key=colors", query: []string{"key"}},
		"a key that is a long name":              {url: "/x?key=user-profile-settings", query: []string{"key"}},
		"a key that is an id":                    {url: "/x?key=" + uuid, query: []string{"key"}},
		"a key that is a long number":            {url: "/x?key=12345678901234567890", query: []string{"key"}},
		"a random value under another name":      {url: "/x?commit=" + secret, query: []string{"commit"}},
		"keys that open nothing":                 {url: "/x?page_key=" + secret + "&sortKey=" + secret + "&idempotency_key=" + secret + "&map-key=" + secret, query: []string{"idempotency_key", "map-key", "page_key", "sortKey"}},
		"a header's key that opens nothing":      {url: "/x", headers: []string{"Idempotency-Key", secret}, left: []string{"idempotency-key"}},
		"a user in the URL":                      {url: "https://ada:secret@shop.test/x", want: basic},
		"a token in the URL":                     {url: "https://token@shop.test/x", want: basic},
		"an address in the path":                 {url: "https://shop.test/@ada"},
		"a user in the URL that is not used":     {url: "https://ada:secret@shop.test/x", headers: []string{"Authorization", "Bearer abc"}, want: bearer},
		"AWS Signature Version 4":                {url: "/x", headers: []string{"Authorization", "AWS4-HMAC-SHA256 Credential=a", "X-Amz-Date", "20260101T000000Z", "X-Amz-Security-Token", "abc", "X-Amz-Acl", "private"}, want: signed("header", "authorization"), left: []string{"x-amz-acl"}},
		"a temporary key without a signature":    {url: "/x", headers: []string{"X-Amz-Security-Token", "abc"}, want: apiKey("header", "x-amz-security-token")},
		"Hawk":                                   {url: "/x", headers: []string{"Authorization", `Hawk id="a", mac="b"`}, want: signed("header", "authorization")},
		"an HTTP message signature":              {url: "/x", headers: []string{"Signature-Input", `a=("@method")`, "Signature", "a=:YQ==:", "Content-Digest", "sha-256=:YQ==:", "X-Tenant", "a"}, want: signed("header", "signature"), left: []string{"x-tenant"}},
		"a signature of the draft":               {url: "/x", headers: []string{"Signature", `keyId="a",signature="b"`}, want: signed("header", "signature")},
		"a digest without a signature":           {url: "/x", headers: []string{"Content-Digest", "sha-256=:YQ==:"}, left: []string{"content-digest"}},
		"a provider's signature of what happens": {url: "/x", headers: []string{"Stripe-Signature", "t=1,v1=a"}, left: []string{"stripe-signature"}},
		"a presigned URL of S3":                  {url: "/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=c&versionId=1", want: signed("query", "X-Amz-Signature"), query: []string{"versionId"}},
		"a signed URL of Google":                 {url: "/x?X-Goog-Algorithm=a&X-Goog-Credential=a&X-Goog-Date=b&X-Goog-Expires=60&X-Goog-SignedHeaders=host&X-Goog-Signature=c", want: signed("query", "X-Goog-Signature")},
		"a signed URL of CloudFront":             {url: "/x?Expires=1&Signature=a&Key-Pair-Id=b&size=2", want: signed("query", "Signature"), query: []string{"size"}},
		"a shared access signature of Azure":     {url: "/x?sv=2024-01-01&se=2026-01-01&sr=b&sp=r&sig=abc&comp=list", want: signed("query", "sig"), query: []string{"comp"}},
		"the same names without a signature":     {url: "/x?sv=1&se=2", query: []string{"se", "sv"}},
		"a signature alone":                      {url: "/x?sig=abc&size=2", want: apiKey("query", "sig"), query: []string{"size"}},
		"OAuth 1.0 in the query":                 {url: "/x?oauth_consumer_key=a&oauth_token=b&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1&oauth_nonce=2&oauth_signature=c&page=1", want: scheme("oauth"), query: []string{"page"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := har.Entry{Request: har.Request{Method: "GET", URL: c.url}, Response: har.Response{Status: 200}}
			for i := 0; i < len(c.headers); i += 2 {
				hartest.RequestHeader(c.headers[i], c.headers[i+1])(&e)
			}
			w := witness.FromEntry(&e, witness.Options{})
			if !slices.Equal(w.Auth, c.want) {
				t.Errorf("credentials are %+v, want %+v", w.Auth, c.want)
			}
			if got := namesOf(w.Query); !slices.Equal(got, c.query) {
				t.Errorf("query parameters are %q, want %q", got, c.query)
			}
			if got := namesOf(w.Headers); !slices.Equal(got, c.left) {
				t.Errorf("headers are %q, want %q", got, c.left)
			}
		})
	}
}

func namesOf(params []witness.Param) []string {
	var out []string
	for _, p := range params {
		out = append(out, p.Name)
	}
	return out
}
