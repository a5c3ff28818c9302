package traces

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"akita/internal/dirsync"
)

// savedService is a service in the state file.
type savedService struct {
	Name   string       `json:"name"`
	Active []Trace      `json:"active"`
	Ended  []endedTrace `json:"ended,omitempty"`
}

// sorted returns the services that the server knows, by name.
func (r *Registry) sorted() []savedService {
	r.mu.Lock()
	defer r.mu.Unlock()
	var services []savedService
	for _, s := range r.services {
		if s.standing != Known {
			continue
		}
		saved := savedService{Name: s.name, Active: sortedTraces(s.active)}
		for _, t := range s.ended {
			saved.Ended = append(saved.Ended, t)
		}
		services = append(services, saved)
	}
	sort.Slice(services, func(i, j int) bool { return services[i].Name < services[j].Name })
	return services
}

// save writes the state file. Where that fails the daemon works on: after a
// restart it will have to ask the server first.
func (r *Registry) save() {
	if r.cfg.StatePath == "" {
		return
	}
	r.saving.Lock()
	defer r.saving.Unlock()
	data, err := json.Marshal(r.sorted())
	if err == nil {
		err = replaceFile(r.cfg.StatePath, data)
	}
	if err != nil {
		r.cfg.Logger.Warn("Cannot save which traces are on", "err", err)
	}
}

func (r *Registry) load() {
	if r.cfg.StatePath == "" {
		return
	}
	data, err := os.ReadFile(r.cfg.StatePath)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var saved []savedService
	if err == nil {
		err = json.Unmarshal(data, &saved)
	}
	if err != nil {
		r.cfg.Logger.Warn("Cannot read which traces were on; asking the server", "err", err)
		return
	}
	now := r.cfg.Now()
	for _, one := range saved {
		s := newService(one.Name, now)
		s.standing = Known
		for _, t := range one.Active {
			s.active[t.ID] = t
		}
		for _, t := range one.Ended {
			// The clock may have been set back since.
			if latest := now.Add(grace); t.Until.After(latest) {
				t.Until = latest
			}
			s.ended[t.ID] = t
		}
		s.show()
		r.services[fold(one.Name)] = s
	}
}

// replaceFile writes a file so that a crash leaves the old or the new one.
func replaceFile(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	temp, err := os.CreateTemp(dir, filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("replace %s: %w", filepath.Base(path), err), os.Remove(temp.Name()))
	}
	if err := dirsync.Sync(dir); err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	return nil
}
