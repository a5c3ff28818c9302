package openapi

import (
	"reflect"
	"strconv"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/jsonschema"
	"akita/internal/names"
	"akita/internal/witness"
)

// security writes the credentials that an operation accepts: each combination is an alternative, and
// an empty one makes them optional. It adds the schemes to w.schemes.
func (w *writer) security(e *endpoints.Endpoint) []any {
	out := []any{}
	for _, auths := range e.Requirements() {
		requirement := object{}
		for _, a := range auths {
			if name := w.scheme(a); requirement.Get(name) == nil {
				requirement.Set(name, []any{})
			}
		}
		out = append(out, requirement)
	}
	return out
}

// scheme returns the name of the security scheme of a credential and adds the scheme to w.schemes.
func (w *writer) scheme(a witness.Auth) string {
	name, scheme := securityScheme(a)
	unique := name
	for n := 2; ; n++ {
		if there, taken := w.schemes[unique]; !taken || reflect.DeepEqual(there, scheme) {
			w.schemes[unique] = scheme
			return unique
		}
		unique = name + strconv.Itoa(n)
	}
}

// SecurityScheme returns the Security Scheme Object of a credential, and a name for it.
func SecurityScheme(a witness.Auth) (name string, scheme jsonschema.Object) { return securityScheme(a) }

// securityScheme returns the security scheme of a credential, and a name for it.
func securityScheme(a witness.Auth) (name string, scheme object) {
	switch a.Type {
	case witness.AuthBasic:
		return "basicAuth", object{}.With("type", "http").With("scheme", "basic")
	case witness.AuthDigest:
		return "digestAuth", object{}.With("type", "http").With("scheme", "digest")
	case witness.AuthBearer:
		scheme = object{}.With("type", "http").With("scheme", "bearer")
		if a.Format != "" {
			scheme.Set("bearerFormat", a.Format)
		}
		return "bearerAuth" + a.Format, scheme
	case witness.AuthCookie:
		return "cookie" + names.Title(a.Name), object{}.With("type", "apiKey").With("in", "cookie").With("name", a.Name)
	}
	if a.Type == witness.AuthOther && a.Format != "" && a.Format != witness.Signed {
		return names.Camel(a.Format) + "Auth", object{}.With("type", "http").With("scheme", a.Format)
	}
	in, name := a.In, a.Name
	if in == "" {
		in, name = "header", "authorization"
	}
	scheme = object{}.With("type", "apiKey").With("in", in).With("name", name)
	if a.Type == witness.AuthOther && a.Format == witness.Signed {
		return "signature" + names.Title(in+" "+name), scheme.With("description", "A signature of the request.")
	}
	return in + names.Title(name), scheme
}

// authEvidence counts the accepted and the rejected calls by their credentials.
func authEvidence(op *apimodel.Operation) object {
	type verdict struct{ accepted, rejected uint64 }
	ways := make(map[string]*verdict)
	way := func(key string) *verdict {
		name := authName(key)
		if ways[name] == nil {
			ways[name] = new(verdict)
		}
		return ways[name]
	}
	for key, n := range op.Auth {
		way(key).accepted += n
	}
	for key, n := range op.AuthBad {
		way(key).rejected += n
	}
	out := object{}
	for _, name := range sortedKeys(ways) {
		out.Set(name, object{}.With("accepted", ways[name].accepted).With("rejected", ways[name].rejected))
	}
	return out
}

// authName names the credentials of a call by their security schemes: "basicAuth + cookieSid".
func authName(key string) string {
	switch key {
	case "":
		return endpoints.NoAuth
	case apimodel.Many:
		return "many"
	}
	var names []string
	for _, a := range apimodel.Credentials(key) {
		name, _ := securityScheme(a)
		names = append(names, name)
	}
	return strings.Join(names, " + ")
}
