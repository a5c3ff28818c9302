package fiction

// Op returns an operation with one answer.
func Op(method, path string, answers ...Answer) *Operation {
	return &Operation{Method: method, Path: path, Weight: 1, Params: make(map[string]*Type), Answers: answers}
}

// Weighing sets how often the operation is called; the default is 1.
func (o *Operation) Weighing(w float64) *Operation { o.Weight = w; return o }

// Param sets the type of a path parameter.
func (o *Operation) Param(name string, t *Type) *Operation { o.Params[name] = t; return o }

// Asks adds query parameters.
func (o *Operation) Asks(query ...Field) *Operation { o.Query = append(o.Query, query...); return o }

// Signs adds query parameters that belong to a signature.
func (o *Operation) Signs(query ...Field) *Operation {
	for _, field := range query {
		o.Signed = append(o.Signed, field.Name)
	}
	return o.Asks(query...)
}

// Heads adds header parameters.
func (o *Operation) Heads(header ...Field) *Operation {
	o.Header = append(o.Header, header...)
	return o
}

// Carries adds headers that are not part of the API.
func (o *Operation) Carries(header ...Field) *Operation {
	o.Transport = append(o.Transport, header...)
	return o
}

// Cookies adds cookie parameters.
func (o *Operation) Cookies(cookie ...Field) *Operation {
	o.Cookie = append(o.Cookie, cookie...)
	return o
}

// By adds ways to authenticate.
func (o *Operation) By(logins ...Login) *Operation { o.Auth = append(o.Auth, logins...); return o }

// Sends adds a JSON body to the request.
func (o *Operation) Sends(t *Type) *Operation { return o.SendsAs("application/json", t) }

// SendsAs adds a body of a media type to the request.
func (o *Operation) SendsAs(mediaType string, t *Type) *Operation {
	o.Bodies = append(o.Bodies, Body{MediaType: mediaType, Type: t})
	return o
}

// SendsOpaque adds a body without a known structure to the request.
func (o *Operation) SendsOpaque(mediaType string, draw func(r *Rand) string) *Operation {
	o.Bodies = append(o.Bodies, Body{MediaType: mediaType, Opaque: draw})
	return o
}

// Or adds an answer.
func (o *Operation) Or(answers ...Answer) *Operation {
	o.Answers = append(o.Answers, answers...)
	return o
}

// JSON returns an answer with a JSON body.
func JSON(status int, t *Type) Answer { return As(status, "application/json", t) }

// As returns an answer with a body of a media type.
func As(status int, mediaType string, t *Type) Answer {
	return Answer{Status: status, Share: 1, Bodies: []Body{{MediaType: mediaType, Type: t}}}
}

// Opaque returns an answer with a body without a known structure.
func Opaque(status int, mediaType string, draw func(r *Rand) string) Answer {
	return Answer{Status: status, Share: 1, Bodies: []Body{{MediaType: mediaType, Opaque: draw}}}
}

// Stream returns an answer of lines or events, each of one type.
func Stream(status int, mediaType string, t *Type) Answer {
	return Answer{Status: status, Share: 1, Bodies: []Body{{MediaType: mediaType, Type: t, Lines: true}}}
}

// Empty returns an answer without a body.
func Empty(status int) Answer { return Answer{Status: status, Share: 1} }

// Rarely returns the answer with this share; the default is 1.
func (a Answer) Rarely(share float64) Answer { a.Share = share; return a }

// ToSpoiled returns the answer to a request with an invalid body.
func (a Answer) ToSpoiled() Answer { a.Spoiled = true; return a }

// ToAnonymous returns the answer to a request without credentials.
func (a Answer) ToAnonymous() Answer { a.Anonymous = true; return a }

// Returning returns the answer with headers that are part of the API.
func (a Answer) Returning(headers ...Field) Answer {
	a.Returns = append(a.Returns[:len(a.Returns):len(a.Returns)], headers...)
	return a
}

// With returns the answer with a header that a document may have or not.
func (a Answer) With(name, value string) Answer {
	headers := map[string]string{name: value}
	for k, v := range a.Headers {
		headers[k] = v
	}
	a.Headers = headers
	return a
}
