package local

import (
	"context"
	"io"
	"slices"
	"sync"

	"akita/internal/agent/jsonstream"
	"akita/internal/agent/traces"
)

// intake makes the events of one request durable:
//
//	body → jsonstream.Reader → batch → blocks → obfuscator → witnesses → spool
//
// Several blocks are obfuscated and written to disk at the same time, while more
// of the body is read.
type intake struct {
	server  *Server
	service string // as the client named it
	trace   traces.Trace

	background sync.WaitGroup // blocks that are stored while more is read

	others func() []traces.Trace // besides trace, those that the client names; the same for all blocks

	mu  sync.Mutex
	sum result // of the blocks that are on disk
	err error  // the first that the spool returned
}

// take reads the body and returns when its witnesses are on disk. After an error, sum
// says what was stored: whole blocks, which are not stored again if the client
// sends the same batch again. client is the name that the client gave itself.
func (in *intake) take(ctx context.Context, body io.Reader) (sum result, client string, err error) {
	pools := in.server.pools
	enlarge, release := in.server.admission.acquireLarge(ctx)
	defer release()
	reader := jsonstream.NewReader(jsonstream.Config{Body: body, Window: pools.newWindow(), Enlarge: enlarge})
	events := batch{reader: reader, pools: pools}
	in.others = sync.OnceValue(func() []traces.Trace { return in.named(events.traceIDs) })
	err = events.read(func(b *block) error { return in.write(ctx, b) })
	pools.freeWindow(reader.Window())
	in.background.Wait()
	if n := events.tooLarge; n > 0 {
		in.server.counts.add(Counts{Received: uint64(n), TooLarge: uint64(n)}, in.server.config.Now())
		in.sum.add(result{dropped: n, reason: errLargeEvent})
	}
	if in.err != nil {
		err = in.err
	}
	if events.traceIDs != nil {
		in.sum.traceIDs = append([]string{in.trace.ID}, idsOf(in.others())...)
	}
	return in.sum, clientName(events.client), err
}

// named returns the traces with these ids whose events are taken, without the one that the request
// was sent to.
func (in *intake) named(ids []string) []traces.Trace {
	if len(ids) == 0 {
		return nil
	}
	named := in.server.config.Registry.Named(in.service, ids)
	return slices.DeleteFunc(named, func(t traces.Trace) bool { return t.ID == in.trace.ID })
}

func idsOf(of []traces.Trace) (ids []string) {
	for _, t := range of {
		ids = append(ids, t.ID)
	}
	return ids
}

// write stores a block: a full one in the background, since more follow.
func (in *intake) write(ctx context.Context, b *block) error {
	if err := in.failure(); err != nil {
		return err
	}
	if err := in.server.admission.blocks.Acquire(ctx, 1); err != nil {
		return err
	}
	if b.full() && !b.borrowed {
		in.background.Go(func() { in.store(ctx, b) })
		return nil
	}
	in.store(ctx, b)
	return in.failure()
}

// store obfuscates a block and waits until its witnesses are on disk.
func (in *intake) store(ctx context.Context, b *block) {
	defer in.server.admission.blocks.Release(1)
	pools := in.server.pools
	calls := in.noteRepeats(b)
	obfuscator := <-pools.obfuscators
	records, made := obfuscator.obfuscate(b, pools.newRecords())
	pools.obfuscators <- obfuscator
	parts := in.batches(divide(records, b, calls), idsOf(in.others()), b.client, b.spoolID())
	pools.freeBlock(b)
	err := in.server.config.Spool.AppendAll(ctx, parts)
	if err == nil { // after an error the spool may still use the records
		pools.freeRecords(records)
	} else {
		in.revoke(calls)
	}
	in.note(made, err)
}

// note adds what became of a block to the sums.
func (in *intake) note(made result, err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err != nil {
		if in.err == nil {
			in.err = &spoolError{err}
		}
		return
	}
	in.sum.add(made)
	in.server.counts.add(Counts{
		Received: uint64(made.taken + made.dropped), Taken: uint64(made.taken), Malformed: uint64(made.dropped),
	}, in.server.config.Now())
	for _, id := range append(idsOf(in.others()), in.trace.ID) {
		in.server.config.Registry.Count(in.service, id, made.taken)
	}
}

func (in *intake) failure() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.err
}

// spoolError reports that witnesses could not be made durable.
type spoolError struct{ err error }

func (e *spoolError) Error() string { return e.err.Error() }
func (e *spoolError) Unwrap() error { return e.err }
