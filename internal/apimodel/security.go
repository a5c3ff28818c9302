package apimodel

import (
	"reflect"
	"strconv"

	"akita/internal/witness"
)

// security writes how an operation's calls authenticated: each combination of
// credentials is an alternative, and calls without any make it optional. It
// names the schemes in w.schemes.
func (w *documentWriter) security(op *operation) []any {
	out := []any{}
	auths := op.auth()
	for _, key := range sortedKeys(auths) {
		if key == "" || key == many {
			continue
		}
		var requirement object
		for _, a := range parseAuthKey(key) {
			if name := w.scheme(a); requirement.get(name) == nil {
				requirement.set(name, []any{})
			}
		}
		out = append(out, requirement)
	}
	if len(out) > 0 && auths[""] > 0 {
		out = append(out, object{})
	}
	return out
}

// scheme names a credential's security scheme, and keeps it for the components.
func (w *documentWriter) scheme(a witness.Auth) string {
	var name string
	var scheme object
	switch a.Type {
	case witness.AuthBasic:
		name, scheme = "basicAuth", object{{"type", "http"}, {"scheme", "basic"}}
	case witness.AuthDigest:
		name, scheme = "digestAuth", object{{"type", "http"}, {"scheme", "digest"}}
	case witness.AuthBearer:
		name, scheme = "bearerAuth", object{{"type", "http"}, {"scheme", "bearer"}}
		if a.Format != "" {
			name += a.Format
			scheme.set("bearerFormat", a.Format)
		}
	case witness.AuthCookie:
		name, scheme = "cookie"+title(a.Name), object{{"type", "apiKey"}, {"in", "cookie"}, {"name", a.Name}}
	default:
		in, header := a.In, a.Name
		if in == "" {
			in, header = "header", "authorization"
		}
		name, scheme = in+title(header), object{{"type", "apiKey"}, {"in", in}, {"name", header}}
	}
	unique := name
	for n := 2; ; n++ {
		if there, taken := w.schemes[unique]; !taken || reflect.DeepEqual(there, scheme) {
			w.schemes[unique] = scheme
			return unique
		}
		unique = name + strconv.Itoa(n)
	}
}
