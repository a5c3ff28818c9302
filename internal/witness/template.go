package witness

// Template is an OpenAPI path template of a route.
type Template struct {
	Path string
	// Tail reports whether the last parameter stands for any number of segments.
	Tail bool
}

// Templates returns the templates that a route of a framework stands for, in the form in which the calls
// of the route have them: one for each choice of its optional parts, the one without any of them last. It
// returns nil if the route cannot be written as templates; the paths of its calls are inferred then.
func Templates(route string) []Template {
	variants := parseVariants(route)
	templates := make([]Template, len(variants))
	for i, r := range variants {
		templates[i] = Template{Path: r.path, Tail: r.endsWithTail()}
	}
	return templates
}

// endsWithTail reports whether the route ends with a parameter whose values may contain slashes.
func (r route) endsWithTail() bool {
	last := len(r.slashes) - 1
	return last >= 0 && r.slashes[last] && r.parts[len(r.parts)-1] == ""
}
