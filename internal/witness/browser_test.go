package witness_test

import (
	"testing"

	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// What a browser fetches for itself is marked; what code fetches, and what the application has a
// route for, is not.
func TestBrowsersOwnCalls(t *testing.T) {
	t.Parallel()
	type changes = []func(*har.Entry)
	get := func(url, mediaType string, more ...func(*har.Entry)) har.Entry {
		return hartest.Call(url, 200, "x", append(changes{func(e *har.Entry) {
			e.Response.Body.MediaType = mediaType
		}}, more...)...)
	}
	kind, header := hartest.Fetched, hartest.RequestHeader
	dest := func(to string) func(*har.Entry) { return header("Sec-Fetch-Dest", to) }
	mode := func(is string) func(*har.Entry) { return header("Sec-Fetch-Mode", is) }
	status := func(code int) func(*har.Entry) { return func(e *har.Entry) { e.Response.Status = code } }
	by := func(m string) func(*har.Entry) { return func(e *har.Entry) { e.Request.Method = m } }
	initiator := func(e *har.Entry) { e.Initiator = "parser" }
	noBody := func(e *har.Entry) { e.Response.Body = nil }
	const (
		page     = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
		pictures = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
	)
	tests := map[string]struct {
		call har.Entry
		want bool
	}{
		"a page, by the recording":               {get("/home", "text/html; charset=utf-8", kind("document")), true},
		"a page, by the browser":                 {get("/home", "text/html", dest("document")), true},
		"a page in a frame":                      {get("/home", "text/html", dest("iframe")), true},
		"a page, by what is accepted":            {get("/home", "text/html", header("Accept", page)), true},
		"a redirected page":                      {get("/home", "", kind("document"), status(302), noBody), true},
		"an image, by the recording":             {get("/logo.png", "image/png", kind("image")), true},
		"an image, by the browser":               {get("/logo", "image/png", dest("image")), true},
		"an image, by what is accepted":          {get("/logo", "image/png", header("Accept", pictures)), true},
		"an image that is not there":             {get("/logo.png", "application/json", kind("image"), status(404)), true},
		"an image of an element":                 {get("/logo.png", "image/png", initiator), true},
		"a font":                                 {get("/inter.woff2", "font/woff2", kind("font")), true},
		"a style sheet":                          {get("/css2", "text/css", kind("stylesheet")), true},
		"a style sheet, by what is accepted":     {get("/css2", "text/css", header("Accept", "text/css,*/*;q=0.1")), true},
		"a script":                               {get("/app", "text/javascript", dest("script")), true},
		"a manifest, which is JSON":              {get("/app.json", "application/json", dest("manifest")), true},
		"a file that only pages use":             {get("/static/app.8f3a.js", "text/javascript"), true},
		"a source map":                           {get("/static/app.js.map", "application/json"), true},
		"an icon":                                {get("/favicon.ico", "image/x-icon"), true},
		"a report":                               {get("/collect?v=2", "", by("POST"), kind("ping"), noBody), true},
		"a beacon":                               {get("/collect", "", by("POST"), dest("empty"), mode("no-cors"), noBody), true},
		"a violation of a policy":                {get("/csp", "", by("POST"), kind("csp-violation-report"), noBody), true},
		"what is fetched ahead":                  {get("/next", "text/html", dest("empty"), mode("no-cors")), true},
		"a preflight":                            {get("/users", "", by("OPTIONS"), kind("preflight"), noBody), true},
		"data for code":                          {get("/users", "application/json", kind("xhr")), false},
		"data without a reason":                  {get("/users", "application/json"), false},
		"data that is shown":                     {get("/users", "application/json", dest("document")), false},
		"data of another kind that is shown":     {get("/feed", "application/atom+xml", dest("document")), false},
		"a download":                             {get("/export", "application/pdf", dest("document")), false},
		"a form that is sent":                    {get("/orders", "text/html", by("POST"), dest("document")), false},
		"an image for code":                      {get("/qr.png", "image/png", kind("fetch")), false},
		"an image for code, by the browser":      {get("/qr.png", "image/png", dest("empty"), mode("cors")), false},
		"an image without a reason":              {get("/qr.png", "image/png"), false},
		"an image for another program":           {get("/qr.png", "image/png", header("Accept", "image/png")), false},
		"a style sheet for code":                 {get("/app.css", "text/css", dest("empty"), mode("cors")), false},
		"a script for code":                      {get("/app.js", "text/javascript", kind("fetch")), false},
		"a page without a reason":                {get("/home", "text/html"), false},
		"a script that holds data":               {get("/users?callback=cb7", "text/javascript", kind("script"), jsonp("cb7")), false},
		"a script that holds data, with a guard": {get("/users?cb=a.b", "text/javascript", kind("script"), jsonp("/**/a.b")), false},
		"data that a script element asks for":    {get("/users", "application/json", kind("script")), false},
		"another option than a preflight":        {get("/users", "application/json", by("OPTIONS")), false},
		"an unknown reason":                      {get("/users", "text/html", kind("other")), false},
		"a page with a route":                    {get("/home", "text/html", kind("document"), hartest.Routed("home")), false},
		"an image without a route":               {get("/logo.png", "image/png", kind("image"), hartest.Routed("")), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if w := witness.FromEntry(&test.call, witness.Options{}); w.Browser != test.want {
				t.Errorf("%s %s: %t, want %t", w.Method, test.call.Request.URL, w.Browser, test.want)
			}
		})
	}
}

func jsonp(function string) func(*har.Entry) {
	return func(e *har.Entry) { e.Response.Body.Text = function + `({"id":1});` }
}
