package apimodel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/openapi"
	"akita/internal/shape"
	"akita/internal/witness"
)

// drawPath draws a path of a few words and values, so that words, endings and depth exceed
// small limits.
func drawPath(t *rapid.T) []witness.Segment {
	path := make([]witness.Segment, rapid.IntRange(1, 4).Draw(t, "depth"))
	for i := range path {
		if rapid.IntRange(0, 3).Draw(t, "value") > 0 {
			path[i].Literal = rapid.SampledFrom(strings.Fields("a b c d e f g h")).Draw(t, "word")
			continue
		}
		path[i].Kind = &shape.Shape{Ints: 1}
		path[i].Suffix = rapid.SampledFrom(
			[]string{"", "", ".csv", ".json", ":stop", ":start", ":retry", ":close"},
		).Draw(t, "suffix")
	}
	return path
}

func drawCall(t *rapid.T) witness.Witness {
	w := witness.Witness{
		Method: rapid.SampledFrom([]string{"GET", "POST"}).Draw(t, "method"),
		Host:   rapid.SampledFrom([]string{"a.test", "b.test", "c.test", "d.test", "*", ""}).Draw(t, "host"),
		Scheme: rapid.SampledFrom([]string{"http", "https"}).Draw(t, "scheme"),
		Status: rapid.SampledFrom([]int{0, 200, 200, 204, 302, 401, 404, 404, 422, 500}).Draw(t, "status"),
	}
	if rapid.IntRange(0, 4).Draw(t, "route") == 0 {
		w.Template = rapid.SampledFrom([]string{"/a", "/b", "/b/{id}", "/c"}).Draw(t, "template")
	} else {
		w.Path = drawPath(t)
	}
	if w.Status == 200 {
		w.Response = &witness.Body{
			MediaType: rapid.SampledFrom([]string{"application/json", "text/html"}).Draw(t, "media type"),
		}
	}
	return w
}

func drawCalls(t *rapid.T) []witness.Witness {
	return rapid.SliceOfN(rapid.Custom(drawCall), 0, 60).Draw(t, "calls")
}

func smallModelOf(calls []witness.Witness) *apimodel.Model {
	m := apimodel.NewSmall()
	for i := range calls {
		m.Add(&calls[i])
	}
	return m
}

func TestModelOverItsLimitsIsACommutativeMonoid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawCalls(t)
		whole := smallModelOf(calls)
		want := render(t, whole)
		shuffled := rapid.Permutation(calls).Draw(t, "order")
		sum := apimodel.NewSmall()
		for rest := shuffled; len(rest) > 0; {
			cut := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			sum.Merge(smallModelOf(rest[:cut]))
			rest = rest[cut:]
		}
		if got := render(t, sum); got != want {
			t.Fatalf("another order and grouping give\n%s\nwant\n%s", got, want)
		}
		if got := render(t, whole.Clone()); got != want {
			t.Fatalf("a clone says\n%s\nwant\n%s", got, want)
		}
	})
}

func TestModelStaysWithinItsLimitsAndCountsAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawCalls(t)
		m := smallModelOf(calls)
		if nodes, most := m.Nodes(); nodes > most {
			t.Fatalf("%d nodes, want at most %d", nodes, most)
		}
		overview := endpoints.Infer(m).Overview(endpoints.Filter{})
		total := overview.Unmatched + m.Truncated().Routes
		for _, e := range overview.Endpoints {
			total += e.Requests
		}
		if total != uint64(len(calls)) {
			t.Fatalf("%d of %d calls are counted", total, len(calls))
		}
	})
}

// shop is the traffic of an API with ids, words that are code, and refusals.
func shop(t *testing.T) []witness.Witness {
	t.Helper()
	var calls []witness.Witness
	for i := range 40 {
		for _, call := range []struct {
			method, path, answer string
			status               int
		}{
			{"GET", "/api/users", `[{"id":1,"name":"x"}]`, 200},
			{"GET", "/api/users/me", `{"id":1,"name":"x","theme":"dark","locale":"de"}`, 200},
			{"GET", fmt.Sprintf("/api/users/%d", 1+i), `{"id":1,"name":"x"}`, 200},
			{"GET", fmt.Sprintf("/api/users/%d", 1000+i), `{"detail":"none"}`, 404},
			{"POST", "/api/users", `{"errors":{"name":"too long"}}`, 422},
			{"DELETE", "/api/users/7", `{"detail":"no"}`, 403},
			{"GET", "/api/inventory", `{"up":true}`, 200},
			{"POST", "/rpc/getBalance", `{"balance":1,"currency":"EUR"}`, 200},
			{"POST", "/rpc/closeAccount", `{"closed":true,"at":"2026-01-05"}`, 200},
		} {
			e := har.Entry{
				Latency: -1, Request: har.Request{Method: call.method, URL: "http://shop.test" + call.path},
				Response: har.Response{Status: call.status, Size: -1},
			}
			e.Response.Body = &har.Body{MediaType: "application/json", Text: call.answer}
			calls = append(calls, witness.FromEntry(&e, witness.Options{}))
		}
	}
	return calls
}

// The document of an API does not change with the number of guesses that a scanner makes.
func TestScannersChangeNothing(t *testing.T) {
	t.Parallel()
	guess := func(host, path string, status int, body string) witness.Witness {
		e := har.Entry{
			Latency: -1, Request: har.Request{Method: "GET", URL: "http://" + host + path},
			Response: har.Response{Status: status, Size: -1},
		}
		e.Response.Body = &har.Body{MediaType: "text/html", Text: body}
		return witness.FromEntry(&e, witness.Options{})
	}
	const guesses = 12_000 // over every limit
	for name, scanner := range map[string]func(i int) witness.Witness{
		"words anywhere": func(i int) witness.Witness {
			return guess("shop.test", "/"+word(i%23)+"/"+word(i/23%23)+"/"+word(i), 404, "no")
		},
		"words below the API":  func(i int) witness.Witness { return guess("shop.test", "/api/"+word(i), 404, "no") },
		"words beside its ids": func(i int) witness.Witness { return guess("shop.test", "/rpc/"+word(i), 405, "no") },
		"hosts":                func(i int) witness.Witness { return guess(word(i)+".test", "/"+word(i%7), 404, "no") },
		"old files":            func(i int) witness.Witness { return guess("shop.test", "/"+word(i)+".php", 404, "no") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls := shop(t)
			want, err := openapi.New(endpoints.Infer(modelOf(calls)), openapi.Options{Plain: true}).JSON()
			if err != nil {
				t.Fatal(err)
			}
			m := modelOf(calls)
			for i := range guesses {
				w := scanner(i)
				m.Add(&w)
			}
			api := endpoints.Infer(m)
			got, err := openapi.New(api, openapi.Options{Plain: true}).JSON()
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("beside a scanner the document is\n%s\nwant\n%s", got, want)
			}
			if got := api.Overview(endpoints.Filter{}).Unmatched; got != guesses {
				t.Errorf("%d calls matched nothing, want %d", got, guesses)
			}
		})
	}
}

// callOf reads a call off a few bytes.
func callOf(b []byte) witness.Witness {
	w := witness.Witness{
		Method: []string{"GET", "POST", "PUT"}[b[0]%3],
		Host:   []string{"a.test", "b.test", "c.test", "*"}[b[0]>>2%4],
		Status: []int{0, 200, 201, 204, 302, 401, 404, 405, 422, 500}[b[1]%10],
	}
	for _, c := range b[2:] {
		switch {
		case c < 0x20 && w.Path == nil:
			w.Template = "/" + word(int(c))
		case c < 0x80:
			w.Path = append(w.Path, witness.Segment{Literal: word(int(c % 0x20))})
		case c < 0xf0:
			w.Path = append(
				w.Path, witness.Segment{Kind: &shape.Shape{Ints: 1}, Suffix: []string{"", ".csv", ":stop", ".json"}[c%4]},
			)
		default:
			w.Path = append(w.Path, witness.Segment{})
		}
	}
	if w.Path == nil && w.Template == "" {
		w.Path = []witness.Segment{{}}
	}
	if b[1]&0x80 != 0 {
		w.Response = &witness.Body{
			MediaType: "application/json",
			Shape: &shape.Shape{
				Objs: 1,
				Object: &shape.Object{
					Fields: shape.Fields{
						{Name: word(int(b[1] >> 4)), Shape: &shape.Shape{Strs: 1}}, {Name: "x", Shape: &shape.Shape{Bools: 1}},
					},
				},
			},
		}
	}
	return w
}

// FuzzAdd adds the same calls forward, and backward in two parts.
func FuzzAdd(f *testing.F) {
	f.Add([]byte("aaaaaabbbbbbccccccddddddeeeeeeffffff"), uint8(3))
	f.Add([]byte{0, 1, 0x21, 0x80, 0x40, 0xff, 1, 6, 0x22, 0x23, 0x24, 0x25, 5, 0x81, 3, 3, 3, 3}, uint8(1))
	f.Fuzz(func(t *testing.T, program []byte, cut uint8) {
		var calls []witness.Witness
		for ; len(program) >= 6 && len(calls) < 200; program = program[6:] {
			calls = append(calls, callOf(program[:6]))
		}
		want, err := smallModelOf(calls).MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(calls)
		at := min(int(cut), len(calls))
		sum := smallModelOf(calls[at:])
		sum.Merge(smallModelOf(calls[:at]))
		got, err := sum.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Fatalf("another order and grouping give\n%s\nwant\n%s", got, want)
		}
		document, err := openapi.New(endpoints.Infer(sum), openapi.Options{}).JSON()
		if err != nil || len(document) == 0 {
			t.Fatal(err)
		}
	})
}
