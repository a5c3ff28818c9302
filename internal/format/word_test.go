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
