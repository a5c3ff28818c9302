package openapi_test

import (
	"reflect"
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

// Each row has calls with credentials, and the security of their operation: alternatives, each with all
// the schemes that it needs.
func TestSecurity(t *testing.T) {
	t.Parallel()
	const (
		jwt     = "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
		basic   = `"basicAuth":{"type":"http","scheme":"basic"}`
		bearer  = `"bearerAuth":{"type":"http","scheme":"bearer"}`
		session = `"cookieSessionid":{"type":"apiKey","in":"cookie","name":"sessionid"}`
		key     = `"headerXApiKey":{"type":"apiKey","in":"header","name":"x-api-key"}`
	)
	credential := func(headers ...string) har.Entry {
		e := call("/x", 200, "{}")
		for i := 0; i < len(headers); i += 2 {
			header(headers[i], headers[i+1])(&e)
		}
		return e
	}
	of := func(calls ...har.Entry) []har.Entry { return calls }
	url := func(url string) har.Entry { return call(url, 200, "{}") }
	from := func(url string, e har.Entry) har.Entry { e.Request.URL = url; return e }
	refused := func(e har.Entry) har.Entry { e.Response.Status = 401; return e }
	for name, c := range map[string]struct {
		calls    []har.Entry
		security string
		schemes  string
	}{
		"none":                          {of(credential()), `[]`, ``},
		"basic":                         {of(credential("Authorization", "Basic YTpi")), `[{"basicAuth":[]}]`, basic},
		"bearer, a JWT":                 {of(credential("Authorization", jwt)), `[{"bearerAuthJWT":[]}]`, `"bearerAuthJWT":{"type":"http","scheme":"bearer","bearerFormat":"JWT"}`},
		"bearer, opaque":                {of(credential("Authorization", "Bearer abc")), `[{"bearerAuth":[]}]`, bearer},
		"bearer in any case":            {of(credential("authorization", "bearer abc")), `[{"bearerAuth":[]}]`, bearer},
		"digest":                        {of(credential("Authorization", `Digest username="a"`)), `[{"digestAuth":[]}]`, `"digestAuth":{"type":"http","scheme":"digest"}`},
		"a registered scheme":           {of(credential("Authorization", "DPoP abc", "DPoP", "eyJ")), `[{"dpopAuth":[]}]`, `"dpopAuth":{"type":"http","scheme":"dpop"}`},
		"a scheme with dashes":          {of(credential("Authorization", "SCRAM-SHA-256 data=a")), `[{"scramSha256Auth":[]}]`, `"scramSha256Auth":{"type":"http","scheme":"scram-sha-256"}`},
		"a signed request":              {of(credential("Authorization", "AWS4-HMAC-SHA256 Credential=a", "X-Amz-Date", "b")), `[{"signatureHeaderAuthorization":[]}]`, `"signatureHeaderAuthorization":{"type":"apiKey","in":"header","name":"authorization","description":"A signature of the request."}`},
		"a signed URL":                  {of(url("/x?X-Amz-Signature=a&X-Amz-Credential=b&X-Amz-Date=c")), `[{"signatureQueryXAmzSignature":[]}]`, `"signatureQueryXAmzSignature":{"type":"apiKey","in":"query","name":"X-Amz-Signature","description":"A signature of the request."}`},
		"a user in the URL":             {of(from("https://ada:secret@shop.test/x", credential())), `[{"basicAuth":[]}]`, basic},
		"a cookie that comes along":     {of(credential("Cookie", "sessionid=a", "Authorization", "Bearer a"), credential("Authorization", "Bearer a")), `[{"bearerAuth":[]}]`, bearer},
		"a cookie that is always there": {of(credential("Cookie", "sessionid=a", "Authorization", "Bearer a")), `[{"cookieSessionid":[],"bearerAuth":[]}]`, bearer + "," + session},
		"a cookie beside another token": {of(credential("Cookie", "sessionid=a", "Authorization", "Bearer a"), credential("Authorization", jwt)), `[{"bearerAuth":[]},{"bearerAuthJWT":[]}]`, bearer + `,"bearerAuthJWT":{"type":"http","scheme":"bearer","bearerFormat":"JWT"}`},
		"a cookie without which the header was refused":   {of(credential("Cookie", "sessionid=a", "Authorization", "Bearer a"), refused(credential("Authorization", "Bearer a"))), `[{"cookieSessionid":[],"bearerAuth":[]}]`, bearer + "," + session},
		"a cookie or the header":                          {of(credential("Cookie", "sessionid=a"), credential("Authorization", "Bearer a"), credential("Cookie", "sessionid=a", "Authorization", "Bearer a")), `[{"bearerAuth":[]},{"cookieSessionid":[]}]`, bearer + "," + session},
		"a scheme of the API's own":                       {of(credential("Authorization", "Token abc")), `[{"headerAuthorization":[]}]`, `"headerAuthorization":{"type":"apiKey","in":"header","name":"authorization"}`},
		"an API key in a header":                          {of(credential("X-API-Key", "abc")), `[{"headerXApiKey":[]}]`, key},
		"an API key in the query":                         {of(url("/x?api_key=abc")), `[{"queryApiKey":[]}]`, `"queryApiKey":{"type":"apiKey","in":"query","name":"api_key"}`},
		"an API key in a cookie":                          {of(credential("Cookie", "api_token=abc")), `[{"cookieApiToken":[]}]`, `"cookieApiToken":{"type":"apiKey","in":"cookie","name":"api_token"}`},
		"a session cookie":                                {of(credential("Cookie", "sessionid=abc; theme=dark")), `[{"cookieSessionid":[]}]`, session},
		"a CSRF header beside a cookie":                   {of(credential("Cookie", "sessionid=abc; csrftoken=def", "X-CSRFToken", "def")), `[{"cookieSessionid":[]}]`, session},
		"a CSRF header alone":                             {of(credential("X-XSRF-Token", "def", "X-CSRF-Token", "def")), `[]`, ``},
		"an empty header":                                 {of(credential("Authorization", "", "X-API-Key", "")), `[]`, ``},
		"both at once":                                    {of(credential("X-API-Key", "a", "Authorization", "Basic YTpi")), `[{"headerXApiKey":[],"basicAuth":[]}]`, basic + "," + key},
		"the same two in another order":                   {of(credential("X-API-Key", "a", "Authorization", "Basic YTpi"), credential("Authorization", "Basic YTpi", "X-API-Key", "a")), `[{"headerXApiKey":[],"basicAuth":[]}]`, basic + "," + key},
		"one or the other":                                {of(credential("X-API-Key", "a"), credential("Authorization", "Basic YTpi")), `[{"headerXApiKey":[]},{"basicAuth":[]}]`, basic + "," + key},
		"both at once, or one":                            {of(credential("Cookie", "sessionid=a", "X-API-Key", "a"), credential("Authorization", "Bearer a")), `[{"headerXApiKey":[],"cookieSessionid":[]},{"bearerAuth":[]}]`, bearer + "," + session + "," + key},
		"optional":                                        {of(credential("Authorization", "Bearer a"), credential()), `[{"bearerAuth":[]},{}]`, bearer},
		"needed: without it is refused":                   {of(credential("Authorization", "Bearer a"), refused(credential())), `[{"bearerAuth":[]}]`, bearer},
		"of refused calls, where no other call says more": {of(refused(credential("Authorization", "Bearer a"))), `[{"bearerAuth":[]}]`, bearer},
		"refused calls loosen nothing":                    {of(credential("Authorization", "Bearer a"), refused(credential("Authorization", "Basic YTpi"))), `[{"bearerAuth":[]}]`, bearer},
		"the header alone elsewhere":                      {of(credential("Cookie", "sessionid=a", "Authorization", "Bearer a"), from("https://a.test/other", credential("Authorization", "Bearer a"))), `[{"bearerAuth":[]}]`, bearer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, document := documentOf(t, c.calls, openapi.Options{Plain: true})
			if got, want := at(document, "paths /x get security"), parsed(t, c.security); !reflect.DeepEqual(got, want) {
				t.Errorf("security is %v, want %s in\n%s", got, c.security, text)
			}
			got, _ := at(document, "components securitySchemes").(map[string]any)
			if want := parsed(t, "{"+c.schemes+"}").(map[string]any); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Errorf("the schemes are %v, want {%s}", got, c.schemes)
			}
			if params := at(document, "paths /x get parameters"); params != nil && name != "a session cookie" {
				t.Errorf("a credential is a parameter too: %v", params)
			}
		})
	}
}
