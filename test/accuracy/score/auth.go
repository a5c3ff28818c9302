package score

import (
	"maps"
	"slices"
	"strings"
)

// auth compares the authentication alternatives.
func (s *scorer) auth(want []string, got *operation) {
	requirements, ok := got.body["security"]
	if !ok {
		requirements = s.root["security"]
	}
	produced := make(map[string]bool)
	for _, r := range asList(requirements) {
		produced[s.alternative(asObject(r))] = true
	}
	implicit := len(produced) == 0
	if implicit {
		produced[""] = true
	}
	for _, alternative := range want {
		s.want(
			Auth,
			produced[alternative],
			"security",
			describe(slices.Sorted(maps.Keys(produced))),
			describe([]string{alternative}),
		)
		delete(produced, alternative)
	}
	if implicit {
		return // a missing operation is counted elsewhere
	}
	for _, alternative := range slices.Sorted(maps.Keys(produced)) {
		s.wrong(Auth, "security", describe([]string{alternative}))
	}
}

func describe(alternatives []string) string {
	var out []string
	for _, a := range alternatives {
		if a == "" {
			a = "none"
		}
		out = append(out, a)
	}
	return strings.Join(out, " or ")
}

// alternative returns a security requirement in the notation of the truth.
func (s *scorer) alternative(requirement object) string {
	schemes := asObject(asObject(s.root["components"])["securitySchemes"])
	seen := make(map[string]bool)
	for name := range requirement {
		scheme := s.resolve(schemes[name])
		switch {
		case scheme["type"] == "apiKey":
			seen["apiKey "+text(scheme["in"])+" "+strings.ToLower(text(scheme["name"]))] = true
		case scheme["type"] == "http" && isRegistered(text(scheme["scheme"])):
			seen[strings.ToLower(text(scheme["scheme"]))] = true
		case scheme["type"] == "http": // another scheme, such as "Token"
			seen["apiKey header authorization"] = true
		case scheme["type"] == "oauth2" || scheme["type"] == "openIdConnect":
			seen["bearer"] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(seen)), " + ")
}

func isRegistered(scheme string) bool {
	switch strings.ToLower(scheme) {
	case "basic", "bearer", "digest":
		return true
	}
	return false
}
