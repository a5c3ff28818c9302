package endpoints

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
	"akita/internal/names"
)

// Endpoint is one operation of an API: a method on a path template of a host. It must not be changed.
type Endpoint struct {
	Host, Method, Path string
	Calls              *apimodel.Operation // what was seen of it

	arguments []argument // in the order of the path
	known     bool       // the path is a route of the framework, not inferred
	habits    *habits    // of the clients of the whole API
}

// ID returns an id that never changes: the start of a hash of the method, host and path.
func (e *Endpoint) ID() string {
	sum := sha256.Sum256([]byte(e.Method + " " + e.Host + " " + e.Path))
	return hex.EncodeToString(sum[:8])
}

// Subject returns the subject of the schemas of bodies. failed is true for the bodies of errors.
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
	calls := e.Calls.Clone()
	if other != nil {
		calls.Merge(other.Calls)
	}
	arguments := slices.Clone(e.arguments)
	for i, name := range parameterNames(path) {
		arguments[i].name = name
		if other != nil {
			arguments[i] = arguments[i].joined(other.arguments[i])
		}
	}
	return &Endpoint{Host: e.Host, Method: e.Method, Path: path, arguments: arguments, Calls: calls, habits: e.habits}
}
