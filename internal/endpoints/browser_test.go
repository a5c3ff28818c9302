package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
)

// What a browser fetches for itself is counted, and listed only if the API serves it.
func TestBrowsersOwnCalls(t *testing.T) {
	t.Parallel()
	const user = `{"id":1,"name":"x","email":"a@b.test"}`
	kind := hartest.Fetched
	as := func(mediaType string) func(*har.Entry) {
		return func(e *har.Entry) { e.Response.Body.MediaType = mediaType }
	}
	post := func(e *har.Entry) { e.Request.Method = "POST" }
	asks := func(e *har.Entry) { e.Request.Method = "OPTIONS" }
	sent := func(mediaType string) func(*har.Entry) {
		return func(e *har.Entry) { e.Request.Body = &har.Body{MediaType: mediaType, Text: `{"a":1}`} }
	}
	list, one := call("/users", 200, `[`+user+`]`, kind("xhr")), call("/users/7", 200, user, kind("xhr"))
	logo := call("/static/logo.png", 200, "x", kind("image"), as("image/png"))
	tests := map[string]struct {
		calls   []har.Entry
		want    []string
		browser uint64
	}{
		"files of a page": {
			[]har.Entry{
				list, logo,
				call("/app.js", 200, "x", kind("script"), as("text/javascript")),
				call("/", 200, "x", kind("document"), as("text/html")),
				call("/s/inter.woff2", 200, "x", kind("font"), as("font/woff2"), hartest.At("fonts.test")),
			},
			[]string{"GET /users a.test"}, 4,
		},
		"a preflight":                       {[]har.Entry{list, call("/users", 204, "", asks, kind("preflight"))}, []string{"GET /users a.test"}, 1},
		"only files":                        {[]har.Entry{logo, logo}, nil, 2},
		"an image that code fetches":        {[]har.Entry{call("/qr/7", 200, "x", kind("fetch"), as("image/png"))}, []string{"GET /qr/{qrId} a.test"}, 0},
		"an image that code fetches too":    {[]har.Entry{call("/qr/7", 200, "x", as("image/png")), call("/qr/8", 200, "x", kind("image"), as("image/webp"))}, []string{"GET /qr/{qrId} a.test"}, 0},
		"an image of an object":             {[]har.Entry{one, call("/users/8/avatar", 200, "x", kind("image"), as("image/png"))}, []string{"GET /users/{userId} a.test", "GET /users/{userId}/avatar a.test"}, 0},
		"an image of an object, with an id": {[]har.Entry{one, call("/users/8/photos/12", 200, "x", kind("image"), as("image/png"))}, []string{"GET /users/{userId} a.test", "GET /users/{userId}/photos/{photoId} a.test"}, 0},
		"a named file below an object":      {[]har.Entry{one, call("/users/8/logo.png", 200, "x", kind("image"), as("image/png"))}, []string{"GET /users/{userId} a.test"}, 1},
		"an image of an object elsewhere":   {[]har.Entry{one, call("/users/8/avatar", 200, "x", kind("image"), as("image/png"), hartest.At("b.test"))}, []string{"GET /users/{userId} a.test"}, 1},
		"a page of an object":               {[]har.Entry{one, call("/users/8", 200, "x", kind("document"), as("text/html"))}, []string{"GET /users/{userId} a.test"}, 1},
		"a script below an object":          {[]har.Entry{one, call("/users/8/app", 200, "x", kind("script"), as("text/javascript"))}, []string{"GET /users/{userId} a.test"}, 1},
		"a page that code fetches too":      {[]har.Entry{call("/terms", 200, "x", kind("fetch"), as("text/html")), call("/terms", 200, "x", kind("document"), as("text/html"))}, []string{"GET /terms a.test"}, 0},
		"a report to the API":               {[]har.Entry{list, call("/events", 204, "", post, kind("ping"))}, []string{"GET /users a.test", "POST /events a.test"}, 0},
		"a report to another host":          {[]har.Entry{list, call("/g/collect", 204, "", post, kind("ping"), hartest.At("tracker.test"))}, []string{"GET /users a.test"}, 1},
		"a violation of a policy":           {[]har.Entry{list, call("/csp", 204, "", post, kind("csp-violation-report"), sent("application/csp-report"))}, []string{"GET /users a.test"}, 1},
		"a file that is not there":          {[]har.Entry{list, call("/old.png", 404, "", kind("image"))}, []string{"GET /users a.test"}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := shown(test.calls); !slices.Equal(got, test.want) {
				t.Errorf("the endpoints are %q, want %q", got, test.want)
			}
			o := model(test.calls).Overview(endpoints.Filter{})
			var byHost uint64
			for _, h := range o.Hosts {
				byHost += h.Browser
			}
			if o.Browser != test.browser || o.Unmatched != 0 || byHost > o.Browser {
				t.Errorf("%d calls are a browser's own, %d of them by host, and %d unmatched, want %d and 0",
					o.Browser, byHost, o.Unmatched, test.browser)
			}
		})
	}
}

// Mirrored hosts share what a browser fetched of their API.
func TestBrowsersOwnCallsOfMirroredHosts(t *testing.T) {
	t.Parallel()
	const user = `{"id":1,"name":"x","email":"a@b.test"}`
	at := hartest.At("b.test")
	image := func(e *har.Entry) { e.Response.Body.MediaType = "image/png" }
	set := model([]har.Entry{
		call("/users/7", 200, user), call("/users/7", 200, user, at),
		call("/users/7/avatar", 200, "x", hartest.Fetched("image"), image, at),
		call("/logo.png", 200, "x", hartest.Fetched("image"), image, at),
	})
	for _, h := range set.Hosts() {
		if want := map[string]uint64{"b.test": 1}[h.Name]; h.API != 1 || h.Browser != want {
			t.Errorf("the host is %+v, want one of the first API with %d calls of a browser's own", h, want)
		}
	}
	found := slices.Collect(set.Matching(endpoints.Filter{Path: "avatar"}))
	if len(found) != 1 || !slices.Equal(found[0].Hosts(), []string{"b.test"}) || len(found[0].Servers()) != 2 {
		t.Errorf("the image is %+v, want an endpoint of both hosts that was called at one", found)
	}
}
