// Package traffic draws the calls of a fictitious API and writes them as HAR entries.
package traffic

import (
	"iter"
	"net/url"
	"strings"
	"time"

	"akita/test/accuracy/fiction"
)

// Shares of calls that are not part of the API.
const (
	noiseShare     = .012 // a scanner calls a path that does not exist
	forbiddenShare = .006 // a method that a path does not have
)

// Call is one drawn call with the types that its parts were drawn from.
type Call struct {
	Operation *fiction.Operation // nil: not part of the API
	Method    string
	Template  string // of the route; "" if none matches
	URL       string
	Started   time.Time
	Millis    int

	Params  []fiction.Member // of the path
	Query   []fiction.Member
	Header  []fiction.Member
	Cookies []fiction.Member
	Login   fiction.Login
	Secrets []fiction.Member // the credentials of Login, in its order

	Request, Response *Body
	Answer            fiction.Answer
	Returned          []fiction.Member // headers of the answer
	Plain             []fiction.Member // headers that are not part of the API
}

// Body is a drawn body.
type Body struct {
	Kind  fiction.Body
	Value *fiction.Value   // of one document; nil if it is opaque
	Lines []*fiction.Value // of a stream
	Text  string           // of an opaque one
}

// Calls draws n calls. The first ones call every operation once, with its first answer; the
// others are drawn by weight.
func Calls(api *fiction.API, n int, seed uint64) iter.Seq[*Call] {
	return func(yield func(*Call) bool) {
		g := generator{api: api, r: fiction.NewRand(seed)}
		order := g.r.Perm(len(api.Operations))
		for i := range n {
			g.r.Now = g.r.Now.Add(time.Duration(g.r.Between(1, 900)) * time.Millisecond)
			var c *Call
			if i < len(order) {
				op := api.Operations[order[i]]
				c = g.call(op, op.Answers[0])
			} else {
				c = g.any()
			}
			if !yield(c) {
				return
			}
		}
	}
}

type generator struct {
	api *fiction.API
	r   *fiction.Rand
}

func (g *generator) any() *Call {
	switch x := g.r.Float64(); {
	case x < noiseShare && len(g.api.Noise) > 0:
		return g.noise()
	case x < noiseShare+forbiddenShare && len(g.api.Forbidden) > 0:
		return g.forbidden()
	}
	op := g.operation()
	return g.call(op, g.answer(op))
}

func (g *generator) operation() *fiction.Operation {
	sum := 0.
	for _, op := range g.api.Operations {
		sum += op.Weight
	}
	x := g.r.Float64() * sum
	for _, op := range g.api.Operations {
		if x -= op.Weight; x < 0 {
			return op
		}
	}
	return g.api.Operations[0]
}

func (g *generator) answer(op *fiction.Operation) fiction.Answer {
	sum := 0.
	for _, a := range op.Answers {
		sum += a.Share
	}
	x := g.r.Float64() * sum
	for _, a := range op.Answers {
		if x -= a.Share; x < 0 {
			return a
		}
	}
	return op.Answers[0]
}

func (g *generator) start(method, template string) *Call {
	c := &Call{Method: method, Template: template, Started: g.r.Now, Millis: g.r.Between(2, 60)}
	if g.r.Chance(.05) {
		c.Millis *= 10
	}
	return c
}

func (g *generator) call(op *fiction.Operation, answer fiction.Answer) *Call {
	c := g.start(op.Method, op.Path)
	c.Operation, c.Answer = op, answer
	path := g.path(c, op)
	c.Query = fiction.DrawFields(g.r, op.Query)
	c.Header = fiction.DrawFields(g.r, op.Header)
	c.Cookies = fiction.DrawFields(g.r, op.Cookie)
	c.Plain = fiction.DrawFields(g.r, op.Transport)
	if len(op.Auth) > 0 && !answer.Anonymous {
		c.Login = op.Auth[g.r.IntN(len(op.Auth))]
		for _, credential := range c.Login {
			c.Secrets = append(c.Secrets, fiction.Member{Name: credential.Name, Value: credential.Value.Draw(g.r)})
		}
	}
	if len(op.Bodies) > 0 && !g.r.Chance(op.BodyMissing) {
		c.Request = g.body(op.Bodies)
		if answer.Spoiled {
			spoil(g.r, c)
		}
	}
	if len(answer.Bodies) > 0 {
		c.Response = g.body(answer.Bodies)
	}
	c.Returned = fiction.DrawFields(g.r, answer.Returns)
	c.URL = g.url(path, c.Query, c)
	return c
}

func (g *generator) body(of []fiction.Body) *Body {
	kind := of[g.r.IntN(len(of))]
	b := &Body{Kind: kind}
	switch {
	case kind.Lines:
		for range g.r.Between(1, 5) {
			b.Lines = append(b.Lines, kind.Type.Draw(g.r))
		}
	case kind.Type != nil:
		b.Value = kind.Type.Draw(g.r)
	default:
		b.Text = kind.Opaque(g.r)
	}
	return b
}

// path returns the operation's template filled with the parameters.
func (g *generator) path(c *Call, op *fiction.Operation) string {
	var b strings.Builder
	rest := op.Path
	for {
		before, after, ok := strings.Cut(rest, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, tail, _ := strings.Cut(after, "}")
		v := op.Params[name].Draw(g.r)
		c.Params = append(c.Params, fiction.Member{Name: name, Value: v})
		b.WriteString(url.PathEscape(v.Plain()))
		rest = tail
	}
}

func (g *generator) url(path string, query []fiction.Member, c *Call) string {
	pairs := queryPairs(query)
	for i, credential := range c.Login {
		if credential.In == "query" {
			pairs = append(pairs, pair{credential.Name, c.Secrets[i].Value.Plain()})
		}
	}
	u := "https://" + g.api.Host + path
	for i, p := range pairs {
		separator := "&"
		if i == 0 {
			separator = "?"
		}
		u += separator + url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value)
	}
	return u
}

// noise draws a scanner's call of a path that does not exist.
func (g *generator) noise() *Call {
	c := g.start(g.r.Pick([]string{"GET", "GET", "GET", "POST"}), "")
	c.URL = "https://" + g.api.Host + g.r.Pick(g.api.Noise)
	c.Answer = fiction.Answer{Status: 404}
	if g.api.Missing != nil {
		c.Response = g.body([]fiction.Body{{MediaType: "application/json", Type: g.api.Missing}})
	} else {
		c.Response = &Body{Kind: fiction.Body{MediaType: "text/html"}, Text: "<html><body><h1>Not Found</h1></body></html>"}
	}
	return c
}

// forbidden draws a call with a method that the path does not have.
func (g *generator) forbidden() *Call {
	f := g.api.Forbidden[g.r.IntN(len(g.api.Forbidden))]
	for _, op := range g.api.Operations {
		if op.Path == f.Path {
			c := g.start(f.Method, f.Path)
			path := g.path(c, op)
			c.URL = g.url(path, nil, c)
			c.Answer = fiction.Answer{Status: 405, Headers: map[string]string{"Allow": op.Method}}
			return c
		}
	}
	return g.noise()
}
