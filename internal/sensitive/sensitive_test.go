package sensitive_test

import (
	"testing"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/sensitive"
	"akita/internal/shape"
)

func texts(n uint64, formats ...shape.FormatCount) *shape.Shape {
	return &shape.Shape{Strs: n, Formats: formats}
}

func TestOf(t *testing.T) {
	t.Parallel()
	count := func(f format.Format, n uint64) shape.FormatCount { return shape.FormatCount{Format: f, Count: n} }
	tests := map[string]struct {
		name, above string
		of          *shape.Shape
		want        sensitive.Data
	}{
		"a name": {name: "password", of: texts(3), want: sensitive.Data{
			Kind: names.Password, By: sensitive.ByName, Seen: 3, IsCertain: true,
		}},
		"a name and digits only": {name: "pin", of: &shape.Shape{Ints: 2}, want: sensitive.Data{
			Kind: names.Password, By: sensitive.ByName, Seen: 2, IsCertain: true,
		}},
		"a name above": {name: "number", above: "card", of: texts(1), want: sensitive.Data{
			Kind: names.Financial, By: sensitive.ByName, Seen: 1, IsCertain: true,
		}},
		"a format": {name: "who", of: texts(4, count(format.Email, 4)), want: sensitive.Data{
			Kind: names.Contact, By: sensitive.ByFormat, Format: format.Email, Seen: 4, IsCertain: true,
		}},
		"a format of some": {name: "login", of: texts(20, count(format.Email, 1)), want: sensitive.Data{
			Kind: names.Contact, By: sensitive.ByFormat, Format: format.Email, Seen: 1, IsCertain: true,
		}},
		"both": {name: "email", of: texts(4, count(format.Email, 3)), want: sensitive.Data{
			Kind: names.Contact, By: sensitive.ByBoth, Format: format.Email, Seen: 4, IsCertain: true,
		}},
		"a vague name and a format": {name: "address", of: texts(4, count(format.IPv6, 4)), want: sensitive.Data{
			Kind: names.Network, By: sensitive.ByFormat, Format: format.IPv6, Seen: 4, IsCertain: true,
		}},
		"a grave name and a format": {name: "token", of: texts(4, count(format.Email, 4)), want: sensitive.Data{
			Kind: names.Token, By: sensitive.ByName, Seen: 4, IsCertain: true,
		}},
		"digits that may be those of cards": {name: "ref", of: texts(12, count(format.CardNumber, 12)), want: sensitive.Data{
			Kind: names.Financial, By: sensitive.ByFormat, Format: format.CardNumber, Seen: 12,
		}},
		"digits of cards by their name": {name: "pan", of: texts(1, count(format.CardNumber, 1)), want: sensitive.Data{
			Kind: names.Financial, By: sensitive.ByFormat, Format: format.CardNumber, Seen: 1, IsCertain: true,
		}},
		"digits of a telephone by their name": {name: "mobile", of: texts(2, count(format.LocalPhone, 1)), want: sensitive.Data{
			Kind: names.Contact, By: sensitive.ByFormat, Format: format.LocalPhone, Seen: 1, IsCertain: true,
		}},

		"free text":             {name: "note", of: texts(100, count(format.Email, 1))},
		"few digits":            {name: "ref", of: texts(3, count(format.CardNumber, 3))},
		"other digits":          {name: "ref", of: texts(100, count(format.CardNumber, 11))},
		"a version":             {name: "version", of: texts(4, count(format.IPv4, 4))},
		"digits of an order":    {name: "order", of: texts(4, count(format.LocalPhone, 4))},
		"a boolean":             {name: "password", of: &shape.Shape{Bools: 3}},
		"nothing but null":      {name: "password", of: &shape.Shape{Nulls: 3}},
		"nothing but empty":     {name: "email", of: &shape.Shape{Strs: 3, Empties: 3}},
		"a count":               {name: "tokens", of: &shape.Shape{Ints: 3}},
		"an object":             {name: "address", of: &shape.Shape{Objs: 3}},
		"values that were kept": {name: "email", of: &shape.Shape{Opaques: 3}},
		"another format":        {name: "id", of: texts(4, count(format.UUID, 4))},
		"nothing":               {name: "email"},
	}
	for name, test := range tests {
		got, ok := sensitive.Of(test.name, test.above, test.of)
		if got != test.want || ok != (test.want.Kind != "") {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, ok, test.want)
		}
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	if sensitive.Rank(names.Password) != 0 || sensitive.Rank(names.Token) >= sensitive.Rank(names.Network) {
		t.Error("kinds are not ordered by how grave they are")
	}
}
