package gate_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/witness"
)

// testbed is a test, or a check of a property.
type testbed interface {
	Helper()
	Fatal(args ...any)
}

// call holds what tests vary in a HAR entry.
type call struct {
	path, host, query, cookie, header string
	mediaType, body                   string // of the request
	answerType, answer                string
	status                            int
	consumer, version                 string // in a header
}

func (c call) entry(t testbed, n int) []byte {
	t.Helper()
	pairs := func(text, joint string) []map[string]string {
		out := []map[string]string{}
		for part := range strings.SplitSeq(text, joint) {
			if name, value, ok := strings.Cut(part, "="); ok {
				out = append(out, map[string]string{"name": name, "value": value})
			}
		}
		return out
	}
	if c.host == "" {
		c.host = "api.example.com"
	}
	if c.status == 0 {
		c.status = 200
	}
	if c.answerType == "" {
		c.answerType = "application/json"
	}
	if c.mediaType == "" {
		c.mediaType = "application/json"
	}
	request := map[string]any{
		"method": "POST", "url": "https://" + c.host + c.path, "httpVersion": "HTTP/1.1",
		"queryString": pairs(c.query, "&"), "cookies": pairs(c.cookie, ";"), "headers": pairs(c.header, ","),
	}
	if c.body != "" {
		request["postData"] = map[string]any{"mimeType": c.mediaType, "text": c.body}
	}
	akita := map[string]any{}
	if c.consumer != "" {
		akita = map[string]any{"consumer": c.consumer, "consumer_version": c.version, "consumer_in_header": true}
	}
	raw, err := json.Marshal(map[string]any{
		"_akita": akita, "startedDateTime": fmt.Sprintf("2026-01-01T00:%02d:%02d.%03dZ", n/60%60, n%60, n/3600), "time": 3, "request": request,
		"response": map[string]any{
			"status": c.status, "headers": []any{}, "cookies": []any{},
			"content": map[string]any{"mimeType": c.answerType, "size": len(c.answer), "text": c.answer},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// leaves sends a call through the gate and returns what leaves.
func leaves(t testbed, g *gate.Gate, raw []byte) string {
	t.Helper()
	var e har.Entry
	if err := har.ParseEntry(raw, &e); err != nil {
		t.Fatal(err)
	}
	w := witness.FromEntry(&e, witness.Options{})
	g.Filter(&w, g.Call(raw))
	if err := w.Validate(); err != nil {
		t.Fatal(err)
	}
	line, err := witness.AppendLine(nil, &w)
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

// leavesIn returns the numbers of the calls, from 1, in which each name leaves.
func leavesIn(t *testing.T, config gate.Config, name string, calls []call) []int {
	t.Helper()
	g := gate.New(config)
	var in []int
	for i, c := range calls {
		if strings.Contains(strings.ToLower(leaves(t, g, c.entry(t, i))), strings.ToLower(name)) {
			in = append(in, i+1)
		}
	}
	return in
}

func repeat(n int, c call) []call {
	calls := make([]call, n)
	for i := range calls {
		calls[i] = c
	}
	return calls
}

// then is some calls of one kind, and then some of another.
func then(n int, first call, m int, second call) []call {
	return append(repeat(n, first), repeat(m, second)...)
}

// others returns calls that answer with a record, and then with n others.
func others(n int) []call {
	calls := []call{{path: "/users", answer: `{"id": 1, "login": "x"}`}}
	for i := range n {
		word := firstName(i)
		answer := fmt.Sprintf(`{"%sone": 1, "%stwo": "x", "%sthree": []}`, word, word, word)
		calls = append(calls, call{path: "/users", answer: answer})
	}
	return calls
}

func TestWhenANameLeaves(t *testing.T) {
	t.Parallel()
	const form = "application/x-www-form-urlencoded"
	record := call{path: "/users", answer: `{"id": 1, "login": "x"}`}
	novel := call{path: "/users", answer: `{"id": 1, "login": "x", "novel": 1}`}
	variant := call{path: "/users", answer: `{"novel": 1, "kind": "x", "parts": [], "size": 2}`}
	upload := func(field, mediaType string) call {
		return call{
			path: "/photos", mediaType: "multipart/form-data; boundary=b",
			body: "--b\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"a\"\r\nContent-Type: " + mediaType + "\r\n\r\n\r\n--b--",
		}
	}
	rpc := func(method string) call {
		return call{path: "/rpc", body: `{"jsonrpc":"2.0","id":1,"method":"` + method + `"}`, answer: `{"jsonrpc":"2.0","id":1,"result":1}`}
	}
	graphql := func(query string) call {
		return call{path: "/graphql", body: `{"query":"` + query + `"}`, answer: `{"data":null}`}
	}
	at := func(host string) call { return call{path: "/", host: host} }
	strict := gate.Config{StrictNames: true}
	listed := gate.Config{Hosts: []string{"api.novel.example"}}
	var plain gate.Config
	for _, test := range []struct {
		what   string
		config gate.Config
		name   string
		calls  []call
		want   []int
	}{
		{"a record in the first call", plain, "login", repeat(2, record), []int{1, 2}},
		{"a record after three calls of its path, if strict", strict, "login", repeat(6, record), []int{5, 6}},
		{"a new field beside known ones", plain, "novel", then(5, record, 2, novel), []int{6, 7}},
		{"a new field of an established place", plain, "novel", then(20, record, 4, novel), []int{23, 24}},
		{"another kind of record", plain, "novel", then(5, record, 1, variant), []int{6}},
		{
			"a name with a space", plain, "first name",
			repeat(2, call{path: "/users", answer: `{"id": 1, "first name": 2}`}), nil,
		},
		{"a part's media type", plain, "x-novel", repeat(4, upload("photo", "application/x-novel")), []int{3, 4}},
		{"a part's registered media type", plain, "image/png", repeat(1, upload("photo", "image/png")), []int{1}},
		{"a part's name", strict, "novel", repeat(6, upload("novel", "image/png")), []int{5, 6}},
		{"a method of JSON-RPC", plain, "novel", repeat(2, rpc("novel")), []int{1, 2}},
		{"a method of JSON-RPC after many", plain, "novel", then(20, rpc("known"), 4, rpc("novel")), []int{23, 24}},
		{"a method that is spelled like an id", plain, "qX7zk", repeat(4, rpc("qX7zkPw")), []int{3, 4}},
		{"a method, if strict", strict, "novel", repeat(6, rpc("novel")), []int{5, 6}},
		{"an operation of GraphQL", plain, "GetNovel", repeat(2, graphql("query GetNovel { a }")), []int{1, 2}},
		{"operations of GraphQL after many", plain, "novel", then(20, graphql("{ known }"), 4, graphql("{ novel }")), []int{23, 24}},
		{"a query parameter", plain, "novel", repeat(2, call{path: "/users", query: "novel=1"}), []int{1, 2}},
		{"a query without a value", plain, "novel", repeat(4, call{path: "/users", query: "novel="}), []int{3, 4}},
		{
			"a form that is one word", plain, "novel",
			repeat(4, call{path: "/users", mediaType: form, body: "novel="}), []int{3, 4},
		},
		{
			"the third other kind of record", plain, "novel",
			append(others(2), call{path: "/users", answer: `{"novel": 1, "kind": "x", "parts": []}`}), nil,
		},
		{
			"a query parameter of an established place", plain, "novel",
			then(20, call{path: "/users", query: "page=1"}, 4, call{path: "/users", query: "novel=1"}), []int{23, 24},
		},
		{
			"a cookie", plain, "novel",
			then(20, call{path: "/users", cookie: "theme=1"}, 3, call{path: "/users", cookie: "novel=1"}), []int{23},
		},
		{
			"a header", plain, "x-novel",
			then(20, call{path: "/users", header: "X-Tenant=1"}, 3, call{path: "/users", header: "X-Novel=1"}), []int{23},
		},
		{
			"a field of a form", plain, "novel",
			then(20, call{path: "/users", mediaType: form, body: "a=1"},
				3, call{path: "/users", mediaType: form, body: "novel=1"}), []int{23},
		},
		{
			"a word of a path", plain, "novel",
			then(20, call{path: "/api/users"}, 4, call{path: "/api/novel"}), []int{23, 24},
		},
		{
			"a registered media type", plain, "vcard",
			repeat(2, call{path: "/users", answerType: "text/vcard", answer: "x"}), []int{1, 2},
		},
		{
			"a vendor's media type", plain, "acme",
			repeat(4, call{path: "/users", answerType: "application/vnd.acme+json", answer: "{}"}), []int{3, 4},
		},
		{"a host of the application's", listed, "novel", repeat(2, at("api.novel.example")), []int{1, 2}},
		{"another host than the application's", listed, "other", repeat(30, at("api.other.example")), nil},
		{"an unusual host", plain, "qzxkjv", repeat(21, at("qzxkjv.example.com")), []int{20, 21}},
		{"a port that is not a number", plain, "hunter", repeat(30, at("alice:hunter")), nil},
	} {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			if got := leavesIn(t, test.config, test.name, test.calls); !slices.Equal(got, test.want) {
				t.Errorf("%q leaves in the calls %v, want %v", test.name, got, test.want)
			}
		})
	}
}

func TestACallThatIsSentAgainCountsOnce(t *testing.T) {
	t.Parallel()
	g := gate.New(gate.Config{StrictNames: true})
	raw := call{path: "/users", query: "novel=1"}.entry(t, 1)
	for range 10 {
		if strings.Contains(leaves(t, g, raw), "novel") {
			t.Fatal("the name of one call left")
		}
	}
}

// data are kinds of texts that are keys although they are data.
var data = []struct {
	kind string
	make func(r *rand.Rand, i int) string
}{
	{"first_last", func(_ *rand.Rand, i int) string { return firstName(i) + "_" + firstName(i*7+3) }},
	{"first.last", func(_ *rand.Rand, i int) string { return firstName(i) + "." + firstName(i*7+3) }},
	{"First Last", func(_ *rand.Rand, i int) string { return firstName(i) + " " + firstName(i*7+3) }},
	{"AWS key ids", func(r *rand.Rand, _ int) string { return "AKIA" + random(r, capitals+digits, 16) }},
	{"sk_live_", func(r *rand.Rand, _ int) string { return "sk_live_" + random(r, smalls+capitals+digits, 24) }},
	{"base62 of 8", func(r *rand.Rand, _ int) string { return random(r, smalls+capitals+digits, 8) }},
	{"base62 of 10", func(r *rand.Rand, _ int) string { return random(r, smalls+capitals+digits, 10) }},
	{"one-time codes", func(r *rand.Rand, _ int) string { return random(r, capitals+digits, 6) }},
	{"other scripts", func(r *rand.Rand, _ int) string {
		return random2(r, []rune("абвгдежзиклмнопрстуфхцч"), 6)
	}},
}

const (
	smalls   = "abcdefghijklmnopqrstuvwxyz"
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits   = "0123456789"
)

func random(r *rand.Rand, alphabet string, n int) string {
	return random2(r, []rune(alphabet), n)
}

func random2(r *rand.Rand, alphabet []rune, n int) string {
	text := make([]rune, n)
	for i := range text {
		text[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(text)
}

// firstName makes names that are spelled like words, each i another.
func firstName(i int) string {
	starts := []string{"an", "ber", "car", "dan", "el", "fre", "gre", "han", "in", "jo"}
	middles := []string{"na", "ta", "la", "ri", "mi", "so", "de", "no", "vi", "ra"}
	ends := []string{"", "n", "s", "lin", "ne", "bert", "tha", "ra", "lo", "da"}
	return starts[i%10] + middles[i/10%10] + ends[i/100%10]
}

func TestKeysThatAreData(t *testing.T) {
	t.Parallel()
	values := []string{`1`, `"x"`, `{"age": 3, "city": "x"}`, `[1]`, `true`}
	for _, kind := range data {
		for v, value := range values {
			t.Run(fmt.Sprintf("%s/%d", kind.kind, v), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(1, 2))
				keys := make([]string, 300)
				for i := range keys {
					keys[i] = kind.make(r, i)
				}
				check := func(where string, limit int, calls []call) {
					t.Helper()
					g := gate.New(gate.Config{})
					var out strings.Builder
					for i, c := range calls {
						out.WriteString(strings.ToLower(leaves(t, g, c.entry(t, i))))
					}
					left := 0
					for _, key := range keys {
						if strings.Contains(out.String(), `"`+strings.ToLower(key)+`"`) {
							left++
						}
					}
					if left > limit {
						t.Errorf("%s: %d of %d keys leave, at most %d may", where, left, len(keys), limit)
					}
				}
				members := make([]string, len(keys))
				var single, beside, lists, mixed []call
				for i, key := range keys {
					members[i] = fmt.Sprintf("%q: %s", key, value)
					single = append(single, call{path: "/people", answer: "{" + members[i] + "}"})
					answer := `{"status": "ok", "count": 1, ` + members[i] + "}"
					beside = append(beside, call{path: "/people", answer: answer})
				}
				for i := 0; i < len(keys); i += 3 {
					lists = append(lists, call{path: "/people", answer: "{" + strings.Join(members[i:i+3], ",") + "}"})
				}
				for i := 0; i < len(keys); i += 3 {
					answer := fmt.Sprintf(`{%s, %q: "2026-01-31", %q: [[]]}`, members[i], keys[i+1], keys[i+2])
					mixed = append(mixed, call{path: "/people", answer: answer})
				}
				entries := strings.Join(members[:200], ",")
				check("one map", 0, []call{{path: "/people", answer: "{" + entries + "}"}})
				check("one map with a field", 0, []call{{path: "/people", answer: `{"total": 200, ` + entries + "}"}})
				check("one key in each object of a list", 0,
					[]call{{path: "/people", answer: "[{" + strings.Join(members[:200], "},{") + "}]"}})
				check("one key a call", 3, single)
				check("one key a call beside fields", 3, beside)
				check("three keys a call", 6, lists)
				check("three keys a call with values of three shapes", 3*(1+2)+2, mixed)
			})
		}
	}
}

func TestNamesElsewhere(t *testing.T) {
	t.Parallel()
	for _, kind := range data[:2] {
		t.Run(kind.kind, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			for place, callWith := range map[string]func(name string) call{
				"query":  func(name string) call { return call{path: "/people", query: name + "=1"} },
				"cookie": func(name string) call { return call{path: "/people", cookie: name + "=1"} },
				"header": func(name string) call { return call{path: "/people", header: "X-" + name + "=1"} },
				"form": func(name string) call {
					return call{path: "/people", mediaType: "application/x-www-form-urlencoded", body: name + "=1"}
				},
				"path":   func(name string) call { return call{path: "/people/" + name} },
				"action": func(name string) call { return call{path: "/people/17:" + strings.ReplaceAll(name, ".", "-")} },
				"host":   func(name string) call { return call{path: "/people", host: name + ".example.com"} },
				"media type": func(name string) call {
					return call{path: "/people", answerType: "application/" + name, answer: "x"}
				},
			} {
				g := gate.New(gate.Config{})
				left := 0
				for i := range 300 {
					name := kind.make(r, i)
					line := leaves(t, g, callWith(name).entry(t, i))
					if strings.Contains(line, name) || strings.Contains(line, strings.ReplaceAll(name, ".", "-")) {
						left++
					}
				}
				limit := map[string]int{"path": 8, "action": 8, "host": 4, "media type": 0}[place]
				if left > max(limit, 3) {
					t.Errorf("%s: %d of 300 leave", place, left)
				}
			}
		})
	}
}

func TestKnownHostsStay(t *testing.T) {
	t.Parallel()
	g := gate.New(gate.Config{})
	known := call{path: "/", host: "api.example.com"}
	if line := leaves(t, g, known.entry(t, 0)); !strings.Contains(line, known.host) {
		t.Fatal("the first host does not leave")
	}
	hosts := make(map[string]bool)
	for i := range 1000 {
		line := leaves(t, g, call{path: "/", host: firstName(i) + ".example.org"}.entry(t, i))
		if !strings.Contains(line, `"host":"*"`) {
			hosts[firstName(i)] = true
		}
	}
	if len(hosts) > 3 {
		t.Errorf("%d invented hosts leave", len(hosts))
	}
	if line := leaves(t, g, known.entry(t, 2000)); !strings.Contains(line, known.host) {
		t.Error("invented hosts pushed out the known one")
	}
}

func TestEchoesOfWithheldFields(t *testing.T) {
	t.Parallel()
	g := gate.New(gate.Config{})
	line := leaves(t, g, call{path: "/people/anna", answer: `{"login": "anna"}`}.entry(t, 1))
	if !strings.Contains(line, `"echo":"login"`) {
		t.Errorf("the member that repeats a segment does not leave: %s", line)
	}
	line = leaves(t, gate.New(gate.Config{}), call{path: "/people/anna", answer: `{"berta hall": "anna"}`}.entry(t, 1))
	if strings.Contains(line, "berta") || !strings.Contains(line, `"echo":"*"`) {
		t.Errorf("a name leaves because its member repeats a segment: %s", line)
	}
}
