package endpoints

import (
	"strconv"
	"strings"

	"akita/internal/apimodel"
)

// Anonymous returns a path template without the names of its parameters.
func Anonymous(path string) string {
	var b strings.Builder
	for rest := path; rest != ""; {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		b.WriteString("{}")
		_, rest, _ = strings.Cut(after, "}")
	}
	return b.String()
}

// parameterNames lists the parameters of a path template in its order.
func parameterNames(path string) []string {
	var names []string
	for {
		_, after, ok := strings.Cut(path, "{")
		if !ok {
			return names
		}
		name, rest, _ := strings.Cut(after, "}")
		names, path = append(names, name), rest
	}
}

// segment is a segment of an inferred path: a literal, or a parameter.
type segment struct {
	literal string
	param   *place // nil for a literal
	suffix  string // what follows the parameter
}

// collect calls yield for each place at and below p where something was called.
func (p *place) collect(at []segment, yield func([]segment, *place)) {
	if len(p.ops) > 0 {
		yield(at, p)
	}
	at = at[:len(at):len(at)]
	for _, text := range sortedKeys(p.literals) {
		p.literals[text].collect(append(at, segment{literal: text}), yield)
	}
	for _, suffix := range sortedKeys(p.params) {
		param := p.params[suffix]
		param.collect(append(at, segment{param: param, suffix: suffix}), yield)
	}
}

// pathParam is a parameter of an inferred path.
type pathParam struct {
	name string
	key  string // of its values in apimodel.Request.Args
	at   *place
}

// writePath writes the path template of a place, with a name for each parameter.
func writePath(segments []segment, at *place) (string, []pathParam) {
	var path strings.Builder
	var params []pathParam
	used := make(map[string]bool)
	before := ""
	for i, s := range segments {
		path.WriteByte('/')
		if s.param == nil {
			path.WriteString(escapeBraces(s.literal))
			if s.literal != "" {
				before = s.literal
			}
			continue
		}
		key := apimodel.PathArg(len(segments) - i)
		name := paramName(before, s.param, at.paramShape(key))
		for n := 2; used[name]; n++ {
			name = strings.TrimRight(name, "0123456789") + strconv.Itoa(n)
		}
		used[name] = true
		path.WriteString("{" + name + "}" + s.suffix)
		params = append(params, pathParam{name, key, s.param})
	}
	if path.Len() == 0 {
		path.WriteByte('/')
	}
	return path.String(), params
}

// escapeBraces keeps a literal from reading as a parameter.
func escapeBraces(literal string) string {
	if !strings.ContainsAny(literal, "{}") {
		return literal
	}
	return strings.NewReplacer("{", "%7B", "}", "%7D").Replace(literal)
}

// routeArguments are the parameters of a known route's template.
func routeArguments(template string, op *apimodel.Operation) []argument {
	var arguments []argument
	for _, name := range parameterNames(template) {
		arguments = append(arguments, routeArgument(name, op))
	}
	return arguments
}

// pathArguments are the parameters of an inferred path.
func pathArguments(params []pathParam, op *apimodel.Operation) []argument {
	var arguments []argument
	for _, p := range params {
		arguments = append(arguments, pathArgument(p, op))
	}
	return arguments
}
