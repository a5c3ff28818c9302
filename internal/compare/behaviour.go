package compare

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/declared"
	"akita/internal/facts"
	"akita/internal/jsonschema"
	"akita/internal/names"
	"akita/internal/shape"
)

// behaviour is a fact of an operation that a test can show.
type behaviour struct {
	Fact

	seen   Seen
	key    facts.Key // of those who showed it
	within Fact      // without which it cannot be; the zero Fact for an operation
}

// exercised is what the calls of one side show of an operation that tests can show too.
type exercised struct {
	key       operationKey
	observed  *observed
	operation *declared.Operation // nil if no document declares it
	of        map[Fact]*behaviour
}

// exercise returns the behaviours of an operation.
func exercise(key operationKey, o *observed, op *declared.Operation) *exercised {
	x := &exercised{key: key, observed: o, operation: op, of: make(map[Fact]*behaviour)}
	x.add(x.root(), Fact{}, facts.Key{Kind: facts.Operation})
	for _, name := range parametersOf(key.path) {
		x.add(x.fact(Fact{Subject: Parameter, At: "path." + name}), x.root(), facts.Key{Kind: facts.Accepted})
	}
	for _, k := range o.keys(facts.Status) {
		x.status(k)
	}
	for _, kind := range []facts.Kind{facts.Parameter, facts.MediaType, facts.File, facts.Field} {
		for _, k := range o.keys(kind) {
			x.sent(k)
		}
	}
	x.auth()
	return x
}

func (x *exercised) root() Fact { return x.fact(Fact{Subject: Operation}) }

// fact adds the operation to a fact.
func (x *exercised) fact(f Fact) Fact {
	f.Method, f.Path = x.key.method, x.key.path
	return f
}

// at returns the fact of a key. A parameter has the name that the document gives it.
func (x *exercised) at(subject Subject, k facts.Key) Fact {
	if k.Kind == facts.Parameter && x.operation != nil {
		if p := x.operation.Parameter(k.In, k.Path); p != nil {
			k.Path = p.Name
		}
	}
	if k.Kind == facts.File {
		k.Kind = facts.Field
	}
	f := factAt(x.key.path, k)
	f.Subject = subject
	return x.fact(f)
}

// add adds the behaviour that a key is about. If it is known, it adds the evidence: the same field may be in
// bodies of several media types.
func (x *exercised) add(f, within Fact, k facts.Key) {
	seen := x.observed.seen(k)
	if b := x.of[f]; b != nil {
		b.seen.For, b.seen.Of = b.seen.For+seen.For, b.seen.Of+seen.Of
		return
	}
	x.of[f] = &behaviour{f, seen, k, within}
}

// status adds a status that the application chose.
func (x *exercised) status(k facts.Key) {
	status, err := strconv.Atoi(k.Value)
	isDeclared := x.operation != nil && slices.Contains(x.operation.Statuses(), status)
	if err != nil || isOthers(status) && !isDeclared {
		return
	}
	x.add(x.at(Status, k), x.root(), k)
}

// isOthers reports whether a status is that of a gateway, of a cache of the client, or of an operation that
// does not exist.
func isOthers(status int) bool {
	switch status {
	case 304, 405, 501, 502, 503, 504:
		return true
	}
	return status >= 520
}

// sent adds what a key says of a request, or of an answer that is not an error: errors are often written by
// servers and gateways before the application.
func (x *exercised) sent(k facts.Key) {
	status, err := strconv.Atoi(k.In)
	isAnswer := err == nil
	if isAnswer && status >= 400 {
		return
	}
	switch k.Kind {
	case facts.Parameter:
		isDeclared := x.operation != nil && x.operation.Parameter(k.In, k.Path) != nil
		if k.In == "cookie" && !isDeclared {
			return // clients send all cookies of a site
		}
		x.add(x.at(Parameter, k), x.root(), k)
	case facts.MediaType:
		if k.Value == "" || k.Value == apimodel.Many {
			return
		}
		within := x.root()
		if isAnswer {
			within = x.fact(Fact{Subject: Status, Status: status, At: "response", Value: k.In})
		}
		x.add(x.at(MediaType, k), within, k)
	case facts.File, facts.Field:
		x.add(x.at(fieldSubject(k), k), x.above(k), k)
	}
}

// above returns the nearest field around a field, or else the media type of the body.
func (x *exercised) above(k facts.Key) Fact {
	for at := k; ; {
		at = at.Parent().At()
		if at.Kind == facts.Field {
			return x.at(fieldSubject(at), at)
		}
		if at.Kind != facts.Items && at.Kind != facts.Entries {
			return x.at(MediaType, facts.Key{Kind: facts.MediaType, In: k.In, Value: k.MediaType})
		}
	}
}

// auth adds the credentials of accepted calls. What a public operation is sent does not matter: clients
// send their credentials with every call.
func (x *exercised) auth() {
	of := x.observed.count(facts.Key{Kind: facts.Accepted})
	for key, n := range x.observed.credentials {
		if key == apimodel.Many {
			continue
		}
		for name, kind := range credentialsOf(key) {
			f := x.fact(Fact{Subject: Auth, At: "request.auth", Value: name})
			b := x.of[f]
			if b == nil {
				b = &behaviour{Fact: f, key: facts.Key{Kind: facts.Auth, Value: kind}, within: x.root()}
				b.seen = Seen{Of: of, First: x.observed.first, Last: x.observed.last}
				x.of[f] = b
			}
			b.seen.For += n
		}
	}
}

// credentialsOf returns the types of the credentials of a key by name, "none" for none. A cookie beside
// others is that of a browser, which sends it along.
func credentialsOf(key string) map[string]string {
	auths := apimodel.Credentials(key)
	if len(auths) == 0 {
		return map[string]string{noCredentials: noCredentials}
	}
	out := make(map[string]string)
	for i, a := range auths {
		if a.In != "cookie" {
			out[nameOf(auths[i:i+1])] = string(a.Type)
		}
	}
	if len(out) == 0 {
		out[nameOf(auths)] = string(auths[0].Type)
	}
	return out
}

const noCredentials = "none"

// parametersOf lists the parameters of a path template.
func parametersOf(path string) (out []string) {
	for {
		_, after, ok := strings.Cut(path, "{")
		if !ok {
			return out
		}
		name, rest, _ := strings.Cut(after, "}")
		out, path = append(out, name), rest
	}
}

// choice is a place whose values are members of an enum.
type choice struct {
	key     facts.Key
	within  Fact
	members []string // that the place had
}

// choices returns the places of an operation whose values are members of an enum, as its calls show it or
// the document declares it.
func (x *exercised) choices(isSlug func(string) bool) []choice {
	c := chooser{exercised: x, found: make(map[Fact]*choice)}
	calls := apimodel.NewOperation()
	for _, op := range x.observed.operations {
		calls.Merge(op)
	}
	subject := jsonschema.Subject{Name: names.Resource(x.key.path), Secret: names.IsSecret(x.key.path)}
	c.writer = jsonschema.NewWriter(jsonschema.Config{IsSlug: isSlug}, subject)
	for in, params := range map[string]*apimodel.Params{
		"query": &calls.Accepted.Query, "header": &calls.Accepted.Headers,
	} {
		for name, p := range params.ByName {
			c.walk(facts.Key{Kind: facts.Parameter, In: in, Path: name}, name, p.Shape, 0)
		}
	}
	c.bodies(facts.Request, calls.Accepted.Bodies)
	for status, r := range calls.Responses {
		if status < 400 {
			c.bodies(strconv.Itoa(status), r.Bodies)
		}
	}
	out := make([]choice, 0, len(c.found))
	for _, one := range c.found {
		out = append(out, *one)
	}
	slices.SortFunc(out, func(a, b choice) int { return cmp.Compare(a.within.At, b.within.At) })
	return out
}

// chooser finds choices.
type chooser struct {
	*exercised

	writer jsonschema.Writer
	found  map[Fact]*choice
}

func (c *chooser) bodies(in string, of map[string]*apimodel.Body) {
	for mediaType, b := range of {
		if mediaType != "" && mediaType != apimodel.Many {
			c.walk(facts.Key{In: in, MediaType: mediaType}, "", b.Shape, maxChoiceDepth)
		}
	}
}

// maxChoiceDepth bounds the levels of a body in which choices are found.
const maxChoiceDepth = 8

// walk finds the choices at and below a place. name is that of the field or the parameter.
func (c *chooser) walk(k facts.Key, name string, s *shape.Shape, depth int) {
	if s == nil {
		return
	}
	if members := c.members(k, name, s); len(members) > 0 {
		within := c.placeOf(k)
		if c.found[within] == nil {
			c.found[within] = &choice{key: k, within: within, members: members}
		}
	}
	if depth == 0 {
		return
	}
	if s.Items != nil {
		c.walk(k.Elements(), name, s.Items, depth-1)
	}
	if s.Object != nil {
		for _, f := range s.Object.Fields {
			c.walk(k.Below(f.Name), f.Name, f.Shape, depth-1)
		}
	}
}

// placeOf returns the field, the parameter or the body that holds the values of k.
func (c *chooser) placeOf(k facts.Key) Fact {
	at := k.At()
	if at.Kind == facts.Parameter {
		return c.at(Parameter, at)
	}
	if at.Kind == facts.Field {
		return c.at(fieldSubject(at), at)
	}
	return c.above(at)
}

// members returns the members that values at a place had: those of a declared enum, or of one that the
// values show.
func (c *chooser) members(k facts.Key, name string, s *shape.Shape) (out []string) {
	if s.Enum == nil || s.Enum.Many || names.IsPrivate(name) {
		return nil
	}
	if k.Kind == facts.Parameter && c.operation != nil {
		if p := c.operation.Parameter(k.In, k.Path); p != nil && p.Schema != nil {
			if declared, ok := p.Schema.Enum(); ok {
				for _, m := range s.Enum.Members {
					if slices.Contains(declared, m.Text) {
						out = append(out, m.Text)
					}
				}
				return out
			}
		}
	}
	for _, m := range c.writer.Members(name, s) {
		out = append(out, m.Text)
	}
	return out
}

// at returns the key of the values of a choice.
func (c choice) at(kind facts.Kind, value string) facts.Key { return c.key.With(kind, value) }

// members returns the members that calls had at the place of a choice. areAll is false if there may be
// others: a server does not have the values of strings, and of many different ones none is listed.
func (x *exercised) members(c choice) (members []string, areAll bool) {
	for _, k := range x.observed.keys(facts.Member) {
		if k.With(facts.Type, "") == c.at(facts.Type, "") {
			members = append(members, k.Value)
		}
	}
	texts := x.observed.count(c.at(facts.Type, "string")) - x.observed.count(c.at(facts.Empty, ""))
	return members, x.observed.count(c.at(facts.Unlisted, "")) == 0 && (texts == 0 || members != nil)
}

// addMembers adds members that calls had at the place of a choice.
func (x *exercised) addMembers(c choice, members []string) {
	for _, m := range members {
		f := c.within
		f.Subject, f.Value = Enum, m
		x.add(f, c.within, c.at(facts.Member, m))
	}
}

// unmask replaces media types that a daemon has cut to their first half ("text/*") by those of other
// in the same place, if it has some.
func (x *exercised) unmask(other *exercised) {
	for f, b := range x.of {
		kind, isMasked := strings.CutSuffix(f.Value, "*")
		if f.Subject != MediaType || !isMasked {
			continue
		}
		for g := range other.of {
			name, value := g, g.Value
			name.Value = f.Value
			if name == f && !strings.HasSuffix(value, "*") && (kind == "*/" || strings.HasPrefix(value, kind)) {
				delete(x.of, f)
				x.add(g, b.within, b.key)
			}
		}
	}
}
