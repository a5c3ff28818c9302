package rename_test

import (
	"bytes"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/spelling"
	"akita/test/accuracy/apis"
	"akita/test/accuracy/fiction"
	"akita/test/accuracy/rename"
	"akita/test/accuracy/suite"
)

const shop = `{"request": {"method": "GET", "url": "https://shop.test/users/ann/orders/17?by=ann#ann", "headers": [{"name": "Referer", "value": "/users/ann"}], ` +
	`"queryString": [{"name": "by", "value": "ann"}], "cookies": [{"name": "who", "value": "ann"}]}, ` +
	`"response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", ` +
	`"text": "{\"login\": \"ann\", \"id\": 17, \"orders\": \"/users/ann/orders\", \"mail\": \"ann@example.test\", \"note\": \"ann says hello\", \"by\": {\"ann\": 17}, \"id\": 17}"}}}
`

func shopAPI() rename.API {
	return rename.API{
		Templates: []rename.Template{{Method: "GET", Path: "/users/{name}/orders/{order}"}},
		Code:      []string{"users", "orders", "login", "id", "by", "mail", "note"},
	}
}

func TestOneNameIsRenamedEverywhere(t *testing.T) {
	t.Parallel()
	r, err := rename.New(shopAPI(), []byte(shop), rename.Invented, 1)
	if err != nil {
		t.Fatal(err)
	}
	name, order := r.Text("ann"), r.Text("17")
	if name == "ann" || len(name) != 3 || order != "17" { // 17 is the only integer of two digits
		t.Fatalf("ann became %q, 17 became %q", name, order)
	}
	got, err := r.Entries([]byte(shop))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"https://shop.test/users/" + name + "/orders/17?by=" + name + "#" + name,
		`"name":"Referer","value":"/users/` + name + `"`, `"name":"by","value":"` + name + `"`, `"name":"who","value":"` + name + `"`,
		`\"login\":\"` + name + `\"`, `\"orders\":\"/users/` + name + `/orders\"`, `\"mail\":\"` + name + `@example.test\"`,
		`\"by\":{\"` + name + `\":17}`, `\"note\":\"ann says hello\"`, `\"id\":17}`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s in:\n%s", want, got)
		}
	}
}

func TestKindsAreKept(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{ // a: any lower-case letter, A: upper-case, 0: digit
		"river":              "aaaaa",
		"QuickBrown":         "AaaaaAaaaa",
		"quick-brown_fox.v2": "aaaaa-aaaaa_aaa.v2",
		"README.md":          "AAAAAA.md",
		"cus_9s6XKzkNRiz8i3": "cus_9a0AAaaAAaa0a0",
		"1234567890":         "1000000000",
		"<TWO_WORDS>":        "<AAA_AAAAA>",
	} {
		r, err := rename.New(one(), entry(text), rename.Nouns, 3)
		if err != nil {
			t.Fatal(err)
		}
		got := r.Text(text)
		if got == text {
			t.Errorf("%s stayed", text)
		}
		for i := range len(want) {
			kind := want[i : i+1]
			if strings.ContainsAny(kind, "aA0") && i < len(got) {
				kind = kindOf(got[i])
				if want[i] != kind[0] {
					t.Errorf("%s became %s, want the kind %s", text, got, want)
					break
				}
			} else if i >= len(got) || got[i] != want[i] {
				t.Errorf("%s became %s, want the kind %s", text, got, want)
				break
			}
		}
	}
}

// What distinguishes a word from a token stays, and no new word has a meaning for the product.
func TestSpellingIsKept(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"river", "rivers", "stream67", "honey_copper03", "Zk3vQ9", "9s6XKzkNRiz8", "d41d8cd98f00b204", "quick-brown-fox",
		"ivy-tea-puzzle", "GH_TOKEN", "glacier-acorn.tar.gz", "jungle-otter.png", "lily.rose.example", "117383373803217643",
		"invoices", "maxItemCount",
	} {
		for seed := range uint64(5) {
			r, err := rename.New(one(), entry(text), rename.AllWords[seed%3], seed)
			if err != nil {
				t.Fatal(err)
			}
			got := r.Text(text)
			for property, of := range map[string]func(string) bool{
				"word": format.IsWord, "name": spelling.IsName, "plural": names.IsPlural,
				"random": func(text string) bool { return format.LooksRandom(text) && !format.IsWord(text) },
				"hex":    func(text string) bool { return format.Detect(text).Has(format.Hex) },
			} {
				if of(got) != of(text) {
					t.Errorf("%s became %s: %s is %t, want %t", text, got, property, of(got), of(text))
				}
			}
			if got == text || names.IsVerb(got) || names.IsReserved(got) || names.IsSpecial(got) {
				t.Errorf("%s became %s", text, got)
			}
		}
	}
}

// Text behind JSON makes the whole a text: nothing of it may get lost.
func TestTextBehindJSONStays(t *testing.T) {
	t.Parallel()
	for text, isJSON := range map[string]bool{
		`{"ann": 1}`: true, "{\"ann\": 1}\n": true, `{"ann": 1} basket`: false, `{"ann": 1} {"ann": 2}`: false, `{"ann": `: false,
	} {
		r, err := rename.New(shopAPI(), []byte(shop), rename.Invented, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.JSON(text); (got != text) != isJSON {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func kindOf(c byte) string {
	switch {
	case '0' <= c && c <= '9':
		return "0"
	case 'A' <= c && c <= 'Z':
		return "A"
	case 'a' <= c && c <= 'z':
		return "a"
	}
	return string(c)
}

func isNumber(text string) bool { return len(text) < 19 && strings.Trim(text, "0123456789") == "" }

// bitsOf returns how many bits a number needs, 0 if the text is none.
func bitsOf(text string) int {
	number, _ := strconv.ParseUint(text, 10, 64)
	return bits.Len64(number)
}

// isHex reports whether a text may be a UUID, in which digits and letters are the same kind.
func isHex(text string) bool { return strings.Trim(strings.ToLower(text), "0123456789abcdef-") == "" }

func one() rename.API {
	return rename.API{Templates: []rename.Template{{Method: "GET", Path: "/things/{thing}"}}, Code: []string{"things"}}
}

func entry(thing string) []byte {
	return fmt.Appendf(
		nil,
		`{"request": {"method": "GET", "url": "https://a.test/things/%s"}, "response": {"status": 200}}`+"\n",
		thing,
	)
}

func TestTextsWithAGrammarStay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"2026-01-31", "2026-01", "12:30", "31.12.2025", "10.0.0.1", "fe80::1", "00:1b:44:11:3a:b7", "DE89370400440532013000",
		"P3DT4H", "v2", "v1.2", "+4915112345678", "true", "-", "things",
	} {
		r, err := rename.New(one(), entry(text), rename.Terms, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Text(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

// drawAPI draws an API, some of its traffic, and one of its renamings.
func drawAPI(t *rapid.T) (*fiction.API, *suite.Data, int) {
	api := rapid.SampledFrom(apis.All()).Draw(t, "api")
	data, err := suite.Make(api, rapid.IntRange(1, 60).Draw(t, "calls"), rapid.Uint64().Draw(t, "seed"))
	if err != nil {
		t.Fatal(err)
	}
	return api, data, rapid.IntRange(0, 20).Draw(t, "renaming")
}

func TestRenamingIsABijection(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		_, data, i := drawAPI(t)
		r, err := data.Renamer(i)
		if err != nil {
			t.Fatal(err)
		}
		images := make(map[string]string)
		for from, to := range r.Texts() {
			if other, twice := images[to]; twice {
				t.Errorf("%q and %q both become %q", from, other, to)
			}
			images[to] = from
		}
		renamed, err := r.Entries(data.Traffic)
		if err != nil {
			t.Fatal(err)
		}
		back, err := r.Inverse().Entries(renamed)
		if err != nil {
			t.Fatal(err)
		}
		original, err := rename.Identity().Entries(data.Traffic)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(back, original) {
			t.Errorf("the inverse does not give back the original:\n%s", firstDifference(back, original))
		}
	})
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("%s\n%s", a[max(0, i-100):min(len(a), i+100)], b[max(0, i-100):min(len(b), i+100)])
}

func TestRenamingKeepsKindsAndLengths(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		_, data, i := drawAPI(t)
		r, err := data.Renamer(i)
		if err != nil {
			t.Fatal(err)
		}
		for from, to := range r.Texts() {
			if len(from) != len(to) {
				t.Errorf("%q became %q", from, to)
			}
			for n := range min(len(from), len(to)) {
				if isNumber(from) && bitsOf(from) != bitsOf(to) || kindOf(from[n]) != kindOf(to[n]) && !isHex(from) {
					t.Errorf("%q became %q", from, to)
					break
				}
			}
		}
	})
}

func TestRenamingLeavesTheAPIsOwnWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		_, data, i := drawAPI(t)
		renamed, err := data.Rename(i)
		if err != nil {
			t.Fatal(err)
		}
		for n, op := range renamed.Truth.Operations {
			was := data.Truth.Operations[n]
			if op.Method != was.Method || op.Template != was.Template {
				t.Errorf("%s %s became %s %s", was.Method, was.Template, op.Method, op.Template)
			}
		}
		if a, b := bytes.Count(data.Traffic, []byte("\n")), bytes.Count(renamed.Traffic, []byte("\n")); a != b {
			t.Errorf("%d calls became %d", a, b)
		}
	})
}
