package facts_test

import (
	"fmt"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/facts"
	"akita/internal/facts/factstest"
)

// parts dates the facts of a simulation part by part, as the server does.
type parts struct {
	records map[apimodel.Part]*facts.Record
	models  map[apimodel.Part]map[int64]*apimodel.Model // by hour
}

// date dates the facts of the calls of an hour.
func (p *parts) date(s *factstest.Simulation, n int) {
	hour := s.Start.Unix()/3600 + int64(n)
	for _, w := range s.Hour(n) {
		part := apimodel.PartOf(&w)
		if p.records[part] == nil {
			p.records[part], p.models[part] = facts.NewRecord(), make(map[int64]*apimodel.Model)
		}
		if p.models[part][hour] == nil {
			p.models[part][hour] = apimodel.New()
		}
		p.models[part][hour].Add(&w)
	}
	for part, r := range p.records {
		if m := p.models[part][hour]; m != nil {
			r.Set(hour, 1, facts.Of(m))
		}
	}
}

// join joins the hours of a day.
func (p *parts) join(day int64) {
	for part, r := range p.records {
		sum := apimodel.New()
		for hour := range int64(24) {
			if m := p.models[part][day+hour]; m != nil {
				sum.Merge(m)
			}
		}
		if sum.Witnesses() > 0 {
			r.Set(day, 24, facts.Of(sum))
		}
	}
}

// The feed of a month has the planned changes, each with its hour, and nothing else.
func TestFeedHasWhatChangedAndNothingElse(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			s := factstest.New(seed)
			p := parts{make(map[apimodel.Part]*facts.Record), make(map[apimodel.Part]map[int64]*apimodel.Model)}
			for n := range factstest.Days * 24 {
				p.date(s, n)
				if old := n - 14*24; n%24 == 0 && old >= 0 {
					p.join(s.Start.Unix()/3600 + int64(old))
				}
			}
			sum := facts.NewRecord()
			for _, r := range p.records {
				sum.Merge(r)
			}
			var paths []string
			var histories []facts.History
			for key, history := range sum.Operations() {
				paths, histories = append(paths, key.Path), append(histories, history)
			}
			changes := make(map[string][]facts.Change)
			for i, of := range facts.Changes(facts.Total(histories), histories) {
				changes[paths[i]] = of
			}
			s.Check(t, changes)
		})
	}
}
