package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"akita/client"
	"akita/test/rig"
)

// readInterval is how often a console fetches a model that changes.
const readInterval = 400 * time.Millisecond

// reads holds how long pages took, and the CPU time of the server meanwhile, in cores.
type reads struct {
	model, endpoint []time.Duration
	cores           float64
}

// document is what it takes to make a document.
type document struct {
	cpu    time.Duration
	memory int64 // above that of the server before
	bytes  int64
}

// measureReads fetches pages, as one console does, while calls arrive, and then measures the memory.
func (f *loadFigures) measureReads(ctx context.Context, i *rig.Installation, of size) error {
	model, err := i.API.Model(ctx, project, client.Filter{})
	if err != nil {
		return err
	}
	if f.endpoints = len(model.Endpoints); f.endpoints == 0 {
		return fmt.Errorf("the model of %d calls has no endpoint", model.Witnesses)
	}
	before, err := i.Server.CPU()
	if err != nil {
		return err
	}
	start := time.Now()
	s := newSenders(i.EventsURL(), "read", of, readRate)
	group, reading := errgroup.WithContext(ctx)
	group.Go(func() error { return s.send(reading, readRate, readDuration) })
	group.Go(func() error { return f.reads.fetch(reading, i, model.Endpoints, start) })
	if err := group.Wait(); err != nil {
		return err
	}
	after, err := i.Server.CPU()
	if err != nil {
		return err
	}
	f.reads.cores = (after - before).Seconds() / time.Since(start).Seconds()
	if err := i.UntilFolded(ctx, f.cost.calls+int(s.sent.Load())); err != nil {
		return err
	}
	if f.peak, err = i.Server.PeakMemory(); err != nil {
		return err
	}
	f.rss, err = i.Server.Memory()
	return err
}

// fetch fetches the model and an endpoint in turn.
func (r *reads) fetch(ctx context.Context, i *rig.Installation, endpoints []client.Endpoint, start time.Time) error {
	for n := 0; time.Since(start) < readDuration; n++ {
		if err := sleep(ctx, time.Until(start.Add(time.Duration(n)*readInterval))); err != nil {
			return err
		}
		path, took := "model", &r.model
		if n%2 == 1 {
			path, took = "model/endpoints/"+endpoints[n*7919%len(endpoints)].ID, &r.endpoint
		}
		begin := time.Now()
		if _, err := get(ctx, i.ServerURL(), i.Key, path, nil); err != nil {
			return err
		}
		*took = append(*took, time.Since(begin))
	}
	return nil
}

// measureDocuments measures both documents of a model that no longer changes.
func (f *loadFigures) measureDocuments(ctx context.Context, i *rig.Installation) (err error) {
	if f.json, err = measureDocument(ctx, i, "model/openapi.json"); err != nil {
		return err
	}
	f.yaml, err = measureDocument(ctx, i, "model/openapi.yaml")
	return err
}

// measureDocument measures a document of a new server that has served the model: one that has used
// more memory before has some to spare.
func measureDocument(ctx context.Context, i *rig.Installation, path string) (d document, err error) {
	if err := i.Server.Stop(ctx); err != nil {
		return d, err
	}
	if i.Server, err = i.StartServer(ctx); err != nil {
		return d, err
	}
	if _, err := get(ctx, i.ServerURL(), i.Key, "model", nil); err != nil {
		return d, err
	}
	if err := i.Server.ForgetPeak(); err != nil {
		return d, err
	}
	base, err := i.Server.Memory()
	if err != nil {
		return d, err
	}
	before, err := i.Server.CPU()
	if err != nil {
		return d, err
	}
	if d.bytes, err = get(ctx, i.ServerURL(), i.Key, path, nil); err != nil {
		return d, err
	}
	after, err := i.Server.CPU()
	if err != nil {
		return d, err
	}
	peak, err := i.Server.PeakMemory()
	d.cpu, d.memory = after-before, peak-base
	return d, err
}

// get fetches a resource of the project and returns its size. It does not decode it, which would take
// time of its own.
func get(ctx context.Context, server string, key client.APIKey, path string, query url.Values) (int64, error) {
	target := server + "/api/v1/projects/" + project + "/" + path + "?" + query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return 0, err
	}
	request.SetBasicAuth(key.ID, key.Secret)
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("GET %s: %s", target, response.Status)
	}
	return io.Copy(io.Discard, response.Body)
}
