package endpoints_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/witness"
)

// exchange is one call of an API.
type exchange struct {
	method, path string
	status       int
	answer       string // JSON; "" for no body
}

func (c exchange) witness() witness.Witness {
	e := har.Entry{
		Latency: -1, Request: har.Request{Method: c.method, URL: "http://api.test" + c.path},
		Response: har.Response{Status: c.status, Size: -1},
	}
	if c.answer != "" {
		e.Response.Body = &har.Body{MediaType: "application/json", Text: c.answer}
	}
	return witness.FromEntry(&e, witness.Options{})
}

// templates returns the operations that are inferred from calls.
func templates(calls []exchange) []string {
	m := apimodel.New()
	for _, c := range calls {
		w := c.witness()
		m.Add(&w)
	}
	var found []string
	for _, e := range endpoints.Infer(m).Overview(endpoints.Filter{}).Endpoints {
		found = append(found, e.Method+" "+e.Path)
	}
	slices.Sort(found)
	return found
}

func TestCallsToAnUnknownHost(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ hosts, want []string }{
		{[]string{"", "a.test", "a.test"}, []string{"3 a.test/users", "3 a.test/{route}"}},
		{[]string{"*", "a.test"}, []string{"2 a.test/users", "2 a.test/{route}"}}, // the daemon withheld the host
		{[]string{"", ""}, []string{"2 /users", "2 /{route}"}},
		{
			[]string{"", "a.test", "b.test"},
			[]string{"1 /users", "1 /{route}", "1 a.test/users", "1 a.test/{route}", "1 b.test/users", "1 b.test/{route}"},
		},
	} {
		m := apimodel.New()
		for _, host := range test.hosts {
			w := exchange{"GET", "/users", 200, `[{"id": 1}]`}.witness()
			w.Host = host
			m.Add(&w)
			w.Template, w.Path = "/{route}", nil
			m.Add(&w)
		}
		var got []string
		for _, e := range endpoints.Infer(m).Overview(endpoints.Filter{}).Endpoints {
			got = append(got, fmt.Sprint(e.Requests, " ", e.Host, e.Path))
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("calls to %q are of %q, want %q", test.hosts, got, test.want)
		}
	}
}

// fictional is an API that does not exist: operations with their responses.
type fictional struct {
	name       string
	values     map[string][]string // by kind of parameter; without, the kind makes them
	operations []operation
}

// operation is one of them. Its path has kinds of parameters in braces; want is the template that
// must be inferred.
type operation struct {
	weight       int
	method, path string
	want         string
	answer       string
}

// draw draws calls.
func (f fictional) draw(n int, seed uint64) (calls []exchange, want []string) {
	r := rand.New(rand.NewPCG(seed, 0))
	var urn []operation
	for _, o := range f.operations {
		for range o.weight {
			urn = append(urn, o)
		}
	}
	seen := make(map[string]bool)
	for range n {
		o := urn[r.IntN(len(urn))]
		calls = append(calls, exchange{o.method, f.fill(r, o.path), 200, o.answer})
		seen[o.method+" "+o.want] = true
	}
	for w := range seen {
		want = append(want, w)
	}
	slices.Sort(want)
	return calls, want
}

func (f fictional) fill(r *rand.Rand, path string) string {
	var b strings.Builder
	for rest := path; ; {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		kind, tail, _ := strings.Cut(after, "}")
		b.WriteString(f.value(r, kind))
		rest = tail
	}
}

func (f fictional) value(r *rand.Rand, kind string) string {
	if values := f.values[kind]; values != nil {
		// Most calls are for a few values.
		return values[min(r.IntN(len(values)), r.IntN(len(values)))]
	}
	hex := func(n int) string {
		text := fmt.Sprintf("%016x%016x%016x", r.Uint64(), r.Uint64(), r.Uint64())
		return text[:n]
	}
	switch kind {
	case "id":
		return fmt.Sprint(1 + r.IntN(5000))
	case "uuid":
		return fmt.Sprintf("%s-%s-4%s-8%s-%s", hex(8), hex(4), hex(3), hex(3), hex(12))
	case "sha":
		return hex(40)
	case "date":
		return fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
	case "year":
		return fmt.Sprint(2015 + r.IntN(12))
	case "month":
		return fmt.Sprintf("%02d", 1+r.IntN(12))
	}
	panic("no values of kind " + kind)
}

var fictionals = []fictional{
	{
		name: "exchange",
		values: map[string][]string{
			"currency": strings.Fields("EUR USD JPY GBP CHF AUD CAD SEK NOK PLN CZK HUF"),
			"country":  strings.Fields("de fr it es pl nl be at dk se no fi"),
			"locale":   strings.Fields("de-DE en-US fr-FR it-IT es-ES pt-BR"),
			"series":   strings.Fields("inflation unemployment gdp-growth base-rate house-prices wages"),
		},
		operations: []operation{
			{
				6, "GET", "/rates/{currency}/{currency}", "/rates/{}/{}",
				`{"base":"EUR","quote":"USD","rate":1.1,"at":"2026-01-05"}`,
			},
			{2, "GET", "/rates/latest", "/rates/latest", `{"date":"2026-01-05","rates":{"EUR":1.1,"USD":2}}`},
			{2, "GET", "/currencies", "/currencies", `[{"code":"EUR","name":"Euro"}]`},
			{3, "GET", "/currencies/{currency}", "/currencies/{}", `{"code":"EUR","name":"Euro","digits":2}`},
			{2, "GET", "/archive/{date}", "/archive/{}", `{"date":"2026-01-05","rates":[{"code":"EUR","rate":1}]}`},
			{2, "GET", "/archive/{year}/{month}", "/archive/{}/{}", `[{"date":"2026-01-05","open":1,"close":2}]`},
			{
				3, "GET", "/countries/{country}/holidays/{year}", "/countries/{}/holidays/{}",
				`[{"date":"2026-01-05","name":"x"}]`,
			},
			{1, "GET", "/countries", "/countries", `[{"code":"de","currency":"EUR"}]`},
			{2, "GET", "/countries/{country}", "/countries/{}", `{"code":"de","currency":"EUR","region":"x"}`},
			{2, "GET", "/texts/{locale}", "/texts/{}", `{"title":"x","hint":"y"}`},
			{2, "GET", "/series/{series}", "/series/{}", `{"name":"x","unit":"y","last":1}`},
			{2, "GET", "/series/{series}/points", "/series/{}/points", `[{"at":"2026-01-05","value":1}]`},
			{1, "POST", "/alerts", "/alerts", `{"id":1,"pair":"x","above":1}`},
			{1, "DELETE", "/alerts/{id}", "/alerts/{}", ``},
		},
	},
	{
		name: "library",
		values: map[string][]string{
			"isbn": {"978-3-16-148410-0", "978-0-306-40615-7", "978-1-86197-876-9", "978-0-13-468599-1", "978-0-201-63361-0"},
			"author": strings.Fields(
				"ursula-le-guin jorge-borges virginia-woolf toni-morrison stanislaw-lem italo-calvino franz-kafka clarice-lispector",
			),
			"genre": strings.Fields("poetry crime essays drama travel"),
		},
		operations: []operation{
			{3, "GET", "/books", "/books", `[{"isbn":"x","title":"y"}]`},
			{5, "GET", "/books/{isbn}", "/books/{}", `{"isbn":"x","title":"y","pages":1,"author":{"name":"z"}}`},
			{2, "GET", "/books/{isbn}/reviews", "/books/{}/reviews", `[{"id":1,"stars":5,"text":"x"}]`},
			{2, "GET", "/books/{isbn}/reviews/{id}", "/books/{}/reviews/{}", `{"id":1,"stars":5,"text":"x","by":"z"}`},
			{1, "GET", "/books/new", "/books/new", `{"items":[{"isbn":"x"}],"since":"2026-01-05"}`},
			{3, "GET", "/authors/{author}", "/authors/{}", `{"slug":"x","name":"y","born":1900}`},
			{2, "GET", "/authors/{author}/books", "/authors/{}/books", `[{"isbn":"x","title":"y"}]`},
			{2, "GET", "/genres/{genre}", "/genres/{}", `{"name":"x","count":1}`},
			{2, "GET", "/users/me", "/users/me", `{"id":1,"email":"x","loans":2,"theme":"dark"}`},
			{2, "GET", "/users/{id}", "/users/{}", `{"id":1,"email":"x","loans":2}`},
			{1, "POST", "/users/{id}/set_password", "/users/{}/set_password", ``},
			{2, "GET", "/users/{id}/loans", "/users/{}/loans", `[{"id":1,"isbn":"x","due":"2026-01-05"}]`},
			{1, "POST", "/loans/{id}:renew", "/loans/{}:renew", `{"id":1,"due":"2026-01-05"}`},
			{1, "POST", "/loans/{id}:return", "/loans/{}:return", `{"id":1,"fine":0}`},
			{1, "GET", "/loans/{id}", "/loans/{}", `{"id":1,"isbn":"x","due":"2026-01-05"}`},
			{1, "GET", "/reports/{date}.csv", "/reports/{}.csv", `{"id":1}`},
			{1, "GET", "/search", "/search", `{"hits":[{"isbn":"x"}],"total":1}`},
		},
	},
	{
		name: "forge",
		values: map[string][]string{
			"owner":   strings.Fields("acme umbrella initech globex stark wayne"),
			"repo":    strings.Fields("website api-server infra docs-site mobile-app tools"),
			"branch":  strings.Fields("main develop release hotfix-login feature-search"),
			"version": strings.Fields("1.0.0 1.1.0 1.2.3 2.0.0 2.1.4"),
			"package": strings.Fields("left-pad parser-kit http-client color-tools date-lib"),
			"email":   strings.Fields("ann@acme.test bob@acme.test cid@acme.test"),
			"job":     strings.Fields("01ARZ3NDEKTSV4RRFFQ69G5FAV 01BX5ZZKBKACTAV9WEVGEMMVRZ 01BX5ZZKBKACTAV9WEVGEMMVS0"),
			"run":     strings.Fields("ck9h3s2v40000b1l6f8b0d6qk ck9h3s2v40001b1l6a1c2d3e4 cjld2cjxh0000qzrmn831i7rn"),
			"blob":    strings.Fields("dGhlLXF1aWNrLWJyb3du ZXZlbi1tb3JlLWRhdGE aGVsbG8td29ybGQtMTIz"),
			"key":     strings.Fields("key_9s6XKzkNRiz8i3 key_4eC39HqLyjWDar key_Zk81LmNbVcXs02"),
		},
		operations: []operation{
			{4, "GET", "/v1/repos/{owner}/{repo}", "/v1/repos/{}/{}", `{"id":1,"name":"x","private":true,"stars":5}`},
			{
				3, "GET", "/v1/repos/{owner}/{repo}/commits/{sha}", "/v1/repos/{}/{}/commits/{}",
				`{"sha":"x","message":"y","author":"z"}`,
			},
			{
				2, "GET", "/v1/repos/{owner}/{repo}/branches/{branch}", "/v1/repos/{}/{}/branches/{}",
				`{"name":"x","head":"y","protected":true}`,
			},
			{2, "GET", "/v1/repos/{owner}/{repo}/branches", "/v1/repos/{}/{}/branches", `[{"name":"x","head":"y"}]`},
			{2, "GET", "/v1/orgs/{owner}", "/v1/orgs/{}", `{"login":"x","seats":5}`},
			{2, "GET", "/v1/orgs/{owner}/members/{email}", "/v1/orgs/{}/members/{}", `{"email":"x","role":"y"}`},
			{2, "GET", "/v1/packages/{package}/versions/{version}", "/v1/packages/{}/versions/{}", `{"version":"x","size":1}`},
			{2, "GET", "/v1/packages/{package}", "/v1/packages/{}", `{"name":"x","latest":"y","downloads":5}`},
			{2, "GET", "/v1/jobs/{job}", "/v1/jobs/{}", `{"id":"x","state":"done"}`},
			{1, "POST", "/v1/jobs/{job}/retry", "/v1/jobs/{}/retry", `{"id":"x","state":"queued"}`},
			{1, "GET", "/v1/runs/{run}", "/v1/runs/{}", `{"id":"x","took":1}`},
			{1, "GET", "/v1/blobs/{blob}", "/v1/blobs/{}", `{"size":1,"text":"x"}`},
			{1, "GET", "/v1/keys/{key}", "/v1/keys/{}", `{"id":"x","title":"y"}`},
			{1, "GET", "/v1/user", "/v1/user", `{"login":"x","email":"y","plan":"free"}`},
			{1, "GET", "/v1/user/repos", "/v1/user/repos", `[{"id":1,"name":"x","private":true,"stars":5}]`},
			{1, "GET", "/v1/rate_limit", "/v1/rate_limit", `{"limit":5,"left":4}`},
			{1, "GET", "/v1/settings/billing", "/v1/settings/billing", `{"plan":"x","seats":1}`},
			{1, "GET", "/v1/settings/security", "/v1/settings/security", `{"mfa":true,"sso":false}`},
		},
	},
}

// anonymous is a path template without the names of its parameters.
func anonymous(path string) string {
	var b strings.Builder
	inside := false
	for _, r := range path {
		switch {
		case r == '{':
			inside = true
			b.WriteString("{}")
		case r == '}':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// A share of the operations that were called or inferred must be right: all of them with enough
// calls. After thirty calls of more than a dozen operations, many have seen a single word.
func TestFictionalAPIs(t *testing.T) {
	t.Parallel()
	for _, f := range fictionals {
		for calls, percent := range map[int]int{30: 45, 100: 95, 1000: 100} {
			t.Run(fmt.Sprintf("%s-%d", f.name, calls), func(t *testing.T) {
				t.Parallel()
				right, all := 0, 0
				var wrong strings.Builder
				for seed := range uint64(5) {
					calls, want := f.draw(calls, seed)
					var got []string
					for _, template := range templates(calls) {
						got = append(got, anonymous(template))
					}
					right += len(want)
					all += len(want)
					for _, w := range want {
						if !slices.Contains(got, w) {
							fmt.Fprintf(&wrong, "\nseed %d lacks %s", seed, w)
							right--
						}
					}
					for _, g := range got {
						if !slices.Contains(want, g) {
							fmt.Fprintf(&wrong, "\nseed %d has %s", seed, g)
							all++
						}
					}
				}
				if right*100 < all*percent {
					t.Errorf("%d of %d are right, want %d %%%s", right, all, percent, wrong.String())
				}
			})
		}
	}
}

// Each row has the paths that are called, three times each, and the templates they must become.
func TestKindsOfSegments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		paths string
		want  string
	}{
		"a short and a long integer": {"/users/1 /users/12345678901234567890", "/users/{userId}"},
		"two values of an id":        {"/users/5 /users/7", "/users/{userId}"},
		"a single value of an id":    {"/users/5", "/users/{userId}"},
		"a UUID":                     {"/users/0f8fad5b-d9cb-469f-a165-70867728950e", "/users/{userId}"},
		"a ULID":                     {"/jobs/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/jobs/{jobId}"},
		"a CUID":                     {"/runs/cjld2cjxh0000qzrmn831i7rn", "/runs/{runId}"},
		"an object id in hex":        {"/docs/507f1f77bcf86cd799439011", "/docs/{docId}"},
		"a commit":                   {"/commits/9fceb02d0ae598e95dc970b74767f19372d61af8", "/commits/{commitId}"},
		"base64url":                  {"/blobs/dGhlLXF1aWNrLWJyb3duLWZveA", "/blobs/{blobId}"},
		"an id with a prefix":        {"/customers/cus_9s6XKzkNRiz8i3", "/customers/{customerId}"},
		"a SKU":                      {"/products/SKU-12345-AB", "/products/{productId}"},
		"a date":                     {"/reports/2026-01-05", "/reports/{date}"},
		"an e-mail address":          {"/users/ann@example.com", "/users/{email}"},
		"locales":                    {"/texts/de-DE /texts/en-US", "/texts/{locale}"},
		"a single locale":            {"/texts/de-DE", "/texts/{locale}"},
		"countries":                  {"/countries/de /countries/fr", "/countries/{country}"},
		"languages in front":         {"/de/topics /fr/topics", "/{language}/topics"},
		"currencies":                 {"/rates/USD/JPY /rates/EUR/CHF", "/rates/{currency}/{currency2}"},
		"codes of airports":          {"/weather/ZRH /weather/OPO", "/weather/{weather}"},
		"a version of the API":       {"/v1/users /v2/users /api/v1.1/users", "/api/v1.1/users /v1/users /v2/users"},
		"versions of a thing":        {"/packages/7/versions/1.0.0", "/packages/{packageId}/versions/{version}"},
		"an action behind a colon": {
			"/orders/17:cancel /orders/18:cancel /orders/17", "/orders/{orderId} /orders/{orderId}:cancel",
		},
		"an action below": {"/users/5/set_password/ /users/6/set_password/", "/users/{userId}/set_password/"},
		"an ending":       {"/reports/2026-01-05.csv", "/reports/{date}.csv"},
		"a year and a month, a date": {
			"/archive/2026/01 /archive/2025/12 /archive/2026-01-05",
			"/archive/{archiveId}/{archiveId2} /archive/{date}",
		},
		"two words of code": {"/settings/billing /settings/security", "/settings/billing /settings/security"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []exchange
			for path := range strings.FieldsSeq(test.paths) {
				for range 3 {
					calls = append(calls, exchange{"GET", path, 200, ""})
				}
			}
			got := strings.ReplaceAll(strings.Join(templates(calls), " "), "GET ", "")
			if got != test.want {
				t.Errorf("%s is %s, want %s", test.paths, got, test.want)
			}
		})
	}
}
