package endpoints

import (
	"testing"

	"akita/internal/shape"
)

func TestParamName(t *testing.T) {
	t.Parallel()
	ids, words := &place{}, &place{words: 2}
	ids.arg.Ints, words.arg.Strs = 2, 2
	of := func(texts ...string) *shape.Shape {
		sum := new(shape.Shape)
		for _, text := range texts {
			sum.Merge(shape.OfText(text, shape.Options{}))
		}
		return sum
	}
	tests := map[string]struct {
		before string
		param  *place
		values *shape.Shape
		want   string
	}{
		"ids":                 {"users", ids, of("1", "2"), "userId"},
		"words":               {"articles", words, of("a-b"), "article"},
		"nothing before it":   {"", ids, of("1"), "id"},
		"codes":               {"rates", &place{codes: "currency"}, of("EUR"), "currency"},
		"dates":               {"reports", ids, of("2026-01-05"), "date"},
		"not only dates":      {"reports", ids, of("2026-01-05", "7"), "reportId"},
		"times":               {"logs", ids, of("2026-01-05T09:00:00Z"), "time"},
		"e-mail addresses":    {"users", words, of("a@example.com"), "email"},
		"no values were kept": {"users", ids, of(), "userId"},
		"two words before it": {"order_items", ids, of("1"), "orderItemId"},
	}
	for name, test := range tests {
		if got := paramName(test.before, test.param, test.values); got != test.want {
			t.Errorf("%s: the name is %q, want %q", name, got, test.want)
		}
	}
}
