package witness

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// FromEntry makes the witness of a call. The witness may share memory with the entry's
// strings, but holds none of its values.
func FromEntry(e *har.Entry, o Options) Witness {
	w := Witness{
		Start:    e.Started.UTC().Truncate(time.Millisecond),
		Method:   method(e.Request.Method),
		Status:   e.Response.Status,
		Streamed: e.Akita.Streamed,
	}
	if e.Latency > 0 {
		w.LatencyMs = math.Round(float64(e.Latency)/float64(time.Microsecond)) / 1000
	}
	target := parseTarget(e.Request.URL)
	if target.scheme == "http" || target.scheme == "https" {
		w.Scheme = target.scheme
	}
	w.Host = host(target, e.Request.Headers)
	w.path(target.path, &e.Akita, o)
	query := queryOf(e.Request.Query, target.query)
	w.Browser = isBrowsersOwn(e, target.path, query)
	w.Consumer = consumerOf(e, o.Cache)

	carried := cookies(e)
	proof := readCredentials(e, query, carried, target.userinfo, o.Cache)
	w.Auth = proof.auths
	w.Query = params(query, o, func(name string) (string, bool) {
		plain, _ := shape.ParameterName(name)
		return plain, !names.IsCredentialParameter(plain) && !proof.hasParameter(name) && !shape.IsDataParameter(plain)
	})
	w.Headers = params(e.Request.Headers, o, func(name string) (string, bool) {
		h := o.Cache.header(name)
		return h.lower, h.isName && w.keepsHeader(h) && !proof.hasHeader(h)
	})
	w.Cookies = params(carried, o, func(name string) (string, bool) {
		return name, !names.IsSessionCookie(name) && !names.IsCSRF(name) && !names.IsTrackerCookie(name) &&
			!shape.IsDataParameter(name)
	})
	w.ResponseHeaders = params(e.Response.Headers, Options{Arena: o.Arena}, func(name string) (string, bool) {
		h := o.Cache.header(name)
		return h.lower, h.isName && h.ofResponse
	})
	var sent, answer string
	w.Request, sent = body(e.Request.Body, e.Request.Headers, e.Akita.RequestCut, o)
	w.Response, answer = body(e.Response.Body, e.Response.Headers, e.Akita.ResponseCut, o)
	w.markPage(target.path, e.Response.Body, o)
	w.addActions(e, query, sent, answer, o)
	w.addEchoes(target.path, answer)
	if size := e.Response.Size; size > 0 {
		switch {
		case w.Response != nil && w.Response.Size == 0:
			w.Response.Size = shape.Bucket(uint64(size))
		case w.Response == nil && e.Response.Body == nil:
			if mediaType := header(e.Response.Headers, "Content-Type"); mediaType != "" {
				w.Response = &Body{
					MediaType: bareMediaType(mediaType), Size: shape.Bucket(uint64(size)), Unread: UnreadNotRecorded,
				}
			}
		}
	}
	return w
}

// method returns an HTTP method in upper case. It returns "OTHER" for a method that APIs do not
// use, because any text may stand there.
func method(text string) string {
	if upper := strings.ToUpper(text); names.IsMethod(upper) {
		return upper
	}
	return "OTHER"
}

// target is the URL of a request, split. Path and query are still escaped.
type target struct {
	scheme, host, path, query string
	userinfo                  bool // the host follows a user name or a password
}

// parseTarget splits a URL or a path. It never fails: a text that is not a URL is a path.
func parseTarget(text string) target {
	var t target
	text, _, _ = strings.Cut(text, "#")
	text, t.query, _ = strings.Cut(text, "?")
	if scheme, rest, ok := strings.Cut(text, "://"); ok && !strings.Contains(scheme, "/") {
		t.scheme = strings.ToLower(scheme)
		slash := strings.IndexByte(rest, '/')
		if slash < 0 {
			rest, slash = rest+"/", len(rest)
		}
		t.host, text = rest[:slash], rest[slash:]
		if at := strings.LastIndexByte(t.host, '@'); at >= 0 {
			t.host, t.userinfo = t.host[at+1:], at > 0
		}
	}
	t.path = text
	return t
}

// host returns the host of a call in lower case, without the default port of the scheme. It
// returns "ip" for an IP address, "localhost" for a loopback address, and "" if the host is
// unknown.
func host(t target, headers []har.Pair) string {
	name := t.host
	if name == "" {
		name = header(headers, "Host")
	}
	name = strings.ToLower(strings.TrimSpace(name))
	switch t.scheme {
	case "https":
		name = strings.TrimSuffix(name, ":443")
	default:
		name = strings.TrimSuffix(name, ":80")
	}
	bare, port := name, ""
	if i := strings.LastIndexByte(name, ':'); i >= 0 && !strings.HasSuffix(name, "]") {
		bare, port = name[:i], name[i:]
	}
	switch {
	case isAddress(name): // its last group looks like a port
	case port == ":":
		name, port = bare, ""
	case port != "" && !IsPort(port[1:]):
		return "" // such as "alice:secret"
	}
	bare = strings.TrimRight(strings.Trim(bare, "[]"), ".")
	if bare == "127.0.0.1" || bare == "::1" {
		return "localhost" + port
	}
	if isAddress(bare) || isAddress(name) {
		if strings.Count(name, ":") > 1 && !strings.HasPrefix(name, "[") {
			port = "" // the port is a part of the address
		}
		return "ip" + port
	}
	for i := range len(name) {
		if c := name[i]; !(c == '-' || c == '.' || c == ':' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z') {
			return ""
		}
	}
	if len(name) > 253 {
		return ""
	}
	return name
}

// IsPort reports whether text is a port number.
func IsPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

func isAddress(text string) bool {
	return format.Valid(format.IPv4, text) || format.Valid(format.IPv6, text)
}

// queryOf returns the parameters of a call: those that the entry lists or, if it lists none or lists
// them as they are escaped in the URL, those of the URL's query.
func queryOf(listed []har.Pair, query string) []har.Pair {
	isEscaped := func(p har.Pair) bool {
		return strings.Contains(p.Name, "%") && strings.Contains(query, p.Name)
	}
	if len(listed) == 0 || query != "" && slices.ContainsFunc(listed, isEscaped) {
		return parseQuery(query)
	}
	return listed
}

func parseQuery(query string) []har.Pair {
	var pairs []har.Pair
	for part := range strings.SplitSeq(query, "&") {
		if part == "" || len(pairs) >= har.MaxPairs {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		pairs = append(pairs, har.Pair{Name: unescapeQuery(name), Value: unescapeQuery(value)})
	}
	return pairs
}

// unescapeQuery decodes percent encoding. It returns invalid text unchanged.
func unescapeQuery(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// params sums up pairs by name. keep returns the name to use, or false to leave the pair out, as it must
// if the name is data.
func params(pairs []har.Pair, o Options, keep func(name string) (string, bool)) []Param {
	var out []Param
	for _, p := range pairs {
		name, ok := keep(p.Name)
		if !ok {
			continue
		}
		s := shape.OfText(p.Value, shape.Options{Enums: o.Enums && !names.IsPrivate(name), Arena: o.Arena})
		i, found := slices.BinarySearchFunc(
			out,
			name,
			func(p Param, name string) int { return strings.Compare(p.Name, name) },
		)
		if found {
			out[i].Repeated = true
			out[i].Shape.Merge(s)
		} else {
			out = slices.Insert(out, i, Param{Name: name, Shape: s})
		}
		out[i].Indexed = out[i].Indexed || shape.IsList(name) && name != p.Name
	}
	return out
}

// cookies returns the cookies of a request: the entry's list or, if it is empty, the Cookie header.
func cookies(e *har.Entry) []har.Pair {
	if len(e.Request.Cookies) > 0 {
		return e.Request.Cookies
	}
	var pairs []har.Pair
	for _, h := range e.Request.Headers {
		if !strings.EqualFold(h.Name, "Cookie") {
			continue
		}
		for part := range strings.SplitSeq(h.Value, ";") {
			name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
			if ok && name != "" && len(pairs) < har.MaxPairs {
				pairs = append(pairs, har.Pair{Name: name, Value: value})
			}
		}
	}
	return pairs
}
