package traffic

import (
	"regexp"
	"strings"

	"akita/test/accuracy/fiction"
)

// newRoute returns the route of a call as its framework writes it.
func newRoute(style fiction.RouteStyle, c *Call) akita {
	if c.Template == "" {
		return akita{}
	}
	switch style {
	case fiction.DjangoPath:
		a := akita{Converters: make(map[string]string)}
		a.Route = rewrite(strings.TrimPrefix(c.Template, "/"), func(name string) string {
			a.Converters[name] = converter(c, name)
			return "<" + a.Converters[name] + ":" + name + ">"
		}, func(literal string) string { return literal })
		return a
	case fiction.DjangoPattern:
		return akita{Route: "^" + rewrite(strings.TrimPrefix(c.Template, "/"), func(name string) string {
			return "(?P<" + name + ">[^/]+)"
		}, regexp.QuoteMeta) + "$"}
	}
	return akita{Route: c.Template}
}

// converter returns Django's path converter for a parameter.
func converter(c *Call, name string) string {
	for _, p := range c.Params {
		if p.Name != name {
			continue
		}
		switch {
		case p.Value.Kind == fiction.Integer:
			return "int"
		case len(p.Value.Type.Form.Names) > 0 && p.Value.Type.Form.Names[0] == "uuid":
			return "uuid"
		}
	}
	return "str"
}

// rewrite writes a template in another notation.
func rewrite(template string, param, literal func(string) string) string {
	var b strings.Builder
	for rest := template; ; {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(literal(before))
		if !ok {
			return b.String()
		}
		name, tail, _ := strings.Cut(after, "}")
		b.WriteString(param(name))
		rest = tail
	}
}
