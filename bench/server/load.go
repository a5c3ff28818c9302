package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"akita/test/rig"
)

const (
	project = "bench"
	// While pages are read, calls arrive at this rate for this time.
	readRate     = 1000
	readDuration = 10 * time.Second
)

// loadFigures holds the measurements of one API.
type loadFigures struct {
	cost, peer costs // of the binary, and of the one that it is compared with
	reads      reads
	endpoints  int // in the model
	peak, rss  int64
	database   int64
	json, yaml document
}

// costs are those of the calls of one load.
type costs struct {
	calls          int
	server, daemon time.Duration
	written        int64
}

func measureLoads(ctx context.Context, o options, t *table) error {
	for _, of := range o.sizes {
		f, err := measureLoad(ctx, o, of)
		if err != nil {
			return err
		}
		t.addLoad(of, f)
	}
	return nil
}

func measureLoad(ctx context.Context, o options, of size) (f loadFigures, err error) {
	f.database, err = installed(ctx, o.binary, func(i *rig.Installation) error {
		step("%s endpoints, %d calls/s for %s", of, o.rate, o.duration)
		if f.cost, err = sendAll(ctx, i, of, o); err != nil {
			return err
		}
		step("%s endpoints, pages while %d calls/s arrive", of, readRate)
		if err := f.measureReads(ctx, i, of); err != nil {
			return err
		}
		step("%s endpoints, documents", of)
		return f.measureDocuments(ctx, i)
	})
	if err != nil || o.peer == "" {
		return f, err
	}
	_, err = installed(ctx, o.peer, func(i *rig.Installation) error {
		step("%s endpoints, %d calls/s for %s, with %s", of, o.rate, o.duration, o.peer)
		f.peer, err = sendAll(ctx, i, of, o)
		return err
	})
	return f, err
}

// installed calls measure with a new server and daemon, and returns the size of the database that is
// left.
func installed(
	ctx context.Context, binary string, measure func(*rig.Installation) error,
) (database int64, err error) {
	err = rig.InFolder(func(folder string) error {
		i, err := rig.Install(ctx, binary, folder, project)
		if err == nil {
			err = measure(i)
		}
		if err := errors.Join(err, i.Stop()); err != nil {
			return err
		}
		database, err = fileSize(filepath.Join(i.ServerData, "akita.db"))
		return err
	})
	return database, err
}

func fileSize(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// sendAll sends the calls of a load, and returns what they cost until they are folded.
func sendAll(ctx context.Context, i *rig.Installation, of size, o options) (costs, error) {
	s := newSenders(i.EventsURL(), "load", of, o.rate)
	before, err := costsOf(i)
	if err != nil {
		return costs{}, err
	}
	if err := s.send(ctx, o.rate, o.duration); err != nil {
		return costs{}, err
	}
	if err := i.UntilFolded(ctx, int(s.sent.Load())); err != nil {
		return costs{}, err
	}
	after, err := costsOf(i)
	return costs{
		int(s.sent.Load()), after.server - before.server, after.daemon - before.daemon, after.written - before.written,
	}, err
}

func costsOf(i *rig.Installation) (c costs, err error) {
	if c.server, err = i.Server.CPU(); err != nil {
		return c, err
	}
	if c.daemon, err = i.Daemon.CPU(); err != nil {
		return c, err
	}
	c.written, err = i.Server.Written()
	return c, err
}
