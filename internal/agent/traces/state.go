package traces

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sort"

	"akita/internal/dirsync"
)

// savedService is a service in the state file.
type savedService struct {
	Name   string       `json:"name"`
	Active []Trace      `json:"active"`
	Ended  []endedTrace `json:"ended,omitempty"`
}

// sorted returns the services that the server knows, ordered by name.
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

// save writes the state file. An error is logged: the daemon goes on, and after a
// restart it must ask the server first.
func (r *Registry) save() {
	if r.config.StatePath == "" {
		return
	}
	r.saving.Lock()
	defer r.saving.Unlock()
	data, err := json.Marshal(r.sorted())
	if err == nil {
		err = dirsync.ReplaceFile(r.config.StatePath, data)
	}
	if err != nil {
		r.config.Logger.Warn("Cannot save which traces are on", "error", err)
	}
}

func (r *Registry) load() {
	if r.config.StatePath == "" {
		return
	}
	data, err := os.ReadFile(r.config.StatePath)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var saved []savedService
	if err == nil {
		err = json.Unmarshal(data, &saved)
	}
	if err != nil {
		r.config.Logger.Warn("Cannot read which traces were on; asking the server", "error", err)
		return
	}
	now := r.config.Now()
	for _, one := range saved {
		s := newService(one.Name, now)
		s.standing = Known
		for _, t := range one.Active {
			s.active[t.ID] = t
		}
		for _, t := range one.Ended {
			// The clock may have been set back.
			if latest := now.Add(grace); t.Until.After(latest) {
				t.Until = latest
			}
			s.ended[t.ID] = t
		}
		s.show()
		r.services[nameKey(one.Name)] = s
	}
}
