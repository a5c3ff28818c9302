package facts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"akita/internal/apimodel"
)

// Consumer is one of those by whom a fact was seen.
type Consumer struct {
	Name string
	// Calls are those in which the fact may have been: the calls of the operation; for what was answered,
	// those with its status; for what was sent, those that were accepted. Of each of the latter it is not
	// known whether it had the fact, but one at least had.
	Calls    uint64
	Versions []string // the last ones, sorted
	// Period is that of all calls of the operation, to the start of the hour.
	apimodel.Period
}

// Consumers returns by whom a fact of an operation was seen, the most frequent first: who was answered
// with it, or who sent it. Of something that is absent (Absent, NoBody), it is who never sent it. Several
// operations are parts of one endpoint.
func Consumers(k Key, ops ...*apimodel.Operation) []Consumer {
	by := make(map[string]*Consumer)
	for _, op := range ops {
		calls := callsWith(k, op)
		for name, c := range op.Consumers {
			n := calls(c)
			if n == 0 {
				continue
			}
			if by[name] == nil {
				by[name] = &Consumer{Name: name}
			}
			by[name].add(c, n)
		}
	}
	out := make([]Consumer, 0, len(by))
	for _, c := range by {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(x, y Consumer) int {
		return cmp.Or(cmp.Compare(y.Calls, x.Calls), cmp.Compare(x.Name, y.Name))
	})
	return out
}

func (c *Consumer) add(o *apimodel.Consumer, calls uint64) {
	c.Calls += calls
	c.Extend(o.Period())
	c.Versions = slices.Compact(slices.Sorted(slices.Values(slices.Concat(c.Versions, o.Versions()))))
}

// callsWith returns a function that counts the calls of a consumer in which a fact may have been.
func callsWith(k Key, op *apimodel.Operation) func(*apimodel.Consumer) uint64 {
	switch {
	case k.Kind == Operation, k.Kind == Hours:
		return (*apimodel.Consumer).Calls
	case k.Kind == Accepted, k.In == "path":
		return (*apimodel.Consumer).Accepted
	case k.Kind == Status:
		return answeredWith(k.Value)
	case k.In == Request && k.Kind == NoBody:
		return withoutBody(op)
	}
	if status := answeredWith(k.In); status != nil {
		return status
	}
	sent, isAbsent := sentOf(k), k.Kind == Absent
	return func(c *apimodel.Consumer) uint64 {
		if c.HasSent(sent) == isAbsent {
			return 0
		}
		return c.Accepted()
	}
}

// answeredWith counts calls that were answered with a status; nil if it is none.
func answeredWith(status string) func(*apimodel.Consumer) uint64 {
	code, err := strconv.Atoi(status)
	if err != nil {
		return nil
	}
	return func(c *apimodel.Consumer) uint64 { return c.Statuses()[code] }
}

// withoutBody counts the accepted calls of who never sent a body.
func withoutBody(op *apimodel.Operation) func(*apimodel.Consumer) uint64 {
	return func(c *apimodel.Consumer) uint64 {
		for mediaType := range op.Accepted.Bodies {
			if c.HasSent(apimodel.SentBody(mediaType)) {
				return 0
			}
		}
		return c.Accepted()
	}
}

// sentOf returns what is known to be sent at or around the place of a fact of requests: a value is as
// its field, and the elements of an array are as the array.
func sentOf(k Key) apimodel.Sent {
	switch k.Kind {
	case Auth:
		return apimodel.SentAuth(strings.TrimPrefix(k.Value, noAuth))
	case MediaType:
		return apimodel.SentBody(k.Value)
	case File:
		return apimodel.SentField(k.MediaType, k.Path)
	}
	at := k.At()
	for at.Kind == Items || at.Kind == Entries {
		at = at.Parent().At()
	}
	switch at.Kind {
	case Parameter:
		return apimodel.SentParameter(at.In, at.Path)
	case MediaType:
		return apimodel.SentBody(at.Value)
	}
	return apimodel.SentField(at.MediaType, at.Path)
}

// SentBy returns what a consumer sent in accepted calls of an operation, in order: parameters, media
// types, and fields of bodies.
func SentBy(op *apimodel.Operation, consumer string) []Key {
	c := op.Consumers[consumer]
	if c == nil {
		return nil
	}
	var out []Key
	for k := range OfOperation(op) {
		isSent := k.Kind == Parameter || k.In == Request && (k.Kind == MediaType || k.Kind == Field || k.Kind == File)
		if isSent && c.HasSent(sentOf(k)) {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, Key.Compare)
	return out
}
