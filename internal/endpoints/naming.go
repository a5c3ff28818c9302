package endpoints

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// paramName names a path parameter after the word before it and its values: /users/17 has {userId},
// /reports/2026-01-05 has {date}, and /articles/how-to-bake has {article}.
func paramName(before string, param *place, values *shape.Shape) string {
	name := names.Singular(names.Camel(before))
	if name == "" {
		name = "id"
	}
	all := func(f format.Format) bool {
		return values.Count() > 0 && values.Formats.Of(f) == values.Count()
	}
	switch {
	case param.codes != "":
		return param.codes
	case all(format.Date):
		return "date"
	case all(format.DateTime), all(format.LocalDateTime), all(format.Time):
		return "time"
	case all(format.Email):
		return "email"
	case param.holdsWords() || name == "id":
		return name
	}
	return name + "Id"
}

// holdsWords reports whether most values of a parameter are words.
func (p *place) holdsWords() bool { return p.words*2 > p.arg.Count() }
