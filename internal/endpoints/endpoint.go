package endpoints

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
	"akita/internal/names"
)

// Endpoint is one operation of an API: a method on a path template. It is only read.
type Endpoint struct {
	Host         string // the most called host of its API, of those where it was called
	Method, Path string
	Calls        *apimodel.Operation // what was seen of it

	byHost    map[string]uint64 // calls by host; nil if all were of Host
	api       *api
	apart     bool       // another host of the API answers the same calls differently
	arguments []argument // in the order of the path
	facts     *facts     // of Calls; nil behind an inference
	known     bool       // the path is a route of the framework, not inferred
	withheld  bool       // a word of the path was withheld: it may be no endpoint of its own
	habits    *habits    // of the clients of the whole API
	row       *Row       // of lists; nil behind an inference
}

// setCalls sets the calls of the endpoint, during an inference.
func (e *Endpoint) setCalls(f *facts) { e.Calls, e.facts = f.Operation, f }

// ID identifies the endpoint for good: it is the start of a hash of its method, host and path. Of
// several hosts it has the first in the alphabet, which does not depend on how often they are called.
func (e *Endpoint) ID() string { return e.idAt(slices.Min(e.Hosts())) }

func (e *Endpoint) idAt(host string) string {
	sum := sha256.Sum256([]byte(e.Method + " " + host + " " + e.Path))
	return hex.EncodeToString(sum[:8])
}

// hasID reports whether an id is that of the endpoint, or was before it was known that several hosts
// are one API.
func (e *Endpoint) hasID(id string) bool {
	return slices.ContainsFunc(e.Hosts(), func(host string) bool { return e.idAt(host) == id })
}

// Hosts returns where the endpoint was called, most often first.
func (e *Endpoint) Hosts() []string {
	if len(e.byHost) == 0 {
		return []string{e.Host}
	}
	return byCalls(e.byHost)
}

// Servers returns the hosts that serve the endpoint: all of its API, unless they answer differently.
func (e *Endpoint) Servers() []string {
	if e.api == nil || e.apart {
		return e.Hosts()
	}
	hosts := e.Hosts()
	for _, host := range e.api.hosts {
		if !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// CompareByAPI orders endpoints of one method and path: that of the API with most accepted calls first,
// and of an API the one with most of them.
func CompareByAPI(x, y *Endpoint) int {
	return cmp.Or(
		cmp.Compare(x.api.order, y.api.order),
		cmp.Compare(y.Calls.Accepted.Count, x.Calls.Accepted.Count),
		cmp.Compare(y.Calls.Calls(), x.Calls.Calls()),
		cmp.Compare(x.Host, y.Host),
	)
}

// hostCalls yields the calls by host.
func (e *Endpoint) hostCalls(yield func(string, uint64) bool) {
	if e.byHost == nil {
		yield(e.Host, e.Calls.Calls())
		return
	}
	for host, n := range e.byHost {
		if !yield(host, n) {
			return
		}
	}
}

// isAt reports whether hosts are those of the endpoint, in its order.
func (e *Endpoint) isAt(hosts []string) bool {
	if len(e.byHost) == 0 {
		return len(hosts) == 1 && hosts[0] == e.Host
	}
	return slices.Equal(hosts, e.Hosts())
}

// CallsByHost returns the calls by host.
func (e *Endpoint) CallsByHost() map[string]uint64 {
	if e.byHost == nil {
		return map[string]uint64{e.Host: e.Calls.Calls()}
	}
	return e.byHost
}

// IsRoute reports whether the path is a route of the framework, and not inferred.
func (e *Endpoint) IsRoute() bool { return e.known }

// Subject is what the schemas of the endpoint's bodies describe; failed are those of errors.
func (e *Endpoint) Subject(failed bool) jsonschema.Subject {
	return jsonschema.Subject{Name: names.Resource(e.Path), Secret: names.IsSecret(e.Path), Error: failed}
}

// patchMethod is the method of calls whose bodies hold only the changes (RFC 5789), unless they are
// lists of operations (RFC 6902).
const patchMethod = "PATCH"

// Sends returns the subject of the schemas of request bodies of a media type.
func (e *Endpoint) Sends(mediaType string) jsonschema.Subject {
	subject := e.Subject(false)
	subject.Sent = &jsonschema.Sent{Partial: e.Method == patchMethod && mediaType != "application/json-patch+json"}
	if b := e.Calls.Accepted.Bodies[mediaType]; b != nil {
		subject.Sent.Accepted = b.Count
	}
	if b := e.Calls.Refused.Bodies[mediaType]; b != nil {
		subject.Sent.Refused, subject.Sent.RefusedActions = b.Shape, refusedActions(b)
	}
	return subject
}

// Join returns e and other, which may be nil, as one endpoint with the parameter names of path. Both
// have the same method and, apart from these names, the same path.
func (e *Endpoint) Join(other *Endpoint, path string) *Endpoint {
	out := e.joined(other, path)
	out.facts, out.row = nil, nil
	if other != nil {
		out.Calls = e.Calls.Clone()
		out.Calls.Merge(other.Calls)
	}
	return out
}

// joined is Join without the calls.
func (e *Endpoint) joined(other *Endpoint, path string) *Endpoint {
	out := *e
	out.Path, out.arguments = path, slices.Clone(e.arguments)
	for i, name := range parameterNames(path) {
		out.arguments[i].name = name
	}
	if other == nil {
		return &out
	}
	out.byHost = maps.Clone(e.CallsByHost())
	for host, n := range other.CallsByHost() {
		out.byHost[host] += n
	}
	out.known, out.apart = e.known || other.known, e.apart || other.apart
	out.withheld = e.withheld && other.withheld
	for i := range out.arguments {
		out.arguments[i] = out.arguments[i].joined(other.arguments[i])
	}
	return &out
}
