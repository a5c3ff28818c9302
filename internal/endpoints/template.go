package endpoints

import (
	"strconv"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/names"
	grammar "akita/internal/segment"
	"akita/internal/shape"
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
	form    string // the code around the parameter's values (segment.Form)
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
	for _, form := range sortedKeys(p.params) {
		param := p.params[form]
		param.collect(append(at, segment{param: param, form: form}), yield)
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
	w := pathWriter{at: at, used: make(map[string]bool)}
	fromEnd := 0 // an action is in the segment of what it acts on
	for _, s := range segments {
		if !grammar.IsActionKey(s.literal) {
			fromEnd++
		}
	}
	for _, s := range segments {
		switch {
		case grammar.IsActionKey(s.literal):
			w.path.WriteString(grammar.ActionOf(s.literal))
			continue
		case s.param == nil:
			w.path.WriteByte('/')
			w.literal(s.literal)
		default:
			w.path.WriteByte('/')
			w.values(s, fromEnd)
		}
		fromEnd--
	}
	if w.path.Len() == 0 {
		w.path.WriteByte('/')
	}
	return w.path.String(), w.params
}

// pathWriter writes the path template of a place.
type pathWriter struct {
	path   strings.Builder
	params []pathParam
	used   map[string]bool // names of parameters
	before string          // the last word
	at     *place
}

func (w *pathWriter) literal(text string) {
	w.path.WriteString(escapeBraces(text))
	if text != "" {
		w.before = text
	}
}

// values writes a segment that holds values: its code, and a parameter for each of them.
func (w *pathWriter) values(s segment, fromEnd int) {
	code := grammar.Code(s.form)
	for value := range len(code) - 1 {
		w.path.WriteString(escapeBraces(code[value]))
		key := apimodel.PathArg(fromEnd, value)
		name := w.name(code[value], s.param, w.at.paramShape(key))
		w.path.WriteString("{" + name + "}")
		w.params = append(w.params, pathParam{name, key, s.param})
	}
	w.path.WriteString(escapeBraces(code[len(code)-1]))
}

// name names a parameter behind code; the name is new in the path.
func (w *pathWriter) name(code string, param *place, values *shape.Shape) string {
	var name string
	switch word, isKey := grammar.NameBefore(code); {
	case isKey && names.Camel(word) != "":
		name = names.Camel(word) // the API itself says what it is
	case code == "@", code == "~":
		name = "name" // of a person, or of what a person named
	default:
		if word != "" {
			w.before = word
		}
		name = paramName(w.before, param, values)
	}
	for n := 2; w.used[name]; n++ {
		name = strings.TrimRight(name, "0123456789") + strconv.Itoa(n)
	}
	w.used[name] = true
	return name
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
