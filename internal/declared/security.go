package declared

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"akita/internal/names"
	"akita/internal/witness"
)

// Accepts reports whether the operation is declared to accept calls with some credentials. Credentials
// that it does not require are ignored, because clients send them anyway.
func (o *Operation) Accepts(auths []witness.Auth) bool {
	requirements := o.requirements()
	if len(requirements) == 0 {
		return o.areDeclared(auths)
	}
	return slices.ContainsFunc(requirements, func(r openapi3.SecurityRequirement) bool {
		if len(r) == 0 {
			return o.areDeclared(auths)
		}
		for name := range r {
			scheme := o.document.scheme(name)
			has := func(a witness.Auth) bool { return fits(scheme, a) }
			if scheme != nil && isVisible(scheme) && !slices.ContainsFunc(auths, has) {
				return false
			}
		}
		return true
	})
}

// areDeclared reports whether credentials belong to schemes of the document.
func (o *Operation) areDeclared(auths []witness.Auth) bool {
	for _, a := range auths {
		if !o.document.hasScheme(a) && o.Parameter(a.In, a.Name) == nil {
			return false
		}
	}
	return true
}

// Requires reports whether the operation is declared to refuse calls without credentials.
func (o *Operation) Requires() bool {
	requirements := o.requirements()
	return len(requirements) > 0 &&
		!slices.ContainsFunc(requirements, func(r openapi3.SecurityRequirement) bool { return len(r) == 0 })
}

// HiddenSchemes returns the names of the schemes of the operation whose credentials a witness does not show.
func (o *Operation) HiddenSchemes() (names []string) {
	for _, r := range o.requirements() {
		for name := range r {
			if scheme := o.document.scheme(name); scheme != nil && !isVisible(scheme) {
				names = append(names, name)
			}
		}
	}
	return names
}

// OwnSecurity reports whether the operation has requirements of its own, rather than those of the
// document.
func (o *Operation) OwnSecurity() bool { return o.op.Security != nil }

// Requirements returns the declared requirements: the names of the schemes of each alternative.
func (o *Operation) Requirements() (out [][]string) {
	for _, r := range o.requirements() {
		out = append(out, slices.Sorted(maps.Keys(r)))
	}
	return out
}

func (o *Operation) requirements() openapi3.SecurityRequirements {
	if o.op.Security != nil {
		return *o.op.Security
	}
	return o.document.doc.Security
}

func (d *Document) scheme(name string) *openapi3.SecurityScheme {
	if d.doc.Components == nil || d.doc.Components.SecuritySchemes[name] == nil {
		return nil
	}
	return d.doc.Components.SecuritySchemes[name].Value
}

// Scheme returns the name of the declared scheme that a credential belongs to, "" for none.
func (d *Document) Scheme(a witness.Auth) string {
	if d.doc.Components == nil {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(d.doc.Components.SecuritySchemes)) {
		if s := d.scheme(name); s != nil && fits(s, a) {
			return name
		}
	}
	return ""
}

func (d *Document) hasScheme(a witness.Auth) bool { return d.Scheme(a) != "" }

// IsKey reports whether a parameter is the API key of a declared scheme.
func (d *Document) IsKey(in, name string) bool {
	if d.doc.Components == nil {
		return false
	}
	for _, ref := range d.doc.Components.SecuritySchemes {
		s := ref.Value
		if s != nil && s.Type == "apiKey" && s.In == in && strings.EqualFold(s.Name, name) {
			return true
		}
	}
	return false
}

// isVisible reports whether a witness shows that a call has a credential of a scheme. It does not show
// certificates, and keys whose names it does not recognize.
func isVisible(s *openapi3.SecurityScheme) bool {
	switch s.Type {
	case "mutualTLS":
		return false
	case "apiKey":
		switch s.In {
		case "header":
			return strings.EqualFold(s.Name, "authorization") || names.IsCredentialHeader(s.Name)
		case "query":
			return names.IsCredentialParameter(s.Name)
		case "cookie":
			return names.IsSessionCookie(s.Name)
		}
	}
	return true
}

// fits reports whether a credential is one of a scheme.
func fits(s *openapi3.SecurityScheme, a witness.Auth) bool {
	inAuthorization := a.Type == witness.AuthBasic || a.Type == witness.AuthBearer || a.Type == witness.AuthDigest ||
		strings.EqualFold(a.Name, "authorization") || a.Type == witness.AuthOther && a.In == ""
	switch s.Type {
	case "http":
		switch scheme := strings.ToLower(s.Scheme); scheme {
		case "basic", "bearer", "digest":
			return string(a.Type) == scheme
		default:
			return a.Format == scheme || a.Type == witness.AuthAPIKey && strings.EqualFold(a.Name, "authorization")
		}
	case "oauth2", "openIdConnect":
		return a.Type == witness.AuthBearer || a.Type == witness.AuthOther && inAuthorization
	case "apiKey":
		if s.In == "header" && strings.EqualFold(s.Name, "authorization") {
			return inAuthorization
		}
		return a.In == s.In && strings.EqualFold(a.Name, s.Name)
	}
	return false
}
