package endpoints_test

import (
	"strings"
	"testing"

	"akita/internal/har"
)

// Each row is what is called, with a letter for how it is answered, and what that is.
func TestActions(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		"p": `{"name":"x","state":"y"}`, "d": `{"done":true,"name":"x"}`, "c": `{"total":1,"by":"x"}`, "l": `{"items":[{"name":"x"}]}`,
	}
	for name, test := range map[string]struct{ calls, want string }{
		"on ids": {
			"p/projects/17 p/projects/18 d/projects/17:undelete d/projects/18:cancel",
			"/projects/{projectId} /projects/{projectId}:cancel /projects/{projectId}:undelete",
		},
		"on words": {
			"p/projects/amber p/projects/birch p/projects/cedar d/projects/amber:undelete d/projects/birch:undelete",
			"/projects/{project} /projects/{project}:undelete",
		},
		"on words and ids": {
			"d/projects/amber:undelete d/projects/17:undelete d/projects/18:undelete", "/projects/{projectId}:undelete",
		},
		"one, on a word": {"d/projects/amber:undelete", "/projects/{project}:undelete"},
		"on a collection": {
			"l/projects:batchGet l/projects:search p/projects/17", "/projects/{projectId} /projects:batchGet /projects:search",
		},
		"two on models": {
			"p/models/gemini-pro:generateContent c/models/gemini-pro:countTokens p/models/gemini-flash:generateContent",
			"/models/{model}:countTokens /models/{model}:generateContent",
		},
		"on a key":      {"d/Products(7):restore d/Products(8):restore", "/Products({productId}):restore"},
		"with a path":   {"p/jobs/17:run/logs p/jobs/18:run/logs", "/jobs/{jobId}:run/logs"},
		"below an item": {"d/shops/17/orders/8:refund", "/shops/{shopId}/orders/{orderId}:refund"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []har.Entry
			for field := range strings.FieldsSeq(test.calls) {
				calls = append(calls, call(field[1:], 200, answers[field[:1]]))
			}
			if got := strings.ReplaceAll(strings.Join(operations(calls), " "), "GET ", ""); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
