package format_test

import (
	"strings"
	"testing"

	"akita/internal/format"
)

func TestIsWord(t *testing.T) {
	t.Parallel()
	const words = `
		users user_profiles api v1 v1.1 1.0 2.0.1 v2beta1 oauth2 s3 2fa well-known set_password getUser
		quick-brown-fox feed.xml Users.json en fr css html rss wp-admin @me orders:cancel a z robots.txt pikachu
		mr-mime userOrders oauth2Callback listByOwner OrderItems webhooksV2 sha256sums`
	for text := range strings.FieldsSeq(words) {
		if !format.IsWord(text) {
			t.Errorf("%q is not a word, want a word", text)
		}
	}
	for _, text := range []string{
		"17", "0f8fad5b-d9cb-469f-a165-70867728950e", "SKU-12345-AB", "cus_9s6XKzkNRiz8i3", "2026-01-05",
		"ada@example.test", "5f011a4f10f7846b266f24fae056cc0d198fad55", "dQw4w9WgXcQ", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
		"ckjq1z9", "Ada Lovelace", "naïve", "x%20y", "", "-", "1.2.3.4", "{id}", "bcdfghjklm",
		"aVeryLongTokenWithoutAnySeparatorInIt", "<script>", "192.168.0.1", "a,b;c", "PROJ-12", "user-42", "room-7",
		"5jIjaEJIXourvu", "V1StGXR8Z", "usr_nbnXEOClascq", "kQbPhxTcZr", "x7fq2mzkwp",
	} {
		if format.IsWord(text) {
			t.Errorf("%q is a word, want not a word", text)
		}
	}
}

func TestVersionDate(t *testing.T) {
	t.Parallel()
	type result struct {
		date    string
		isMonth bool
	}
	for text, want := range map[string]result{
		"2024-01": {"2024-01-01", true}, "2015-03-31": {"2015-03-31", false}, "20160918": {"2016-09-18", false},
		"v2024-01": {"2024-01-01", true}, "2024.01": {"2024-01-01", true}, "V2024.01.15": {"2024-01-15", false},
		"2024-10-01-preview": {"2024-10-01", false}, "2024-01-beta2": {"2024-01-01", true},
		"2024-13": {}, "2024-02-30": {}, "20241301": {}, "1024-01": {}, "2024-1": {}, "2024": {}, "2024-01-": {},
		"2024-01-anna": {}, "2024-01preview": {}, "v2024": {}, "12345678": {}, "": {}, "v": {}, "2024--01": {},
	} {
		date, isMonth := format.VersionDate(text)
		if date != want.date || isMonth != want.isMonth {
			t.Errorf("VersionDate(%q) = %q, %v, want %+v", text, date, isMonth, want)
		}
		if got := format.IsDatedVersion(text); got != (want.date != "") {
			t.Errorf("IsDatedVersion(%q) = %v", text, got)
		}
	}
}
