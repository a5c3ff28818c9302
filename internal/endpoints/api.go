package endpoints

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/judgement"
)

// api is one of the APIs that a model shows: the hosts that mirror each other.
type api struct {
	hosts []string // most called first
	order int      // from 1: by accepted calls, most first
	draft *draft
}

// draft is what the paths of some hosts mean, taken together.
type draft struct {
	hosts []string
	root  *place // judged
	slugs slugs
	pages uint64 // calls that were answered with the page that any path is answered with
}

// trees are what a model saw of paths, by host.
type trees struct {
	memo *Memo
	of   map[string][]*apimodel.Node
}

// treesOf returns them. Calls to an unknown host count as calls to the only one, if there is one.
func treesOf(memo *Memo, seen iter.Seq2[string, *apimodel.Node], only string) trees {
	of := make(map[string][]*apimodel.Node)
	for host, root := range seen {
		host = cmp.Or(host, only)
		of[host] = append(of[host], root)
	}
	return trees{memo, of}
}

// draft judges the paths of some hosts.
func (t trees) draft(hosts []string) *draft {
	d := &draft{hosts: hosts, root: newPlace(), slugs: newSlugs()}
	for _, host := range hosts {
		for _, root := range t.of[host] {
			d.root.addNode(root, origin{t.memo, d.keptApart(host)})
		}
	}
	d.root.addLiterals(d.slugs.words)
	d.pages = d.root.removePages()
	d.root.resolveRedirects()
	d.root.resolveDates("")
	d.root.joinVersions()
	d.root.apply(judgement.Judge(sketchOf("", d.root)), "")
	d.root.addLiterals(d.slugs.names)
	return d
}

// keptApart returns the host under which calls are kept; nil if there is one host only.
func (d *draft) keptApart(host string) *string {
	if len(d.hosts) == 1 {
		return nil
	}
	return &host
}

// adopt adds the calls of a browser that are calls of the API, and counts the others by host.
func (d *draft) adopt(fetched trees, left map[string]uint64, hasRoutes bool) {
	isLive := hasRoutes || d.root.exists()
	for _, host := range d.hosts {
		for _, root := range fetched.of[host] {
			left[host] += d.root.adopt(root, adoption{origin: origin{fetched.memo, d.keptApart(host)}, isLive: isLive})
		}
	}
}

// apisOf returns the APIs of a model, that with most accepted calls first. Hosts that mirror each
// other are one. routed are the endpoints whose path the framework names, and only is the host of a
// model with one.
func apisOf(memo *Memo, m *apimodel.Model, only string, routed *finds) []*api {
	paths := treesOf(memo, m.Paths(), only)
	alone := make(map[string]*draft)
	for _, of := range []trees{paths, treesOf(memo, m.Fetched(), only)} {
		for host := range of.of {
			alone[host] = nil
		}
	}
	for host := range routed.calls() {
		alone[host] = nil
	}
	for host := range alone {
		alone[host] = paths.draft([]string{host})
	}
	if len(alone) == 1 {
		for host, d := range alone {
			return []*api{{hosts: []string{host}, order: 1, draft: d}}
		}
	}
	found := newFinds(m.CountRoutes())
	found.addRoutes(memo, m, only)
	for _, host := range sortedKeys(alone) {
		found.addPaths(alone[host])
	}
	offers, calls := found.offers(sortedKeys(alone))
	offers = joinAll(offers, mirrors, (*offer).joined)
	slices.SortStableFunc(offers, (*offer).compare)
	apis := make([]*api, len(offers))
	for i, o := range offers {
		slices.SortFunc(o.hosts, func(x, y string) int { return compareHosts(x, y, calls) })
		apis[i] = &api{hosts: o.hosts, order: i + 1, draft: alone[o.hosts[0]]}
		if len(o.hosts) > 1 {
			apis[i].draft = paths.draft(o.hosts)
		}
	}
	return apis
}

// offers returns what each host answers, most called first, and the calls of each that it answered.
func (f *finds) offers(hosts []string) (offers []*offer, calls map[string]uint64) {
	of := make(map[string]*offer)
	for _, host := range hosts {
		of[host] = &offer{hosts: []string{host}, live: make(map[find]*side)}
	}
	for key, e := range f.all {
		if at := of[e.Host]; !isUnmatched(e.Calls, e.known) {
			at.live[key] = e.side()
			at.calls += e.Calls.Calls()
			at.accepted += e.Calls.Accepted.Count
		}
	}
	calls = make(map[string]uint64)
	for host, o := range of {
		calls[host] = o.calls
	}
	for _, host := range byCalls(calls) {
		offers = append(offers, of[host])
	}
	return offers, calls
}

// calls counts the calls by host.
func (f *finds) calls() map[string]uint64 {
	calls := make(map[string]uint64)
	for _, e := range f.all {
		calls[e.Host] += e.Calls.Calls()
	}
	return calls
}

// joinHosts returns what was found of one operation at hosts as one endpoint for each API. Hosts of
// an API whose answers or credentials differ stay apart.
func joinHosts(found []*Endpoint, apis map[string]*api, accepted func() map[string]map[string]bool) []*Endpoint {
	for _, e := range found {
		e.api = apis[e.Host]
	}
	if len(found) == 1 {
		return found
	}
	areOne := func(x, y *side) bool {
		return (overlap(x.ways, y.ways) || mix(x, y, accepted())) && compareSides(x, y) != different
	}
	parts := make(map[*api][]*Endpoint)
	for _, e := range found {
		parts[e.api] = append(parts[e.api], e)
	}
	var out []*Endpoint
	for _, same := range parts {
		if len(same) == 1 {
			out = append(out, same...)
			continue
		}
		slices.SortFunc(same, func(x, y *Endpoint) int { return cmp.Compare(x.api.position(x.Host), y.api.position(y.Host)) })
		sides := make([]*side, len(same))
		for i, e := range same {
			sides[i] = e.side()
		}
		sides = joinAll(sides, areOne, (*side).joined)
		for _, s := range sides {
			s.apart = len(sides) > 1
			out = append(out, s.Endpoint)
		}
	}
	return out
}

// accepted returns the ways to authenticate that each host accepted anywhere.
func (f *finds) accepted() map[string]map[string]bool {
	of := make(map[string]map[string]bool)
	for _, e := range f.all {
		maps.Copy(child(&of, e.Host, func() map[string]bool { return make(map[string]bool) }), e.facts.ways())
	}
	return of
}

// position returns where a host stands among those of the API.
func (a *api) position(host string) int { return slices.Index(a.hosts, host) }

// byHost returns the API of each host.
func byHost(apis []*api) map[string]*api {
	of := make(map[string]*api)
	for _, a := range apis {
		for _, host := range a.hosts {
			of[host] = a
		}
	}
	return of
}
