package local

import (
	"slices"
	"strings"

	"akita/internal/agent/spool"
	"akita/internal/delta"
)

// part is what a block holds of calls that the same traces have seen before.
type part struct {
	repeats []string // ids of these traces
	records []byte
	places  delta.Places // of the witnesses in records
	calls   *delta.Delta // the same witnesses; nil if the block was divided
	count   int
}

// noted is a call that was noted in repeats.
type noted struct {
	digest digest
	others []string // traces that have seen it before
}

// noteRepeats notes the calls of a block. It returns nil if only one trace is on, or if the
// middleware says itself which traces have seen them.
func (in *intake) noteRepeats(b *block) []noted {
	if b.traceIDs != nil || !in.server.config.Registry.Overlap(in.service) {
		return nil
	}
	now, service := in.server.config.Now(), strings.ToLower(in.service)
	calls := make([]noted, len(b.ends))
	start := 0
	for i, end := range b.ends {
		d := in.server.repeats.digest(service, b.client, b.raw[start:end])
		calls[i] = noted{d, in.server.repeats.note(d, in.trace.ID, now)}
		start = end
	}
	return calls
}

func (in *intake) revoke(calls []noted) {
	for _, call := range calls {
		in.server.repeats.revoke(call.digest, in.trace.ID)
	}
}

// divide returns the witnesses of a block, which are in records, by the traces that have seen them before.
func divide(records []byte, b *block, calls []noted) []part {
	if !slices.ContainsFunc(calls, func(c noted) bool { return len(c.others) > 0 }) {
		count := 0
		for _, size := range b.sizes {
			count += min(size, 1)
		}
		return []part{{records: records, places: b.places, calls: b.calls, count: count}}
	}
	var parts []part
	start, places := 0, b.places
	for i, size := range b.sizes {
		if size == 0 {
			continue
		}
		same := func(p part) bool { return slices.Equal(p.repeats, calls[i].others) }
		n := slices.IndexFunc(parts, same)
		if n < 0 {
			n = len(parts)
			parts = append(parts, part{repeats: calls[i].others})
		}
		parts[n].records = append(parts[n].records, records[start:start+size]...)
		var place delta.Places
		place, places = places.Cut()
		parts[n].places = append(parts[n].places, place...)
		parts[n].count++
		start += size
	}
	return parts
}

// batches returns the parts of a block as the spool takes them.
func (in *intake) batches(parts []part, also []string, client, id string) []spool.Batch {
	var batches []spool.Batch
	for _, p := range parts {
		if p.count > 0 {
			batches = append(batches, spool.Batch{
				ProjectID: in.trace.ProjectID, TraceID: in.trace.ID, Also: also, Repeats: p.repeats,
				Records: p.records, Places: p.places, Calls: p.calls, Count: p.count, Client: client, ID: id,
			})
		}
	}
	return batches
}
