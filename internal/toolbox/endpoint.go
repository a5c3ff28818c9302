package toolbox

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"akita/internal/endpoints"
)

var getEndpoint = Tool{
	Name: "get_endpoint", Title: "Describe an endpoint",
	Description: "Describe an endpoint: parameters, media types, statuses, authentication, latency, hosts, when it was " +
		"called. get_types has the fields of its bodies.",
	needs:  []string{"endpoint"},
	answer: describe,
}

func describe(ctx context.Context, from Source, given arguments) (answer, error) {
	set, e, err := endpointOf(ctx, from, given)
	if err != nil {
		return answer{}, err
	}
	d := e.Detail()
	head := []string{
		fmt.Sprintf("%s (id %s)", namesOf(set).of(d.Summary), d.ID),
		fmt.Sprintf("Calls: %d%s, errors %s", d.Requests, during(d.FirstSeen, d.LastSeen), percent(d.Errors, d.Requests)),
		"Statuses (calls): " + countList(d.Statuses, plain),
		"Authentication (calls): " + countList(d.AuthCounts, authType),
	}
	if l := d.LatencyMs; l.Max > 0 {
		head = append(head, fmt.Sprintf("Latency in ms: p50 %s, p90 %s, p95 %s, p99 %s, max %s",
			ms(l.P50), ms(l.P90), ms(l.P95), ms(l.P99), ms(l.Max)))
	}
	var hosts []string
	for _, host := range d.Hosts {
		hosts = append(hosts, quoted(host))
	}
	head = append(head, "Hosts: "+shortList(hosts, ", "))
	if d.View != "" {
		head = append(head, "View in the code: "+quoted(d.View))
	}
	return answer{head, listed(partsOf(d), plain)}, nil
}

// partsOf describes the parameters, bodies and responses of an endpoint, each in a line.
func partsOf(d endpoints.Detail) []string {
	var lines []string
	for _, p := range d.Parameters {
		lines = append(lines, "Parameter in "+p.In+" "+
			field{name: p.Name, optional: !p.Required, of: p.Of, seen: p.Seen, schema: p.Schema}.text())
	}
	for _, b := range d.RequestBodies {
		lines = append(lines, fmt.Sprintf("Request body %s: %d%s", quoted(b.MediaType), b.Seen, bytesOf(b)))
	}
	for _, r := range d.Responses {
		lines = append(lines, responseOf(r))
	}
	return lines
}

func responseOf(r endpoints.Response) string {
	text := fmt.Sprintf("Response %d: %d", r.Status, r.Count)
	if r.LatencyMs.Max > 0 {
		text += fmt.Sprintf(", p95 %s ms", ms(r.LatencyMs.P95))
	}
	var bodies, headers []string
	for _, b := range r.Bodies {
		bodies = append(bodies, fmt.Sprintf("%s %d%s", quoted(b.MediaType), b.Seen, bytesOf(b)))
	}
	for _, h := range r.Headers {
		headers = append(headers, fmt.Sprintf("%s in %d", quoted(h.Name), h.Seen))
	}
	if len(bodies) > 0 {
		text += "; bodies: " + shortList(bodies, ", ")
	}
	if len(headers) > 0 {
		text += "; headers: " + shortList(headers, ", ")
	}
	return text
}

// bytesOf writes the size of bodies.
func bytesOf(b endpoints.Body) string {
	if b.Bytes == nil {
		return ""
	}
	return fmt.Sprintf(" (p95 up to %d bytes)", b.Bytes.P95)
}

// endpointOf returns the endpoint that the arguments name, and all endpoints.
func endpointOf(ctx context.Context, from Source, given arguments) (*endpoints.Set, *endpoints.Endpoint, error) {
	set, err := from.Endpoints(ctx)
	if err != nil {
		return nil, nil, err
	}
	e, err := find(set, given["endpoint"])
	return set, e, err
}

// find returns the endpoint that an agent named by its id, by "METHOD /path" or by "METHOD host/path". A
// path of one call names the endpoint whose template has it, if there is one only.
func find(set *endpoints.Set, name string) (*endpoints.Endpoint, error) {
	if e := set.ByID(name); e != nil {
		return e, nil
	}
	verb, path, _ := strings.Cut(strings.ReplaceAll(name, `"`, ""), " ")
	path = strings.ReplaceAll(path, " ", "") // between host and path
	var exact, fitting, similar []*endpoints.Endpoint
	for e := range set.Matching(endpoints.Filter{}) {
		isAt := func(host string) bool { return path == host+e.Path }
		hasVerb := strings.EqualFold(e.Method, verb)
		switch {
		case hasVerb && (path == e.Path || slices.ContainsFunc(e.Hosts(), isAt)):
			exact = append(exact, e)
		case hasVerb && fits(e.Path, path):
			fitting = append(fitting, e)
		case fits(e.Path, cmp.Or(path, verb)):
			similar = append(similar, e)
		}
	}
	how := namesOf(set)
	similar = append(fitting, similar...)
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(exact) > 1:
		return nil, Problem("Several hosts have this endpoint: name it with its host or by its id: " + how.list(exact) + ".")
	case len(fitting) == 1:
		return fitting[0], nil
	case len(similar) > 0:
		return nil, Problem("There is no such endpoint. Similar ones: " + how.list(similar) + ".")
	}
	return nil, Problem("There is no such endpoint: find it with search_endpoints, and name it as it is listed there.")
}

// fits reports whether a path has the segments of a template, with any value for a parameter and with or
// without a slash at the end.
func fits(template, path string) bool {
	own, given := strings.Split(strings.Trim(template, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	return slices.EqualFunc(own, given, func(a, b string) bool {
		return strings.EqualFold(a, b) || strings.Contains(a, "{")
	})
}
