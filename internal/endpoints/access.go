package endpoints

import "akita/internal/apimodel"

// Access is who may use an operation, as far as its calls show.
type Access string

// The ways of access.
const (
	AccessOpen     Access = "none"          // every 2xx answered a call without credentials
	AccessMixed    Access = "mixed"         // some 2xx did, and others did not
	AccessRequired Access = "required"      // every accepted call had credentials
	AccessRejected Access = "rejected_only" // every call was answered with 401, 403 or 404
	AccessUnclear  Access = "unclear"
)

// Entry is how calls got in.
type Entry struct {
	Access Access
	// Succeeded is how many calls were answered with 2xx; at least Anonymous of them had no credentials.
	Succeeded, Anonymous uint64
}

// Entry returns how calls of the endpoint got in. A model counts credentials of calls that were answered
// below 400: if some of those had no 2xx (a redirect to a login has none), they are taken to be calls
// without credentials, as far as there are any.
func (e *Endpoint) Entry() Entry { return entryOf(e.Calls) }

func entryOf(op *apimodel.Operation) Entry {
	var in Entry
	rejected := true
	for status, r := range op.Responses {
		if status/100 == 2 {
			in.Succeeded += r.Count
		}
		rejected = rejected && IsRejection(status)
	}
	anonymous, accepted := op.Auth[""], op.Accepted.Count
	others := accepted - min(in.Succeeded, accepted)
	in.Anonymous = anonymous - min(others, anonymous)
	switch {
	case in.Succeeded == 0 && rejected && len(op.Responses) > 0:
		in.Access = AccessRejected
	case in.Succeeded == 0:
		in.Access = AccessUnclear
	case anonymous == 0:
		in.Access = AccessRequired
	case anonymous == accepted:
		in.Access = AccessOpen
	case in.Anonymous > 0:
		in.Access = AccessMixed
	default:
		in.Access = AccessUnclear
	}
	return in
}

// IsRejection reports whether a status says that the caller may not use an operation, or that there is no
// such object.
func IsRejection(status int) bool { return status == 401 || status == 403 || status == 404 }
