package local

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/andybalholm/brotli"

	"akita/internal/shape"
	"akita/internal/witness"
)

// places are events with a value in each place that may hold one. VALUE stands for the
// value as text in JSON, URL and PATH for the escaped value.
var places = map[string]string{
	"a JSON string":           body("application/json", `{\"a\":\"INNER\",\"b\":[{\"c\":\"INNER\"}]}`),
	"a JSON string by itself": body("application/json", `\"INNER\"`),
	"an array's element":      body("application/json", `[\"x\",\"INNER\"]`),
	"a line":                  body("application/x-ndjson", `{\"a\":\"INNER\"}\n{\"a\":\"INNER\"}\n`),
	"a server-sent event":     body("text/event-stream", `data: {\"a\":\"INNER\"}\n\n`),
	"plain text":              body("text/plain", `VALUE`),
	"XML":                     body("application/xml", `<a>VALUE</a>`),
	"an opaque body":          body("application/octet-stream", `VALUE`),
	"a body without a type":   body("", `VALUE`),
	"a form":                  asked(`{"mimeType":"application/x-www-form-urlencoded","text":"a=URL&b=URL"}`),
	"a form's parameter":      asked(`{"mimeType":"multipart/form-data","params":[{"name":"a","value":"VALUE"}]}`),
	"a file": asked(
		`{"mimeType":"multipart/form-data","params":[{"name":"a","value":"VALUE","fileName":"VALUE","contentType":"VALUE"}]}`,
	),
	"a query parameter":      `{"request":{"method":"GET","url":"http://h/x?a=URL"},"response":{"status":200},"_akita":{"route":"x","view":"v"}}`,
	"an argument of a route": `{"request":{"method":"GET","url":"http://h/x/PATH"},"response":{"status":200},"_akita":{"route":"x/<str:a>","converters":{"a":"str"},"view":"v"}}`,
	"a path without a route": `{"request":{"method":"GET","url":"http://h/x/PATH"},"response":{"status":404},"_akita":{"route":null}}`,
	"a header":               `{"request":{"method":"GET","url":"/x","headers":[{"name":"X-Custom","value":"VALUE"}]},"response":{"status":200,"headers":[{"name":"X-Other","value":"VALUE"}]}}`,
	"a cookie":               `{"request":{"method":"GET","url":"/x","cookies":[{"name":"theme","value":"VALUE"},{"name":"sessionid","value":"VALUE"}]},"response":{"status":200}}`,
	"a bearer token":         `{"request":{"method":"GET","url":"/x","headers":[{"name":"Authorization","value":"Bearer VALUE"}]},"response":{"status":200}}`,
	"an API key":             `{"request":{"method":"GET","url":"/x?api_key=URL","headers":[{"name":"X-Api-Key","value":"VALUE"}]},"response":{"status":200}}`,
	"a user and a fragment":  `{"request":{"method":"GET","url":"http://URL:URL@h/x#URL"},"response":{"status":200},"_akita":{"route":"x","view":"v"}}`,
	"what is not read":       `{"comment":"VALUE","request":{"method":"GET","url":"/x","comment":"VALUE"},"response":{"status":200,"statusText":"VALUE","redirectURL":"VALUE"},"_akita":{"route":"x","view":"v","other":"VALUE"}}`,
}

func body(mediaType, text string) string {
	return `{"request":{"method":"GET","url":"/x"},"response":{"status":200,"content":{"mimeType":"` + mediaType + `","text":"` + text + `"}}}`
}

func asked(postData string) string {
	return `{"request":{"method":"POST","url":"/x","postData":` + postData + `},"response":{"status":200}}`
}

// uploaded returns what leaves the machine of an event with the value in it; "" if nothing does.
func uploaded(t *testing.T, o *obfuscator, event, value string) string {
	t.Helper()
	inner := quoted(t, value)
	event = strings.NewReplacer(
		"VALUE",
		inner,
		"URL",
		url.QueryEscape(value),
		"PATH",
		url.PathEscape(value),
		"INNER",
		quoted(t, inner),
	).Replace(
		event,
	)
	var b block
	b.add([]byte(event))
	records, _ := o.obfuscate(&b, nil)
	lines, err := witness.AppendLines(nil, string(records))
	if err != nil {
		t.Fatal(err)
	}
	return string(lines)
}

// quoted returns a text as it is written between quotes in JSON.
func quoted(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(strings.TrimSpace(out.String())[1:], `"`)
}

// alike reports whether two values have the same shape, which is all that may leave of a
// value: the same types, formats and lengths in bytes.
func alike(t *testing.T, a, b string) bool {
	t.Helper()
	return a != b && len(a) == len(b) && utf8.ValidString(a) &&
		utf8.ValidString(b) && // otherwise JSON changes their lengths
		len(url.QueryEscape(a)) == len(url.QueryEscape(b)) &&
		len(quoted(t, a)) == len(quoted(t, b)) &&
		len(quoted(t, quoted(t, a))) == len(quoted(t, quoted(t, b))) &&
		bytes.Equal(shape.OfText(a, shape.Options{}).AppendJSON(nil), shape.OfText(b, shape.Options{}).AppendJSON(nil)) &&
		shape.IsDataParameter(a) == shape.IsDataParameter(b)
}

func checkNonInterference(t *testing.T, o *obfuscator, a, b string) {
	t.Helper()
	for place, event := range places {
		if ofA, ofB := uploaded(t, o, event, a), uploaded(t, o, event, b); ofA != ofB {
			t.Errorf("%s gives different uploads for %q and %q:\n%s%s", place, a, b, ofA, ofB)
		}
	}
}

// TestNonInterference replaces all values by others of the same shape. The upload must be
// the same, byte for byte, so that it reveals nothing of the values.
func TestNonInterference(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var o obfuscator
	for _, kind := range valueKinds {
		compared := 0
		for range 20 {
			if a, b := fill(random, kind), fill(random, kind); alike(t, a, b) {
				compared++
				checkNonInterference(t, &o, a, b)
			}
		}
		if compared < 5 {
			t.Errorf("only %d pairs like %s were compared", compared, kind)
		}
	}
	for place, event := range places {
		if uploaded(t, &o, event, "x1y2") == "" {
			t.Errorf("%s: nothing is uploaded at all", place)
		}
	}
}

// valueKinds are patterns of values: a and A stand for any letter, 9 for any digit, f for any
// hex digit.
var valueKinds = []string{
	"aaaaaaa", "Aaaaaaa Aaaaaaaa", "aaaaaa.aaaaaa@aaaaaaa.example", "ffffffff-ffff-4fff-8fff-ffffffffffff",
	"2026-01-19T09:19:19Z", "+49 999 9999999",
	"999999999", "9999.99", "AAA-99999-AA", "ffffffffffffffffffffffffffffffff",
	"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJaaa99aaa9In0.aaa99AAAaaa99AAAaaa99AAA",
	"https://aaaaaaa.example/aaa/999", "198.51.100.99", "aaa_99AAaa99AAaa99AA", "aaa\"aaa\\aaa",
	"äöüaaaa", "aaa&aaa=aaa%aaa", "€ 99,99", "<aaa>aaa</aaa>",
}

// fill makes a random value from a pattern.
func fill(random *rand.Rand, pattern string) string {
	out := []byte(pattern)
	for i, c := range out {
		switch c {
		case 'a':
			out[i] = "abcdefghijklmnopqrstuvwxyz"[random.IntN(26)]
		case 'A':
			out[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random.IntN(26)]
		case '9':
			out[i] = "123456789"[random.IntN(9)]
		case 'f':
			out[i] = "0123456789abcdef"[random.IntN(16)]
		}
	}
	return string(out)
}

func FuzzNonInterference(f *testing.F) {
	for _, kind := range valueKinds {
		random := rand.New(rand.NewPCG(3, 4))
		f.Add(fill(random, kind), fill(random, kind))
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if alike(t, a, b) {
			checkNonInterference(t, new(obfuscator), a, b)
		}
	})
}

// A body that the middleware left encoded is read, and one that expands too far is counted.
func TestEncodedBodiesOfLiveTraffic(t *testing.T) {
	t.Parallel()
	encoded := func(coding, data string) string {
		return `{"request":{"method":"GET","url":"/x"},"response":{"status":200,` +
			`"headers":[{"name":"Content-Encoding","value":"` + coding + `"}],"content":{"mimeType":"application/json",` +
			`"encoding":"base64","text":"` + base64.StdEncoding.EncodeToString([]byte(data)) + `"}}}`
	}
	var br, bomb bytes.Buffer
	for out, text := range map[*bytes.Buffer]string{&br: `{"color":"VALUE"}`, &bomb: strings.Repeat(" ", 5<<20)} {
		z := brotli.NewWriter(out)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for event, want := range map[string]string{
		encoded("br", br.String()):          `"fields":{"color":{"str":1`,
		encoded("br", bomb.String()):        `"unread":"too-large"`,
		encoded("br", "\x00\x01"):           `"cut":true`,
		encoded("compress", "\x1f\x9d\xff"): `"unread":"compressed-unknown"`,
	} {
		if got := uploaded(t, new(obfuscator), event, "x1y2"); !strings.Contains(got, want) || strings.Contains(got, "VALUE") {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Witnesses are folded while they are at hand if the block before had many calls of each operation.
func TestBlocksOfFewOperationsAreFolded(t *testing.T) {
	t.Parallel()
	const event = `{"request":{"method":"GET","url":"/users/%[1]c/"},"response":{"status":200},"_akita":{"route":"users/%[1]c/"}}`
	events := func(operations int) *block {
		b := new(block)
		for i := range 64 {
			b.add(fmt.Appendf(nil, event, 'a'+i%operations))
		}
		return b
	}
	var o obfuscator
	for i, c := range []struct {
		operations int
		folded     int // calls
	}{{1, 0}, {1, 64}, {8, 64}, {9, 64}, {20, 0}, {4, 0}, {4, 64}} {
		b := events(c.operations)
		_, made := o.obfuscate(b, nil)
		got := 0
		if b.calls != nil {
			got = b.calls.Calls()
		}
		if made.taken != 64 || got != c.folded {
			t.Errorf("block %d, of %d operations: %d witnesses, %d folded, want 64 and %d",
				i, c.operations, made.taken, got, c.folded)
		}
	}
}
