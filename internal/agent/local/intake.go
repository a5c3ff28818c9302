package local

import (
	"context"
	"io"
	"strconv"
	"sync"

	"akita/internal/agent/spool"
	"akita/internal/agent/traces"
)

// intake makes the events of one request durable, several blocks at a time.
type intake struct {
	server  *Server
	ctx     context.Context //nolint:containedctx // of the request that it lives for
	service string          // as the client named it
	trace   traces.Trace
	batch   batch

	blocks sync.WaitGroup

	mu     sync.Mutex
	taken  int   // events whose witnesses are on disk
	drops  int   // events that were not understood
	reason error // why the last of them was not
	err    error // the first that the spool gave
}

// take reads the body and makes its events durable. Where it fails, whole blocks
// may have been taken; they are not taken again if the client sends its batch again.
func (in *intake) take(body io.Reader) error {
	in.batch.flush, in.batch.store = in.flush, in.storeNow
	in.batch.block = in.server.newBlock(0)
	enlarge, release := in.server.leaveForLarge(in.ctx)
	defer release()
	e := envelope{body: body, enlarge: enlarge, window: in.server.newWindow()}
	err := in.batch.read(&e)
	in.server.freeWindow(e.window)
	if err == nil {
		err = in.storeNow(in.batch.block) // for most requests, all there is
	}
	in.blocks.Wait()
	in.drops += in.batch.large
	if in.batch.large > 0 {
		in.reason = errLargeEvent
		in.server.counts.add(Counts{Received: uint64(in.batch.large), TooLarge: uint64(in.batch.large)}, in.server.cfg.Now())
	}
	if in.err != nil {
		return in.err
	}
	return err
}

// flush stores a block in the background.
func (in *intake) flush(b *block) (*block, error) {
	if err := in.failure(); err != nil {
		return nil, err
	}
	if err := in.server.enter(in.ctx, in.server.blocks); err != nil {
		return nil, err
	}
	client, id := clientName(in.batch.client), in.batch.id
	in.blocks.Go(func() {
		defer func() { <-in.server.blocks }()
		in.store(b, client, id)
	})
	return in.server.newBlock(b.number + 1), nil
}

// storeNow stores a block and waits for it.
func (in *intake) storeNow(b *block) error {
	if err := in.server.enter(in.ctx, in.server.blocks); err != nil {
		return err
	}
	defer func() { <-in.server.blocks }()
	in.store(b, clientName(in.batch.client), in.batch.id)
	return in.failure()
}

// store obfuscates a block and waits until it is on disk. Each block of a batch is
// a batch of its own to the spool, which takes none of them twice.
func (in *intake) store(b *block, client, id string) {
	events := len(b.ends)
	o := <-in.server.obfuscators
	h := o.obfuscate(b, in.server.newLines())
	in.server.obfuscators <- o
	if id != "" && b.number > 0 {
		id += "\x00" + strconv.Itoa(b.number)
	}
	in.server.freeBlock(b)
	err := in.server.cfg.Spool.Append(in.ctx, spool.Batch{
		ProjectID: in.trace.ProjectID, TraceID: in.trace.ID,
		Lines: h.lines, Count: h.count,
		Client: client, ID: id,
	})
	if err == nil { // else the spool may still use the lines
		in.server.freeLines(h.lines)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if err != nil {
		if in.err == nil {
			in.err = &spoolError{err}
		}
		return
	}
	in.taken += h.count
	in.drops += h.drops
	in.server.counts.add(Counts{Received: uint64(events), Taken: uint64(h.count), Malformed: uint64(h.drops)}, in.server.cfg.Now())
	in.server.cfg.Registry.Count(in.service, in.trace.ID, h.count)
	if h.reason != nil {
		in.reason = h.reason
	}
}

func (in *intake) failure() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.err
}

// spoolError says that witnesses could not be made durable.
type spoolError struct{ err error }

func (e *spoolError) Error() string { return e.err.Error() }
func (e *spoolError) Unwrap() error { return e.err }
