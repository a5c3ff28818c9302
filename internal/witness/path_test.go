package witness_test

import (
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/witness"
)

// pathOf returns what a witness has of a path: words, and braces for values with the code around them.
func pathOf(t *testing.T, path string, o witness.Options) string {
	t.Helper()
	e := har.Entry{Request: har.Request{Method: "GET", URL: "http://a.test" + path}}
	w := witness.FromEntry(&e, o)
	if err := w.Validate(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var b strings.Builder
	for _, s := range w.Path {
		b.WriteByte('/')
		b.WriteString(s.Literal)
		if form := s.Form(); s.Kind != nil {
			if !strings.Contains(form, "{}") {
				form = "{}" + form
			}
			b.WriteString(form)
		}
	}
	return b.String()
}

func TestPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/":                                    "/",
		"/users/":                              "/users/",
		"/users/17/orders":                     "/users/{}/orders",
		"/odata/Products(1)/Supplier":          "/odata/Products({})/Supplier",
		"/odata/Lines(Order=1,Item='x')":       "/odata/Lines(Order={},Item='{}')",
		"/_api/file('/sites/x')/content":       "/_api/file('{}')/content",
		"/%40amber/posts":                      "/@{}/posts",
		"/cars;year=7;color=red/parts":         "/cars;color={};year={}/parts",
		"/profile/%40amber:example.org/avatar": "/profile/{}/avatar",
		"/-/health":                            "/-/health",
		"/admin/api/2024-01/orders/17.json":    "/admin/api/2024-01/orders/{}.json",
		"/2015-03-31/functions":                "/2015-03-31/functions",
		"/20160918/instances":                  "/20160918/instances",
		"/api/2024-10-01-preview/files":        "/api/2024-10-01-preview/files",
		"/api/2024-01/":                        "/api/{}/",
		"/api/2024-01":                         "/api/{}",
		"/archive/2024-01-05/rates":            "/archive/{}/rates",
		"/reports/2024-01-05/rows":             "/reports/{}/rows",
		"/users/17/2024-01-05/steps":           "/users/{}/{}/steps",
		"/a/b/c/d/2024-01/x":                   "/a/b/c/d/{}/x",
		"/api/2024-13/x":                       "/api/{}/x",
		"/api/20241301/x":                      "/api/{}/x",
		"/a" + strings.Repeat("/b", 70):        "/a" + strings.Repeat("/b", 63) + "/{}",
	} {
		if got := pathOf(t, path, witness.Options{}); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// Without words every segment is a value, with the code around it.
func TestStrictPathsHaveNoCode(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/odata/Products(1)": "/{}/{}", "/@amber": "/{}", "/2015-03-31/functions": "/{}/{}", "/17.csv": "/{}",
	} {
		if got := pathOf(t, path, witness.Options{StrictPaths: true}); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// The values of a segment never leave, nor does a session behind a semicolon; what is quoted is a text.
func TestValuesOfSegmentsStay(t *testing.T) {
	t.Parallel()
	for path, kinds := range map[string]string{
		"/Products(4711)":                     `"int":1`,
		"/Customers('4711')":                  `"str":1`,
		"/Lines(Order=1,Item='4711')":         `"more":[{"kind":{"str":1},"suffix":"')"}]`,
		"/Lines(Item='4711',Order=1)":         `"more":[{"kind":{"int":1`,
		"/~anna4711/tree":                     `"prefix":"~"`,
		"/@anna4711:example.org":              `"str":1`,
		"/cars;jsessionid=4711":               `"literal":"cars"`,
		"/registry/org.couchdb.user:anna4711": `"str":1`,
	} {
		e := har.Entry{Request: har.Request{Method: "GET", URL: "http://a.test" + path}}
		w := witness.FromEntry(&e, witness.Options{})
		line, err := witness.AppendLine(nil, &w)
		if err != nil {
			t.Fatal(err)
		}
		if text := string(line); strings.Contains(text, "4711") || strings.Contains(text, "anna") || !strings.Contains(text, kinds) {
			t.Errorf("of %s leaves %s, want %s", path, text, kinds)
		}
	}
}

// The words of the code around values are names, and the gate sees each of them.
func TestCode(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/17": "", "/17.csv": "", "/17:cancel": "cancel", "/Lines(Order=1,Item='x')": "Lines Order Item",
		"/@anna": "", "/cars;color=red": "cars color", "/users": "",
	} {
		e := har.Entry{Request: har.Request{Method: "GET", URL: "http://a.test" + path}}
		w := witness.FromEntry(&e, witness.Options{})
		var words []string
		for word := range w.Path[0].Code() {
			words = append(words, word)
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("the words of %s are %q, want %q", path, got, want)
		}
	}
}
