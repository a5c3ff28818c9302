package witness

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/har"
	"akita/internal/jsonscan"
	"akita/internal/names"
	"akita/internal/shape"
)

// Action is what a call asks for by name where many actions share one URL: an operation of GraphQL
// or a method of JSON-RPC. A body has one, or, as a batch, several.
type Action struct {
	Protocol Protocol
	// Name is that of the operation or method; "" if it has none, or if its name may be data.
	Name string
	// Fields reports whether Name is of the fields of the root that an operation without a name
	// selects, joined by ".".
	Fields bool
	// Type is what a GraphQL operation is, "query", "mutation" or "subscription"; "" if unknown.
	Type string
	// Failed reports whether a response is an error in the place of a result. Errors look the same
	// for all actions, so that they have no Name.
	Failed bool
	Count  uint64       // how many in the body are of this action
	Shape  *shape.Shape // the sum of these; nil if the body is not a batch: it is that of the body
}

// Protocol is a protocol whose actions share one URL.
type Protocol string

// The protocols that are known.
const (
	GraphQL Protocol = "graphql"
	JSONRPC Protocol = "jsonrpc" // 1.0, 1.1 and 2.0
)

// compare orders actions of different kinds.
func (a Action) compare(b Action) int {
	order := func(of Action) int {
		switch {
		case of.Failed:
			return 2
		case of.Fields:
			return 1
		}
		return 0
	}
	return cmp.Or(
		strings.Compare(string(a.Protocol), string(b.Protocol)), strings.Compare(a.Name, b.Name),
		cmp.Compare(order(a), order(b)), strings.Compare(a.Type, b.Type),
	)
}

// graphqlText is the media type of a body that is a GraphQL document.
const graphqlText = "application/graphql"

// maxBatch bounds the requests of a batch. A larger one is read as a list.
const maxBatch = 1000

// addActions says which actions the bodies of a call are of. sent and answered are the JSON texts
// that the bodies hold, "" for others.
func (w *Witness) addActions(e *har.Entry, query []har.Pair, sent, answered string, o Options) {
	so := shape.Options{Enums: o.Enums, Arena: o.Arena}
	requests, isBatch := requestsOf(w.Request, e.Request.Body, sent, query)
	if len(requests) == 0 {
		return
	}
	if w.Request != nil && w.Request.Shape != nil && !names.IsForm(w.Request.MediaType) {
		w.Request.setActions(requests, isBatch, so)
	}
	if w.Response == nil || w.Response.Shape == nil || w.Response.Cut {
		return
	}
	switch {
	case !isBatch:
		answer := requests[0]
		answer.answer(answered)
		w.Response.setActions([]message{answer}, false, so)
	case answered != "" && w.Response.Shape.Arrs == 1:
		w.Response.setActions(answersTo(requests, answered), true, so)
	}
}

// setActions sets the actions of a body. messages are all its parts.
func (b *Body) setActions(messages []message, isBatch bool, o shape.Options) {
	b.Batch = isBatch
	for _, m := range messages {
		one := m.action
		one.Count = 1
		if isBatch {
			s, err := shape.OfJSON(m.text, o)
			if err != nil {
				b.Actions, b.Batch = nil, false
				return
			}
			one.Shape = s
		}
		i, found := slices.BinarySearchFunc(b.Actions, one, Action.compare)
		if !found {
			b.Actions = slices.Insert(b.Actions, i, one)
			continue
		}
		b.Actions[i].Count++
		b.Actions[i].Shape.Merge(one.Shape)
	}
}

// SortActions sorts the actions of a body and joins those that are alike, after names of them were
// withheld.
func (b *Body) SortActions() {
	slices.SortStableFunc(b.Actions, Action.compare)
	joined := b.Actions[:0]
	for _, a := range b.Actions {
		last := len(joined) - 1
		if last < 0 || joined[last].compare(a) != 0 {
			joined = append(joined, a)
			continue
		}
		joined[last].Count += a.Count
		joined[last].Shape.Merge(a.Shape)
	}
	b.Actions = joined
}

// message is one request, or the response to one.
type message struct {
	action Action
	id     string // of JSON-RPC, as it is written; "" for a notification, which gets no response
	text   string // in a batch
}

// requestsOf returns the requests of a call, in order, and whether they are a batch; none if the
// call is not of a known protocol.
func requestsOf(request *Body, b *har.Body, sent string, query []har.Pair) (requests []message, isBatch bool) {
	switch {
	case request == nil:
		return one(messageOf(query))
	case request.Shape == nil || request.Cut:
		return nil, false
	case request.MediaType == graphqlText:
		return one(parts{query: b.Text}.message())
	case request.MediaType == multipartForm:
		return one(uploaded(b))
	case names.IsForm(request.MediaType):
		return one(messageOf(pairsOf(urlencodedFields(b))))
	case sent == "" || !mayHaveActions(request.Shape):
		return nil, false
	case request.Shape.Arrs == 0:
		return one(requestIn(sent))
	}
	for _, text := range elements(sent) {
		m, ok := requestIn(text)
		if !ok {
			return nil, false
		}
		requests = append(requests, m)
	}
	return requests, true
}

func one(m message, ok bool) ([]message, bool) {
	if !ok {
		return nil, false
	}
	return []message{m}, false
}

// mayHaveActions reports whether a body has a member that every request of a known protocol has.
func mayHaveActions(s *shape.Shape) bool {
	if s.Items != nil {
		s = s.Items
	}
	if s.Object == nil {
		return false
	}
	for _, name := range []string{"method", "query", "operationName", "extensions"} {
		if s.Object.Fields.Get(name) != nil {
			return true
		}
	}
	return false
}

// uploaded returns the request of a GraphQL upload: its field "operations" holds it
// (github.com/jaydenseric/graphql-multipart-request-spec).
func uploaded(b *har.Body) (message, bool) {
	for _, f := range multipartFields(b, b.MediaType) {
		if f.Name == "operations" {
			return requestIn(f.Value)
		}
	}
	return message{}, false
}

func pairsOf(fields []har.Param) []har.Pair {
	pairs := make([]har.Pair, len(fields))
	for i, f := range fields {
		pairs[i] = har.Pair{Name: f.Name, Value: f.Value}
	}
	return pairs
}

// messageOf returns the request that parameters make, as GraphQL allows in a GET.
func messageOf(pairs []har.Pair) (message, bool) {
	var p parts
	for _, pair := range pairs {
		p.set(pair.Name, pair.Value, pair.Value)
	}
	return p.message()
}

// parts are the members of a request by which its protocol and action are known.
type parts struct {
	query, operationName string // of GraphQL
	isPersisted          bool   // an extension of GraphQL names the query by its hash
	hasID, hasVariables  bool   // members that GraphQL requests have, and others too

	method, version, id string // of JSON-RPC
	params              bool
	others              bool // there are members that JSON-RPC does not have
}

// requestIn reads the request in a JSON text.
func requestIn(text string) (message, bool) {
	var p parts
	eachMember(text, func(name, value string) {
		plain := ""
		if strings.HasPrefix(value, `"`) {
			s := jsonscan.New(value)
			plain = s.Text()
		}
		p.set(name, plain, value)
	})
	m, ok := p.message()
	m.text = text
	return m, ok
}

// set records a member; plain is its value if that is text, and raw what was written.
func (p *parts) set(name, plain, raw string) {
	switch name {
	case "jsonrpc":
		p.version = plain
	case "version": // of JSON-RPC 1.1
	case "method":
		p.method = plain
	case "params":
		p.params = strings.HasPrefix(raw, "{") || strings.HasPrefix(raw, "[")
	case "id":
		p.id = raw
	case "query":
		p.query = plain
	case "operationName":
		p.operationName = plain
	case "extensions":
		p.isPersisted = strings.Contains(raw, `"persistedQuery"`)
	case "documentId", "doc_id", "queryId", "query_hash", "hash", "sha256Hash":
		p.hasID = true
	case "variables":
		p.hasVariables = true
	default:
		p.others = true
	}
}

// message returns the request; ok is false if it is of no known protocol.
func (p parts) message() (m message, ok bool) {
	m.id = p.id
	isOld := p.version == "" && p.id != "" && p.params && !p.others // JSON-RPC 1 does not name itself
	if p.query == "" && p.method != "" && (p.version == "2.0" || isOld) {
		m.action = Action{Protocol: JSONRPC, Name: actionName(p.method)}
		return m, true
	}
	operations := graphqlOperations(p.query)
	isNamed := p.isPersisted || p.operationName != "" && (p.hasID || p.hasVariables)
	if len(operations) == 0 && (p.query != "" || !isNamed) {
		return m, false // what "query" holds is not GraphQL, or nothing says that it would be
	}
	isKnown := func(op graphqlOperation) bool { return op.name == p.operationName }
	if len(operations) > 0 && !slices.ContainsFunc(operations, isKnown) {
		p.operationName = "" // it is not in the document, so that it may be data
	}
	m.action = Action{Protocol: GraphQL, Name: actionName(p.operationName)}
	for _, op := range operations {
		if len(operations) > 1 && op.name != p.operationName {
			continue
		}
		m.action.Type = op.kind
		if m.action.Name == "" {
			m.action.Name = actionName(op.name)
		}
		if m.action.Name == "" {
			m.action.Name = fieldsName(op.fields)
			m.action.Fields = m.action.Name != ""
		}
	}
	return m, true
}

// actionName returns the name of an action, "" if it may be data.
func actionName(name string) string {
	if shape.IsDataKey(name) {
		return ""
	}
	return name
}

// maxRootFields bounds the fields of the root that name an operation.
const maxRootFields = 4

// fieldsName names an operation by the fields of the root that it selects, "" if there are many or
// one may be data.
func fieldsName(fields []string) string {
	if len(fields) > maxRootFields || slices.ContainsFunc(fields, shape.IsDataKey) {
		return ""
	}
	return strings.Join(fields, ".")
}

// answer makes a request the response to it that a text is.
func (m *message) answer(text string) {
	m.text = text
	var hasResult, hasError bool
	eachMember(text, func(name, value string) {
		switch name {
		case "data", "result":
			hasResult = value != "null"
		case "error", "errors":
			hasError = value != "null" && value != "[]"
		}
	})
	if hasError && !hasResult {
		m.action = Action{Protocol: m.action.Protocol, Failed: true}
	}
}

// answersTo returns the responses to the requests of a batch: those of JSON-RPC have the id of their
// request, and those of GraphQL its position.
func answersTo(requests []message, text string) []message {
	byID := make(map[string]message, len(requests))
	for _, m := range requests {
		byID[m.id] = m
	}
	var answers []message
	for i, text := range elements(text) {
		m := message{action: Action{Protocol: requests[0].action.Protocol}}
		if m.action.Protocol == JSONRPC {
			eachMember(text, func(name, value string) {
				if request, ok := byID[value]; ok && name == "id" {
					m = request
				}
			})
		} else if i < len(requests) {
			m = requests[i]
		}
		m.answer(text)
		answers = append(answers, m)
	}
	return answers
}

// eachMember calls f with the members of the object that a JSON text is, and with their values as
// they are written.
func eachMember(text string, f func(name, value string)) {
	s := jsonscan.New(text)
	if s.Peek() != jsonscan.Object {
		return
	}
	s.Begin()
	for name, ok := s.NextKey(); ok; name, ok = s.NextKey() {
		s.Peek()
		start := s.Offset()
		if s.Skip(); s.Err() == nil {
			f(name, text[start:s.Offset()])
		}
	}
}

// elements returns the elements of the array that a JSON text is, as they are written; nil for more
// than maxBatch.
func elements(text string) []string {
	s := jsonscan.New(text)
	if s.Peek() != jsonscan.Array {
		return nil
	}
	var out []string
	for s.Begin(); s.NextElement(); {
		s.Peek()
		start := s.Offset()
		s.Skip()
		if s.Err() != nil || len(out) == maxBatch {
			return nil
		}
		out = append(out, text[start:s.Offset()])
	}
	return out
}
