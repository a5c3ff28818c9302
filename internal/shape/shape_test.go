package shape_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"akita/internal/shape"
)

// text draws a JSON text that makes collisions likely: few names, few values.
func text(t *rapid.T, depth int) string {
	kinds := []string{
		"null", "true", "17", "-1", "2.5", `"word"`, `"other"`, `""`, `"2026-01-05"`,
		`"0f8fad5b-d9cb-469f-a165-70867728950e"`, "[]", "{}",
	}
	if depth > 0 {
		kinds = append(kinds, "[", "{", "{", "{")
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "[":
		items := make([]string, rapid.IntRange(1, 3).Draw(t, "items"))
		for i := range items {
			items[i] = text(t, depth-1)
		}
		return "[" + strings.Join(items, ",") + "]"
	case "{":
		keys := rapid.SampledFrom(strings.Fields("a b c d e f 2026-01-05 2026-01-06 77 x@example.org"))
		names := rapid.SliceOfNDistinct(keys, 1, 5, rapid.ID[string]).Draw(t, "names")
		for i, name := range names {
			names[i] = fmt.Sprintf("%q:%s", name, text(t, depth-1))
		}
		return "{" + strings.Join(names, ",") + "}"
	default:
		return kind
	}
}

func draw(t *rapid.T) *shape.Shape {
	s, err := shape.OfJSON(text(t, 3), shape.Options{Enums: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func encode(t interface{ Fatal(...any) }, s *shape.Shape) string {
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func merge(shapes ...*shape.Shape) *shape.Shape {
	sum := new(shape.Shape)
	for _, s := range shapes {
		sum.Merge(s)
	}
	return sum
}

func TestMergeIsACommutativeMonoid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		shapes := make([]*shape.Shape, rapid.IntRange(1, 40).Draw(t, "shapes"))
		for i := range shapes {
			shapes[i] = draw(t)
		}
		want := encode(t, merge(shapes...))
		shuffled := rapid.Permutation(shapes).Draw(t, "order")
		cut := rapid.IntRange(0, len(shapes)).Draw(t, "cut")
		if got := encode(t, merge(merge(shuffled[:cut]...), merge(shuffled[cut:]...))); got != want {
			t.Fatalf("another order and grouping give\n%s\nwant\n%s", got, want)
		}
		if got := encode(t, merge(new(shape.Shape), merge(shapes...), new(shape.Shape))); got != want {
			t.Fatalf("with the identity\n%s\nwant\n%s", got, want)
		}
	})
}

func TestMergeSharesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t), draw(t)
		before := encode(t, b)
		sum := merge(a, b)
		sum.Merge(draw(t))
		if after := encode(t, b); after != before {
			t.Fatalf("merging changed what was merged in: %s, was %s", after, before)
		}
	})
}

// The items of an array have the shape that its elements have if they are observed one by one.
func TestAnArrayHoldsItsElements(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]string, rapid.IntRange(0, 12).Draw(t, "elements"))
		options := shape.Options{Enums: rapid.Bool().Draw(t, "enums")}
		want := new(shape.Shape)
		for i := range texts {
			texts[i] = text(t, 3)
			one, err := shape.OfJSON(texts[i], options)
			if err != nil {
				t.Fatal(err)
			}
			want.Merge(one)
		}
		got, err := shape.OfJSON("["+strings.Join(texts, ",")+"]", options)
		if err != nil {
			t.Fatal(err)
		}
		if got.Items == nil {
			got.Items = new(shape.Shape)
		}
		if encode(t, got.Items) != encode(t, want) {
			t.Fatalf("%s\nholds %s\nwant  %s", texts, encode(t, got.Items), encode(t, want))
		}
	})
}

func TestMergeOverTheLimits(t *testing.T) {
	t.Parallel()
	var shapes []*shape.Shape
	for i := range 400 {
		suffix := string([]byte{byte('a' + i%26), byte('a' + i/26)})
		object := fmt.Sprintf(`{"id":1,"name_%s":"x","kind":"k%s"}`, suffix, suffix)
		s, err := shape.OfJSON(object, shape.Options{Enums: true})
		if err != nil {
			t.Fatal(err)
		}
		shapes = append(shapes, s)
	}
	forward := merge(shapes...)
	var backward shape.Shape
	for i := range shapes {
		backward.Merge(shapes[len(shapes)-1-i])
	}
	if a, b := encode(t, forward), encode(t, &backward); a != b {
		t.Errorf("order matters over the limits:\n%s\n%s", a, b)
	}
	if !forward.Object.Wide || len(forward.Object.Fields) != 0 || forward.Object.Keys.Strs != 1200 {
		t.Errorf("400 names are still a record: %s", encode(t, forward))
	}
}

func TestOfJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`null`:                     `{"null":1}`,
		`-5`:                       `{"int":1,"widths":8}`,
		`1e3`:                      `{"num":1}`,
		`""`:                       `{"str":1,"empty":1,"lengths":1}`,
		`"secret"`:                 `{"str":1,"lengths":8}`,
		`"2026-01-05T09:00:00Z"`:   `{"str":1,"formats":[{"format":"date-time","count":1}],"lengths":32}`,
		`[]`:                       `{"arr":1,"sizes":1}`,
		`[1,null]`:                 `{"arr":1,"sizes":4,"items":{"null":1,"int":1,"widths":2}}`,
		`{"b":1,"a":true,"b":"x"}`: `{"obj":1,"object":{"fields":{"a":{"bool":1},"b":{"int":1,"widths":2}}}}`,
		`{"2026-01-05":1,"total":2}`: `{"obj":1,"object":{"fields":{"total":{"int":1,"widths":4}},` +
			`"keys":{"str":1,"formats":[{"format":"date","count":1}],"lengths":16},"values":{"int":1,"widths":2}}}`,
		`[{"a":1},{"b":1},{"a":1}]`: `{"arr":1,"sizes":4,"items":{"obj":3,"object":{` +
			`"fields":{"a":{"int":2,"widths":2},"b":{"int":1,"widths":2}},` +
			`"sets":[{"names":"a","count":2},{"names":"b","count":1}]}}}`,
	} {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := encode(t, s); got != want {
			t.Errorf("%s has the shape\n     %s\nwant %s", text, got, want)
		}
	}
	for _, text := range []string{``, `{`, `{"a":}`, `1 2`, `{"a":1}}`, `nul`, `'a'`} {
		if s, err := shape.OfJSON(text, shape.Options{}); err == nil {
			t.Errorf("%q has a shape: %s", text, encode(t, s))
		}
	}
}

func TestOfJSONIsBounded(t *testing.T) {
	t.Parallel()
	deep, err := shape.OfJSON(strings.Repeat(`{"a":[`, 200)+strings.Repeat(`]}`, 200), shape.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := encode(t, deep); !strings.Contains(got, `"opaque":1`) || len(got) > 4000 {
		t.Errorf("400 levels deep: %d bytes", len(got))
	}
}

func TestOfText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"17": "int", "-3": "int", "0": "int", "true": "bool", "False": "bool", "2.50": "num", "-0.5": "num",
		"": "str", "007": "str", "-0": "str", "1234567890123456789": "str", "1e3": "str", "1.": "str",
		"yes": "str", "00.5": "str", "+1": "str", "NaN": "str",
	} {
		if got := encode(t, shape.OfText(text, shape.Options{})); !strings.HasPrefix(got, `{"`+want+`"`) {
			t.Errorf("OfText(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestIsDataKey(t *testing.T) {
	t.Parallel()
	names := []string{
		"id", "user_id", "userId", "address1", "sha256", "Content-Type", "@type", "$ref", "x1", "dc:title", "created.at",
		"größe", "имя", "maximumNumberOfConcurrentConnections", "number_of_outstanding_payments",
		"HTTPServer", "x-akita-seen", "i18n", "oauth2Callback", "a/b",
	}
	for _, name := range names {
		if shape.IsDataKey(name) {
			t.Errorf("%q is a name", name)
		}
	}
	data := []string{
		"", "17", "2026-01-05", "0f8fad5b-d9cb-469f-a165-70867728950e", "ada@example.test", "user:ada@example.test",
		"SKU-12345-AB", "5f011a4f10f7846b", "a\nb", strings.Repeat("k", 129), "John Smith", "a\xff",
		`{"user":"alice"}`, "<a>", "a=b", "-OaBcD3fGh1jKlMnOpQr", "V1StGXR8Z5jdHi6BmyTaq", "dQw4w9WgXcQ9", "Zk29AbQ7pLm4",
		"qzkwvtrbnmplsdfghjkq",
	}
	for _, name := range data {
		if !shape.IsDataKey(name) {
			t.Errorf("%q is data", name)
		}
	}
}

func TestIsDataParameter(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"page": false, "page[size]": false, "filter[user_id][gte]": false, "items[0][name]": false,
		"tags[]": false, "sort-by": false,
		"filter[ada@example.test]": true, "user[12345]": true, "größe": true, "my secret sentence": true,
		"a/b": true, "@me": true, "a[b": true, "[a]": true, "x[a]b": true, "": true,
	} {
		if got := shape.IsDataParameter(name); got != want {
			t.Errorf("IsDataParameter(%q) = %v, want %v", name, got, want)
		}
	}
}

// Random ids must not pass for names: what passes leaves the machine.
func TestRandomIdsAreData(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	random := rand.New(rand.NewPCG(1, 2))
	for _, length := range []int{12, 16, 20, 21, 32} {
		passed := 0
		const n = 10_000
		for range n {
			key := make([]byte, length)
			for i := range key {
				key[i] = alphabet[random.IntN(len(alphabet))]
			}
			if !shape.IsDataKey(string(key)) {
				passed++
			}
		}
		if passed*100 > 5*n {
			t.Errorf("%d of %d random keys of %d characters pass for names", passed, n, length)
		}
	}
}

func FuzzOfJSON(f *testing.F) {
	f.Add(`{"a":[1,{"b":"2026-01-05"}],"17":null}`)
	f.Add(`[[[[{"":{}}]]]]`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			return
		}
		encoded := encode(t, s)
		var back shape.Shape
		if err := json.Unmarshal([]byte(encoded), &back); err != nil {
			t.Fatalf("%s does not read back: %v", encoded, err)
		}
	})
}

func BenchmarkOfJSON(b *testing.B) {
	const user = `{"id":17,"uid":"0f8fad5b-d9cb-469f-a165-70867728950e","name":"Ada Lovelace","score":97.5,` +
		`"tags":["new","vip"],"address":{"street":"1 Main St","city":"Paris"}},`
	text := `{"count":3,"next":null,"results":[` + strings.Repeat(user, 3) + `{}]}`
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := shape.OfJSON(text, shape.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
