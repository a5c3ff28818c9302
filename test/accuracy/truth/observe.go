package truth

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"akita/test/accuracy/fiction"
	"akita/test/accuracy/traffic"
)

// Observer collects calls.
type Observer struct {
	api        string
	calls      int
	operations map[string]*operation
	values     map[string]map[string]map[string]bool // of parameters that may be words: by path up to them, operation
	canaries   map[string]bool
}

// operation collects the calls of one operation.
type operation struct {
	*fiction.Operation
	accepted, refused *side
	responses         map[string]map[string]*bodies
	returned          map[string]*answers
	samples           []string
	path              map[string]*place
}

// side collects the accepted requests, or the refused ones.
type side struct {
	calls  int
	query  params
	header params
	cookie params
	auth   map[string]bool
	bodies map[string]*bodies
	filled int // with a body
}

// answers collects the headers of one status.
type answers struct {
	calls   int
	headers params
}

type params map[string]*param

type param struct {
	calls int
	place *place
}

// bodies collects the bodies of one media type.
type bodies struct{ place *place } // nil: opaque

// NewObserver returns an observer of the calls of an API.
func NewObserver(api *fiction.API) *Observer {
	return &Observer{
		api:        api.Name,
		operations: make(map[string]*operation),
		values:     make(map[string]map[string]map[string]bool),
		canaries:   make(map[string]bool),
	}
}

func newSide() *side {
	return &side{
		query:  make(params),
		header: make(params),
		cookie: make(params),
		auth:   make(map[string]bool),
		bodies: make(map[string]*bodies),
	}
}

// Observe adds one call.
func (o *Observer) Observe(c *traffic.Call) {
	o.calls++
	o.hide(c)
	if c.Operation == nil {
		return
	}
	key := c.Method + " " + c.Template
	op := o.operations[key]
	if op == nil {
		op = &operation{
			Operation: c.Operation,
			accepted:  newSide(),
			refused:   newSide(),
			responses: make(map[string]map[string]*bodies),
			returned:  make(map[string]*answers),
			path:      make(map[string]*place),
		}
		o.operations[key] = op
	}
	op.observe(c)
	if c.Answer.Status < 400 {
		o.note(key, c)
	}
}

func (op *operation) observe(c *traffic.Call) {
	if u, err := url.Parse(c.URL); err == nil && len(op.samples) < 3 {
		op.samples = append(op.samples, u.EscapedPath())
	}
	s := op.accepted
	if c.Answer.Status >= 400 {
		s = op.refused
	}
	s.observe(c)
	for _, m := range c.Params {
		if op.path[m.Name] == nil {
			op.path[m.Name] = newPlace()
		}
		op.path[m.Name].see(m.Value, nil)
	}
	status := strconv.Itoa(c.Answer.Status)
	if op.responses[status] == nil {
		op.responses[status] = make(map[string]*bodies)
	}
	if c.Response != nil && c.Method != http.MethodHead {
		add(op.responses[status], c.Response)
	}
	if op.returned[status] == nil {
		op.returned[status] = &answers{headers: make(params)}
	}
	op.returned[status].calls++
	op.returned[status].headers.observe(c.Returned)
}

func (s *side) observe(c *traffic.Call) {
	s.calls++
	s.query.observe(c.Query)
	s.header.observe(c.Header)
	s.cookie.observe(c.Cookies)
	s.auth[authOf(c.Login)] = true
	if c.Request != nil && !c.Request.IsEmpty() {
		s.filled++
		add(s.bodies, c.Request)
	}
}

func (p params) observe(members []fiction.Member) {
	for _, m := range members {
		if p[m.Name] == nil {
			p[m.Name] = &param{place: newPlace()}
		}
		p[m.Name].calls++
		p[m.Name].place.see(m.Value, nil)
	}
}

func add(of map[string]*bodies, b *traffic.Body) {
	mediaType, _, _ := strings.Cut(b.Kind.MediaType, ";")
	one := of[mediaType]
	if one == nil {
		one = &bodies{}
		of[mediaType] = one
	}
	values := b.Lines
	if b.Value != nil {
		values = []*fiction.Value{b.Value}
	}
	for _, v := range values {
		if one.place == nil {
			one.place = newPlace()
		}
		one.place.see(v, nil)
	}
}

// authOf returns a set of credentials in the notation of the truth.
func authOf(login fiction.Login) string {
	var parts []string
	for _, c := range login {
		if c.Scheme == "apiKey" {
			parts = append(parts, "apiKey "+c.In+" "+strings.ToLower(c.Name))
		} else {
			parts = append(parts, c.Scheme)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, " + ")
}

// note records the values of path parameters whose form does not show that they are parameters.
func (o *Observer) note(key string, c *traffic.Call) {
	for _, m := range c.Params {
		if form := m.Value.Type.Form; form.ID {
			continue
		}
		prefix, _, _ := strings.Cut(c.Template, "{"+m.Name+"}")
		byOperation := o.values[prefix]
		if byOperation == nil {
			byOperation = make(map[string]map[string]bool)
			o.values[prefix] = byOperation
		}
		if byOperation[key] == nil {
			byOperation[key] = make(map[string]bool)
		}
		byOperation[key][m.Value.Text] = true
	}
}

// literals returns the values of a path parameter of which no operation saw two.
func (o *Observer) literals(template, name string) []string {
	prefix, _, _ := strings.Cut(template, "{"+name+"}")
	all := make(map[string]bool)
	for _, values := range o.values[prefix] {
		if len(values) > 1 {
			return nil
		}
		maps.Copy(all, values)
	}
	return slices.Sorted(maps.Keys(all))
}

// Truth returns what the calls show.
func (o *Observer) Truth() *Truth {
	t := &Truth{API: o.api, Calls: o.calls, Canaries: slices.Sorted(maps.Keys(o.canaries))}
	for _, key := range slices.Sorted(maps.Keys(o.operations)) {
		t.Operations = append(t.Operations, o.truth(o.operations[key]))
	}
	return t
}

func (o *Observer) truth(op *operation) *Operation {
	s := op.accepted
	if s.calls == 0 {
		s = op.refused
	}
	t := &Operation{
		Method: strings.ToLower(op.Method), Template: op.Path, Exists: op.exists(),
		Query: s.query.truth(
			s.calls,
			op.refused.query,
		), Header: s.header.truth(s.calls, op.refused.header), Cookie: s.cookie.truth(s.calls, op.refused.cookie),
		Auth: slices.Sorted(
			maps.Keys(s.auth),
		), Request: nodes(s.bodies), Samples: op.samples,
		Responses: make(map[string]map[string]*Node), Returned: make(map[string][]Param),
	}
	for i, p := range t.Query {
		if slices.Contains(op.Signed, p.Name) {
			t.Query[i].Seen = No
		}
	}
	t.sent(op.accepted.calls)
	for _, f := range op.Transport {
		t.Transport = append(t.Transport, f.Name)
	}
	if len(s.bodies) > 0 && s.filled == s.calls {
		t.Required = Yes
	}
	for status, of := range op.responses {
		t.Responses[status] = nodes(of)
	}
	for status, of := range op.returned {
		if len(of.headers) > 0 {
			t.Returned[status] = of.headers.truth(of.calls, nil)
		}
	}
	for _, answer := range op.Answers {
		t.Plain = append(t.Plain, slices.Sorted(maps.Keys(answer.Headers))...)
	}
	for rest := op.Path; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return t
		}
		name, tail, _ := strings.Cut(after, "}")
		t.Path = append(t.Path, PathParam{name, op.path[name].node(), o.literals(op.Path, name)})
		rest = tail
	}
}

// exists returns Open for operations that never succeeded, and for preflights.
func (op *operation) exists() Claim {
	if op.Preflight {
		return Open
	}
	for status := range op.responses {
		if status != "404" && status != "405" {
			return Yes
		}
	}
	return Open
}

func nodes(of map[string]*bodies) map[string]*Node {
	out := make(map[string]*Node, len(of))
	for mediaType, b := range of {
		out[mediaType] = nil
		switch {
		case b.place == nil:
		case mediaType == "application/x-www-form-urlencoded" || mediaType == "multipart/form-data":
			out[mediaType] = b.place.form()
		default:
			out[mediaType] = b.place.node()
		}
	}
	return out
}

func (p params) truth(calls int, refused params) []Param {
	var out []Param
	for _, name := range slices.Sorted(maps.Keys(p)) {
		one := Param{Name: name, Node: p[name].place.text(), Seen: Yes}
		if p[name].calls == calls {
			one.Required = Yes
		}
		out = append(out, one)
	}
	for _, name := range slices.Sorted(maps.Keys(refused)) {
		if p[name] == nil {
			out = append(out, Param{Name: name, Seen: Open})
		}
	}
	return out
}
