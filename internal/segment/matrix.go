package segment

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/names"
)

// matrixParam is a parameter behind a semicolon (RFC 3986, section 3.3), which OpenAPI calls matrix
// style: ";color=red".
type matrixParam struct {
	name     string // with the semicolon, and with the equals sign if a value follows
	value    string
	hasValue bool
}

// cutMatrix splits a segment at its semicolons: what stands before the first, and the parameters by
// name, because their order has no meaning. A parameter that carries a session is removed: it is a
// credential. ok is false if something between the semicolons is not a parameter.
func cutMatrix(text string) (base string, params []matrixParam, ok bool) {
	base, rest, more := strings.Cut(text, ";")
	for more {
		var part string
		part, rest, more = strings.Cut(rest, ";")
		name, value, hasValue := strings.Cut(part, "=")
		switch {
		case part == "":
			continue
		case names.IsSessionCookie(name), names.IsCredentialParameter(name):
			continue
		case !isName(name):
			return "", nil, false
		}
		p := matrixParam{name: ";" + name, value: value, hasValue: hasValue && value != ""}
		if hasValue {
			p.name += "="
		}
		params = append(params, p)
	}
	slices.SortStableFunc(params, func(a, b matrixParam) int { return cmp.Compare(a.name, b.name) })
	return base, params, base != "" || len(params) > 0
}
