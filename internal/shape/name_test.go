package shape_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"akita/internal/shape"
)

func TestIsDataKey(t *testing.T) {
	t.Parallel()
	names := []string{
		"id", "user_id", "userId", "address1", "sha256", "Content-Type", "@type", "$ref", "x1", "dc:title",
		"created.at", "größe", "имя", "maximumNumberOfConcurrentConnections", "number_of_outstanding_payments",
		"HTTPServer", "x-akita-seen", "i18n", "oauth2Callback", "a/b",
	}
	for _, name := range names {
		if shape.IsDataKey(name) {
			t.Errorf("%q is a name", name)
		}
	}
	data := []string{
		"", "17", "2026-01-05", "10.12.2023", "1.2.2023", "2023.12.10", "0f8fad5b-d9cb-469f-a165-70867728950e", "ada@example.test", "user:ada@example.test",
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
		"page": false, "page[size]": false, "filter[user_id][gte]": false, "items[0][name]": false, "tags[]": false,
		"sort-by": false, "items[].name": false, "items[0].name": false, "form[]-name": false, "a[][b][]": false,
		"filter[ada@example.test]": true, "user[12345]": true, "größe": true, "my secret sentence": true,
		"a/b": true, "@me": true, "a[b": true, "[a]": true, "x[a]b": true, "": true,
		"items[].": true, "items[].5f011a4f10f7846b": true, "a[]": false, "a[]]": true, "a[[b]]": true, "a[.b": true,
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
