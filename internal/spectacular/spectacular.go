// Package spectacular writes Python code that makes drf-spectacular
// (https://drf-spectacular.readthedocs.io) describe a Django application as calls show it. It does no I/O.
package spectacular

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"akita/internal/compare"
	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/overlay"
	"akita/internal/report"
)

// Left is a finding that the code does not make vanish.
type Left struct {
	compare.Finding
	Reason string
}

// Patch returns the module that makes findings vanish: it describes the operations with findings as the
// patched document does (overlay.Patch). The module is empty if there is nothing to change.
func Patch(
	d *declared.Document, set *endpoints.Set, findings []compare.Finding,
) (module string, left []Left, err error) {
	o, elsewhere := overlay.Patch(d, set, findings)
	patched, err := o.Apply(d.Text)
	if err != nil {
		return "", nil, err
	}
	before, err := new(overlay.Overlay).Apply(d.Text)
	if err != nil {
		return "", nil, err
	}
	w := newWriter(patched)
	w.sites = sitesOf(d, set, patched)
	for _, f := range elsewhere {
		w.leave(f, overlay.Elsewhere)
	}
	for _, f := range findings {
		isElsewhere := func(o compare.Finding) bool { return o.Compare(&f) == 0 }
		if f.Kind != compare.Unseen && !slices.ContainsFunc(elsewhere, isElsewhere) {
			w.find(d, f)
		}
	}
	w.operations = slices.DeleteFunc(w.operations, func(o *operation) bool { return !o.isChanged })
	return w.module(schemes(before)), w.left, nil
}

func schemes(root object) object { return root.Object("components").Object("securitySchemes") }

// writer writes a module.
type writer struct {
	serializers

	sites      map[view][]site
	operations []*operation
	left       []Left
}

func newWriter(patched object) *writer {
	w := &writer{serializers: serializers{
		document: document{patched}, byRef: make(map[string]*serializer), open: make(map[*serializer]bool),
		names: make(map[string]bool),
	}}
	for name := range patched.Object("components").Object("schemas").All() {
		w.names[name] = true
	}
	return w
}

func (w *writer) leave(f compare.Finding, reason string) { w.left = append(w.left, Left{f, reason}) }

// find adds a finding to its operation.
func (w *writer) find(d *declared.Document, f compare.Finding) {
	c := f.Change
	if f.Subject == compare.Auth && c.Operation != nil && len(c.Auths) > 0 && !c.Operation.Requires() {
		return // it is enough that the document has the scheme
	}
	name := viewName(c.Endpoints)
	v, ok := newView(name, f.Method)
	switch {
	case name == "":
		w.leave(f, "no call names its view: record the calls with akita-django")
		return
	case !ok:
		w.leave(f, "its view "+name+" cannot be imported by name")
		return
	}
	o := w.operation(d, f, v)
	if reason := o.obstacle(f); reason != "" {
		w.leave(f, reason)
		return
	}
	o.isChanged = true
	o.parts = append(o.parts, partsOf(f, o)...)
	if f.Kind == compare.Mismatched {
		o.notes = append(o.notes, f)
	}
}

// operation returns the operation of a finding, with all paths of its view.
func (w *writer) operation(d *declared.Document, f compare.Finding, v view) *operation {
	i := slices.IndexFunc(w.operations, func(o *operation) bool { return o.view == v })
	if i < 0 {
		i = len(w.operations)
		w.operations = append(w.operations, &operation{view: v, sites: w.sites[v]})
	}
	o := w.operations[i]
	path := f.Path
	if f.Subject == compare.Operation && !f.Change.IsPath {
		path, _ = overlay.Template(d, path)
	}
	if !slices.ContainsFunc(o.sites, func(s site) bool { return s.path == path }) {
		// Another view answers most calls of one of its endpoints.
		item := w.root.Object("paths").Object(path)
		own := site{path, item, item.Object(strings.ToLower(f.Method)), f.Subject == compare.Operation}
		o.sites = append(slices.Clone(o.sites), own)
	}
	o.object = w.joined(o.sites)
	o.isNew = slices.ContainsFunc(o.sites, func(s site) bool { return s.isNew })
	return o
}

// obstacle returns why the code of an operation cannot say what a finding asks for; "" if it can.
func (o *operation) obstacle(f compare.Finding) string {
	isDescribed := slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, f.Method)
	hasBody := slices.Contains([]string{"POST", "PUT", "PATCH"}, f.Method)
	switch in, name, _ := strings.Cut(f.At, "."); {
	case !isDescribed:
		return "drf-spectacular does not describe " + f.Method
	case strings.HasPrefix(f.At, "request.body") && !hasBody:
		return "drf-spectacular describes no bodies of " + f.Method
	case in == "path" && !o.isEverywhere(name):
		return "its view " + o.name + " answers other paths too, which have no parameter " + name
	}
	return ""
}

// isEverywhere reports whether all paths of an operation have a parameter.
func (o *operation) isEverywhere(parameter string) bool {
	return !slices.ContainsFunc(o.sites, func(s site) bool { return !strings.Contains(s.path, "{"+parameter+"}") })
}

// partsOf returns the parts of an operation that a finding is about.
func partsOf(f compare.Finding, o *operation) []part {
	status := strconv.Itoa(f.Status)
	if o.object.Object("responses").Get(status) == nil {
		status = status[:1] + "XX"
		if o.object.Object("responses").Get(status) == nil {
			status = "default"
		}
	}
	switch in, name, _ := strings.Cut(f.At, "."); {
	case f.Subject == compare.Operation:
		return nil
	case f.Subject == compare.Auth:
		return []part{authPart}
	case f.Subject == compare.Header:
		return []part{{"header", strings.ToLower(f.Change.Name), status}}
	case f.Subject == compare.Status:
		return []part{responsePart, {"status", "", status}}
	case in == "request":
		return []part{requestPart}
	case in == "response":
		return []part{responsePart}
	default:
		return []part{{in: in, name: name}}
	}
}

const introduction = `"""What calls show of the API, for drf-spectacular. Written by "akita drift --patch django".

Import this module once, when the application is ready:

    class ShopConfig(AppConfig):
        name = "shop"

        def ready(self):
            from . import akita_schema  # noqa: F401

Read it first. Below "Decide:" is what calls did and the schema did not allow. This file
allows it; where the API is wrong, mend the API and delete its description here.
"""

`

// missing lets drf-spectacular see views that it skips.
const missing = `def is_shown(view):
    """Show a view that the schema lacks, and return whether it is one of REST framework."""
    cls = getattr(view, "cls", view)
    if not (isinstance(cls, type) and issubclass(cls, APIView)):
        warnings.warn(f"drf-spectacular cannot describe {view!r}", stacklevel=2)
        return False
    cls.schema = cls.schema or AutoSchema()
    return True


`

// mapped lets drf-spectacular find methods that actions of view sets map, as "@food.mapping.post" does.
const mapped = `def show_mapped(view):
    """Let drf-spectacular find methods that actions of a view set map to others."""
    for action in view.get_extra_actions():
        for name in set(action.mapping.values()) - {action.__name__}:
            method = getattr(view, name)
            method.mapping = {}
            extend_schema()(method)


`

// decorated is a view with the operations that it answers.
type decorated struct {
	view

	operations []*operation
}

// isMissing reports whether the schema may lack the whole view.
func (d *decorated) isMissing() bool {
	return !slices.ContainsFunc(d.operations, func(o *operation) bool { return !o.isNew })
}

// hasActions reports whether the view is a view set with actions of its own.
func (d *decorated) hasActions() bool {
	return slices.ContainsFunc(d.operations, func(o *operation) bool { return o.isAction() })
}

// byView groups the operations.
func (w *writer) byView() (out []*decorated) {
	at := make(map[[2]string]*decorated)
	for _, o := range w.operations {
		key := [2]string{o.module, o.name}
		if at[key] == nil {
			at[key] = &decorated{view: o.view}
			out = append(out, at[key])
		}
		at[key].operations = append(at[key].operations, o)
	}
	return out
}

// module returns the text of the module.
func (w *writer) module(before object) string {
	views := w.views()
	isMissing := slices.ContainsFunc(w.byView(), (*decorated).isMissing)
	var code strings.Builder
	w.writeSchemes(&code, before)
	if isMissing {
		code.WriteString(missing)
	}
	if slices.ContainsFunc(w.byView(), (*decorated).hasActions) {
		code.WriteString(mapped)
	}
	for _, c := range w.classes {
		c.write(&code)
		code.WriteString("\n\n")
	}
	code.WriteString(views)
	text := strings.TrimRight(code.String(), "\n")
	if text != "" {
		imports := w.imports(text)
		if isMissing {
			imports = "import warnings\n\n" + imports
		}
		gap := "\n"
		if strings.HasPrefix(text, "@") || strings.HasPrefix(text, "class ") || strings.HasPrefix(text, "def ") {
			gap = "\n\n"
		}
		text = imports + gap + text + "\n"
	}
	if len(w.left) > 0 {
		text += w.unsaid(text != "")
	}
	if text == "" {
		return ""
	}
	return introduction + text
}

// views returns the code that describes the views.
func (w *writer) views() string {
	var b strings.Builder
	for _, d := range w.byView() {
		name, indent := w.alias(d.view), 0
		if d.isMissing() {
			indent = 4
			b.WriteString("if is_shown(" + name + "):\n")
		}
		if d.hasActions() {
			call("show_mapped", atom(name)).write(&b, indent, "", "")
		}
		w.decorators(d).write(&b, indent, "", "("+name+")")
	}
	return b.String()
}

// decorators returns the extend_schema_view of a view. One handler may answer several methods.
func (w *writer) decorators(d *decorated) expr {
	e := call("extend_schema_view")
	for _, o := range d.operations {
		one := item{before: o.handler + "=", value: w.decorator(o), comments: o.comments()}
		i := slices.IndexFunc(e.items, func(it item) bool { return it.before == one.before })
		if i < 0 {
			e.items = append(e.items, one)
			continue
		}
		one.before = ""
		if e.items[i].value.open != "[" {
			e.items[i].value = list(e.items[i].value)
			e.items[i].value.items[0].comments, e.items[i].comments = e.items[i].comments, nil
		}
		e.items[i].value.items = append(e.items[i].value.items, one)
	}
	return e
}

// writeSchemes adds the security schemes that the document lacked.
func (w *writer) writeSchemes(b *strings.Builder, before object) {
	for name, scheme := range schemes(w.root).All() {
		if before.Get(name) == nil {
			call(`spectacular_settings.APPEND_COMPONENTS.setdefault("securitySchemes", {}).update`,
				literal(object{}.With(name, scheme))).write(b, 0, "", "")
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n\n")
	}
}

// unsaid returns comments about the findings that the module leaves.
func (w *writer) unsaid(isBelow bool) string {
	var b strings.Builder
	if isBelow {
		b.WriteString("\n")
	}
	comment(&b, 0, "This file leaves what follows as it is:")
	for _, l := range w.left {
		comment(&b, 0, fmt.Sprintf("- %s %s: %s: %s", l.Method, l.Path, report.Clause(l.Finding), l.Reason))
	}
	return b.String()
}

// alias returns the name of a view in the module.
func (w *writer) alias(v view) string {
	isOurs := slices.ContainsFunc(ours, func(o imported) bool { return slices.Contains(o.names, v.name) })
	for _, o := range w.operations {
		if isOurs || o.name == v.name && o.module != v.module {
			return strings.ReplaceAll(v.module, ".", "_") + "_" + v.name
		}
	}
	return v.name
}

// imported are names of a module.
type imported struct {
	module string
	names  []string
}

// ours are the names that the code itself uses.
var ours = []imported{
	{"drf_spectacular.extensions", []string{"OpenApiSerializerExtension"}},
	{"drf_spectacular.openapi", []string{"AutoSchema"}},
	{"drf_spectacular.settings", []string{"spectacular_settings"}},
	{"drf_spectacular.types", []string{"OpenApiTypes"}},
	{"drf_spectacular.utils", []string{
		"OpenApiParameter", "OpenApiResponse", "PolymorphicProxySerializer", "extend_schema", "extend_schema_field",
		"extend_schema_serializer",
		"extend_schema_view",
	}},
	{"rest_framework", []string{"serializers"}},
	{"rest_framework.views", []string{"APIView"}},
}

// imports returns the imports that code needs, in the order of isort: what the code itself uses is with what
// comes from the same packages, and before the modules of the application.
func (w *writer) imports(code string) string {
	libraries, application := make(map[string][]string), make(map[string][]string)
	for _, from := range ours {
		for _, name := range from.names {
			if uses(code, name) {
				libraries[from.module] = append(libraries[from.module], name)
			}
		}
	}
	for _, o := range w.operations {
		of := application
		if isLibrary(o.module) {
			of = libraries
		}
		name := o.name
		if alias := w.alias(o.view); alias != name {
			name += " as " + alias
		}
		if !slices.Contains(of[o.module], name) {
			of[o.module] = append(of[o.module], name)
		}
	}
	var b strings.Builder
	importAll(&b, libraries)
	if len(libraries) > 0 && len(application) > 0 {
		b.WriteString("\n")
	}
	importAll(&b, application)
	return b.String()
}

// isLibrary reports whether a module is of a package that the code itself uses.
func isLibrary(module string) bool {
	top, _, _ := strings.Cut(module, ".")
	return slices.ContainsFunc(ours, func(o imported) bool {
		return o.module == top || strings.HasPrefix(o.module, top+".")
	})
}

// importAll imports names by module. A name with another one has a statement of its own.
func importAll(b *strings.Builder, modules map[string][]string) {
	for _, module := range slices.Sorted(maps.Keys(modules)) {
		var plain, renamed []string
		for _, name := range modules[module] {
			if strings.Contains(name, " as ") {
				renamed = append(renamed, name)
			} else {
				plain = append(plain, name)
			}
		}
		slices.SortFunc(plain, inOrder)
		importFrom(b, module, plain)
		for _, name := range slices.Sorted(slices.Values(renamed)) {
			importFrom(b, module, []string{name})
		}
	}
}

// inOrder compares names as isort does: constants, classes, and others.
func inOrder(x, y string) int {
	return cmp.Or(cmp.Compare(kind(x), kind(y)), strings.Compare(x, y))
}

// kind returns where isort has a name among those of a module.
func kind(name string) int {
	switch {
	case len(name) > 1 && name == strings.ToUpper(name):
		return 0
	case name[0] >= 'A' && name[0] <= 'Z':
		return 1
	}
	return 2
}

// uses reports whether code calls a name, or has a member of it.
func uses(code, name string) bool {
	return slices.ContainsFunc([]string{name + "(", name + ".", "(" + name + ")", name + ")"}, func(use string) bool {
		return strings.Contains(code, use)
	})
}

func importFrom(b *strings.Builder, module string, names []string) {
	if len(names) == 0 {
		return
	}
	e := expr{open: "(", end: ")"}
	for _, name := range names {
		e.items = append(e.items, item{value: atom(name)})
	}
	one := "from " + module + " import " + strings.Join(names, ", ")
	if len(one) <= maxLine {
		b.WriteString(one + "\n")
		return
	}
	e.write(b, 0, "from "+module+" import ", "")
}
