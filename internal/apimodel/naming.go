package apimodel

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// paramName names a path parameter as a person would, from the word before it and what
// was given for it: /users/17 is {userId}, /reports/2026-01-05 is {date},
// /articles/how-to-bake is {article}.
func paramName(before string, s segment, given *shape.Shape) string {
	name := names.Singular(names.Camel(before))
	if name == "" {
		name = "id"
	}
	all := func(f format.Format) bool {
		return given.Count() > 0 && given.Formats.Of(f) == given.Count()
	}
	switch {
	case s.code != "":
		return s.code
	case all(format.Date):
		return "date"
	case all(format.DateTime), all(format.LocalDateTime), all(format.Time):
		return "time"
	case all(format.Email):
		return "email"
	case s.words || name == "id":
		return name
	}
	return name + "Id"
}
