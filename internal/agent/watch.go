package agent

import (
	"context"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/traces"
	"akita/internal/backoff"
)

// Times between polls of the server about one project.
const (
	pollWait     = 50 * time.Second       // for which the server may hold a poll
	pollPause    = time.Second            // at least, for an answer without a change
	missingPause = 3 * time.Second        // while the server has no such project
	refusedPause = 30 * time.Second       // after the server has refused the API key
	pollBase     = 200 * time.Millisecond // bounds of the wait after a failure
	pollMax      = 15 * time.Second
)

// watch keeps the registry up to date about a service, until the daemon stops or the
// registry forgets the service.
func (d *Daemon) watch(ctx context.Context, service string, forgotten <-chan struct{}) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d.spawn(func() {
		defer cancel()
		select {
		case <-forgotten:
		case <-ctx.Done():
		}
	})
	pauses := backoff.Backoff{Base: pollBase, Max: pollMax}
	wait := time.Duration(0) // the first poll is answered at once
	wasAway := true
	for ctx.Err() == nil && !d.registry.ForgetIdle(service) {
		asked := d.settings.Now()
		answer, err := d.cloud.PollTraces(ctx, service, d.activeIDs(service), wait)
		if err == nil {
			changed := d.registry.Update(service, tracesOf(answer))
			pauses.Reset()
			if wasAway {
				wasAway = false
				d.routes.Renew(service)
				d.documents.Renew(service)
			}
			if took := max(d.settings.Now().Sub(asked), 0); wait > 0 && !changed && took < pollPause {
				_ = backoff.Sleep(ctx, pollPause-took) // the loop handles the end of ctx
			}
			wait = pollWait
			continue
		}
		wait, wasAway = 0, true
		_ = backoff.Sleep(ctx, d.afterFailure(service, err, &pauses)) // likewise
	}
}

// afterFailure handles an error of a poll and returns how long to wait.
func (d *Daemon) afterFailure(service string, err error, pauses *backoff.Backoff) time.Duration {
	switch cloud.VerdictOn(err) {
	case cloud.Gone:
		d.registry.Miss(service)
		return missingPause
	case cloud.Refused:
		d.registry.Expire(service)
		return refusedPause
	case cloud.Retry, cloud.Permanent: // Permanent: the server may be updated
	}
	d.registry.Expire(service)
	return pauses.Next(cloud.RetryAfter(err))
}

func (d *Daemon) activeIDs(service string) []string {
	view, err := d.registry.View(service)
	if err != nil { // the service was forgotten; the loop ends
		return nil
	}
	ids := make([]string, len(view.Active))
	for i, t := range view.Active {
		ids[i] = t.ID
	}
	return ids
}

func tracesOf(answer cloud.Traces) []traces.Trace {
	on := make([]traces.Trace, len(answer.Traces))
	for i, t := range answer.Traces {
		on[i] = traces.Trace{ID: t.ID, Name: t.Name, ProjectID: answer.ProjectID, End: t.End, SamplingRate: 1}
		if t.SamplingRate != nil {
			on[i].SamplingRate = *t.SamplingRate
		}
	}
	return on
}
