package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode"

	"akita/internal/compare"
)

var update = flag.Bool("update", false, "write the golden files")

func example() *Report {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	seen := func(n, of uint64) compare.Seen {
		return compare.Seen{For: n, Of: of, First: at, Last: at.Add(time.Hour)}
	}
	findings := []compare.Finding{
		{
			Kind: compare.Mismatched, Severity: compare.Breaking, Verdict: compare.Proved, Seen: seen(40, 40),
			Fact:    compare.Fact{Subject: compare.Type, Method: "GET", Path: "/orders/{id}", Status: 200, At: "response.body.total", Value: "string"},
			Message: "string; the document declares number",
		},
		{
			Kind: compare.Mismatched, Severity: compare.Breaking, Verdict: compare.Proved, Seen: seen(3, 812),
			Fact:    compare.Fact{Subject: compare.Enum, Method: "GET", Path: "/orders/{id}", Status: 200, At: "response.body.items[].state", Value: "a|b"},
			Message: "not a member of the declared enum",
		},
		{
			Kind: compare.Undocumented, Severity: compare.Info, Verdict: compare.Proved, Seen: seen(1, 100),
			Fact:    compare.Fact{Subject: compare.Status, Method: "DELETE", Path: "/orders/{id}", Status: 410, At: "response", Value: "410"},
			Message: "no such status in the document",
		},
		{
			Kind: compare.Undocumented, Severity: compare.Warning, Verdict: compare.Proved, Seen: seen(7, 7),
			Fact: compare.Fact{Subject: compare.Operation, Method: "GET", Path: "/health"}, Message: "no such path in the document",
		},
	}
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		findings = append(findings, compare.Finding{
			Kind: compare.Unseen, Severity: compare.Info, Verdict: compare.NotEnough, Seen: seen(0, 9),
			Fact:    compare.Fact{Subject: compare.Parameter, Method: "GET", Path: "/orders", At: "query." + name},
			Message: "no accepted call had it",
		})
	}
	return &Report{
		Title: "API drift: shop.yaml", Document: "docs/shop.yaml", Findings: findings, Calls: 1234, Ignored: 2,
		Fails: func(f compare.Finding) bool { return f.Kind == compare.Mismatched },
	}
}

// exampleOfDiff is what changed from one recording to another.
func exampleOfDiff() *Report {
	finding := func(kind compare.Kind, severity compare.Severity, verdict compare.Verdict, at, message, rule string) compare.Finding {
		return compare.Finding{
			Kind: kind, Severity: severity, Verdict: verdict, Message: message, Rule: rule, Seen: compare.Seen{For: 30, Of: 40},
			Fact: compare.Fact{Subject: compare.ResponseField, Method: "GET", Path: "/orders", Status: 200, At: at},
		}
	}
	removed := finding(compare.Removed, compare.Breaking, compare.Proved, "response.body.a", "in none of 60 now", "response-required-property-removed")
	removed.Consumers = []string{"mobile-app", "curl"}
	return &Report{
		Title: "API diff: a.har to b.har", Of: "b.har", Calls: 600,
		Findings: []compare.Finding{
			removed,
			finding(compare.Removed, compare.Info, compare.NotEnough, "response.body.b", "in none of 2 now", ""),
			finding(compare.Changed, compare.Info, compare.Proved, "response.body.c", "integer now, was number", "a-rule"),
			finding(compare.Added, compare.Info, compare.Proved, "response.body.d", "in none of 40 before", "another-rule"),
		},
		Fails: func(f compare.Finding) bool { return f.Severity == compare.Breaking },
	}
}

func exampleOfTests() *Report {
	finding := func(kind compare.Kind, subject compare.Subject, path, at, value, message string, n uint64) compare.Finding {
		return compare.Finding{
			Kind: kind, Severity: compare.Warning, Verdict: compare.Proved, Seen: compare.Seen{For: n, Of: 1000}, Message: message,
			Fact: compare.Fact{Subject: subject, Method: "GET", Path: path, At: at, Value: value},
		}
	}
	byApp := finding(compare.Untested, compare.Parameter, "/orders", "query.page", "", "no test sends it", 812)
	byApp.Consumers = []string{"mobile-app 3.2", "okhttp"}
	share := func(n, of uint64) compare.Share { return compare.Share{Covered: n, Of: of} }
	covered := &compare.Coverage{
		Calls: share(9990, 10000), Operations: share(2, 3), TestCalls: 1200, ProductionCalls: 10000, Unproved: 2,
		Levels: compare.Levels{Reached: 1, Criteria: []compare.Criterion{
			{Level: 1, Name: "Path", Share: share(2, 2)}, {Level: 2, Name: "Operation", Share: share(2, 3)},
			{Level: 3, Name: "Content-type (input)", Share: share(0, 0)}, {Level: 5, Name: "Parameter value", Share: share(0, 4)},
		}},
		Covered: []compare.CoveredOperation{
			{Method: "GET", Path: "/orders", Calls: share(9000, 9005), Tests: 1000, Untested: 2},
			{Method: "GET", Path: "/stats", Calls: share(0, 5), Untested: 1}, {Method: "GET", Path: "/new", Tests: 12},
		},
	}
	return &Report{
		Title: "API test coverage", Of: "production.har", Calls: 10000,
		Findings: []compare.Finding{
			byApp,
			finding(compare.Untested, compare.Operation, "/stats", "", "", "no test calls it", 5),
			finding(compare.Untested, compare.Enum, "/orders", "query.sort", "a<b>|c", "no test sends a<b>|c", 3),
			finding(compare.Unseen, compare.Operation, "/new", "", "", "only tests call it", 12),
		},
		Coverage: &Coverage{Coverage: covered, Weight: ByOperations, Minimum: 90},
	}
}

// exampleOfPosture is what an API risks, and how its routes are used.
func exampleOfPosture() *Report {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	finding := func(kind compare.Kind, severity compare.Severity, f compare.Fact, n, of uint64, message, rule string) compare.Finding {
		f.Method, f.Path = "GET", "/users"
		return compare.Finding{
			Kind: kind, Severity: severity, Verdict: compare.Proved, Fact: f, Message: message, Rule: rule,
			Seen: compare.Seen{For: n, Of: of, First: at, Last: at.Add(time.Hour)},
		}
	}
	return &Report{
		Title: "API posture", Of: "traffic.har", Calls: 40,
		Findings: []compare.Finding{
			finding(compare.Dead, compare.Info, compare.Fact{Subject: compare.Operation, Value: "=shop.views.Users"}, 0, 40, "never called", ""),
			finding(compare.Zombie, compare.Warning, compare.Fact{Subject: compare.Operation}, 3, 3, "announced to end", ""),
			finding(compare.Shadow, compare.Warning, compare.Fact{Subject: compare.Operation}, 4, 40, "in no list of routes", ""),
			finding(compare.Posture, compare.Breaking, compare.Fact{Subject: compare.Parameter, At: "query.password", Value: "password"}, 3, 40,
				"a password by name, in the query: URLs are kept in logs", "sensitive_in_url"),
			finding(compare.Posture, compare.Warning, compare.Fact{Subject: compare.Auth, At: "request.auth", Value: "none"}, 40, 40,
				"answered without credentials, never with any", "open_write"),
			finding(compare.Posture, compare.Info, compare.Fact{Subject: compare.ResponseField, Status: 200, At: "response.body.email", Value: "contact"},
				40, 40, "contact data by name", "sensitive"),
		},
		Fails: func(f compare.Finding) bool { return f.Severity == compare.Breaking },
	}
}

// everyReport returns reports of all kinds, by name.
func everyReport() map[string]*Report {
	return map[string]*Report{
		"drift": example(), "nothing": {Title: "API drift: shop.yaml", Calls: 1}, "diff": exampleOfDiff(),
		"tests": exampleOfTests(), "posture": exampleOfPosture(), "hostile": hostile(), "long": long(2000, "a"),
	}
}

func written(t *testing.T, format string, r *Report, o Options) string {
	t.Helper()
	var got bytes.Buffer
	if err := Write(&got, format, r, o); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

func TestFormats(t *testing.T) {
	t.Parallel()
	none := &Report{Title: "API drift: shop.yaml", Calls: 1}
	for _, format := range Formats() {
		check(t, format, format, example(), Options{})
		check(t, format+".none", format, none, Options{})
		check(t, format+".diff", format, exampleOfDiff(), Options{})
		check(t, format+".coverage", format, exampleOfTests(), Options{})
		check(t, format+".posture", format, exampleOfPosture(), Options{})
	}
	check(t, "text.colour", "text", example(), Options{Colour: true, Unseen: true})
}

func check(t *testing.T, name, format string, r *Report, o Options) {
	t.Helper()
	got := written(t, format, r, o)
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	if err := Write(&bytes.Buffer{}, "pdf", example(), Options{}); err == nil {
		t.Error("it is written")
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]compare.Seen{
		"········": {}, "▏·······": {For: 1, Of: 10000}, "████····": {For: 1, Of: 2}, "████████": {For: 3, Of: 3},
	} {
		if got := bar(s); got != want {
			t.Errorf("%+v is %q, want %q", s, got, want)
		}
	}
}

// A terminal is not controlled by what traffic and documents name.
func TestTextIsPrintable(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "markdown", "github", "junit", "sarif"} {
		for _, r := range written(t, format, hostile(), Options{Unseen: true}) {
			if r != '\n' && r != '\u2060' && !unicode.IsPrint(r) {
				t.Errorf("%s has %U", format, r)
			}
		}
	}
}
