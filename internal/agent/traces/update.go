package traces

import "fmt"

// Update sets which traces of a service are on, as the server says, and reports
// whether that is a change.
func (r *Registry) Update(serviceName string, on []Trace) (changed bool) {
	return r.apply(serviceName, Known, on)
}

// Miss stores that the server has no such project. Its traces end.
func (r *Registry) Miss(serviceName string) { r.apply(serviceName, Missing, nil) }

// Expire ends the traces whose end has passed by the daemon's clock. It is called when
// the server, whose clock decides otherwise, cannot be asked.
func (r *Registry) Expire(serviceName string) {
	view, err := r.View(serviceName)
	if err != nil || view.Standing != Known {
		return
	}
	now := r.config.Now()
	var on []Trace
	for _, t := range view.Active {
		if now.Before(t.End) {
			on = append(on, t)
		}
	}
	r.apply(serviceName, Known, on)
}

func (r *Registry) apply(serviceName string, standing Standing, on []Trace) (changed bool) {
	r.mu.Lock()
	s := r.services[nameKey(serviceName)]
	if s == nil {
		r.mu.Unlock()
		return false
	}
	was := s.standing
	s.standing = standing
	started, ended := s.replace(on)
	for _, t := range ended {
		s.ended[t.ID] = endedTrace{Trace: t, Until: r.config.Now().Add(grace)}
	}
	r.dropEnded(s)
	r.mu.Unlock()

	changed = was != standing || len(started)+len(ended) > 0
	if !changed {
		return false
	}
	r.save()
	r.show(s)
	r.logStanding(s.name, was, standing)
	for _, t := range started {
		r.logChange("Activating", t)
	}
	for _, t := range ended {
		r.logChange("Deactivating", t)
	}
	return true
}

// replace sets the active traces and returns those that started and ended. One with a new name has
// ended under the old one, so that events which name it are taken for a minute.
func (s *service) replace(on []Trace) (started, ended []Trace) {
	next := make(map[string]Trace, len(on))
	for _, t := range on {
		next[t.ID] = t
		if old, was := s.active[t.ID]; !was || old.Name != t.Name {
			started = append(started, t)
			delete(s.ended, t.ID)
		}
	}
	for _, t := range sortedTraces(s.active) {
		if now, is := next[t.ID]; !is || now.Name != t.Name {
			ended = append(ended, t)
		}
	}
	s.active = next
	return started, ended
}

// dropEnded forgets the ended traces whose grace is over. The caller holds mu.
func (r *Registry) dropEnded(s *service) {
	now := r.config.Now()
	for id, t := range s.ended {
		if !now.Before(t.Until) {
			delete(s.ended, id)
			if _, renamed := s.active[id]; !renamed {
				delete(s.taken, id)
			}
		}
	}
}

// logChange logs the line that docs/guide.md shows.
func (r *Registry) logChange(verb string, t Trace) {
	r.config.Logger.Info(fmt.Sprintf("%s trace %s (%s)", verb, t.Name, t.ID))
}

func (r *Registry) logStanding(name string, was, is Standing) {
	switch {
	case is == Missing && was != Missing && r.missing.AllowN(r.config.Now(), 1):
		r.config.Logger.Warn(
			"The server has no such project: create it in the console or correct AKITA_SERVICE_NAME; trying again",
			"project",
			name,
		)
	case was == Missing && is == Known:
		r.config.Logger.Info("The project exists now", "project", name)
	}
}

// show publishes a change to clients and wakes those that wait. The change must be
// saved before.
func (r *Registry) show(s *service) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.services[nameKey(s.name)] == s { // otherwise it was forgotten, which woke its clients
		s.show()
	}
}
