package apis

import (
	"net/http"

	f "akita/test/accuracy/fiction"
)

// issues is JSON:API: one envelope and one shape of a resource everywhere, included
// resources of several types, parameters in brackets, PATCH, and JWTs.
func issues() *f.API {
	const media = "application/vnd.api+json"
	id := f.UUID()
	to := func(kind string) *f.Type {
		return f.Record(f.F("data", f.Record(f.F("type", f.Const(kind)), f.F("id", id)).Nullable(.2)))
	}
	resource := func(kind string, attributes *f.Type, relations ...f.Field) *f.Type {
		fields := []f.Field{f.F("type", f.Const(kind)), f.F("id", id), f.F("attributes", attributes)}
		if len(relations) > 0 {
			fields = append(fields, f.F("relationships", f.Record(relations...)))
		}
		return f.Record(append(fields, f.F("links", f.Record(f.F("self", f.URI("https://issues.example.test/"+kind)))))...)
	}
	user := resource("users", f.Record(
		f.F("name", f.PersonName()), f.F("email", f.Email()), f.F("timezone", f.Codes("Europe/Berlin", "Asia/Tokyo", "UTC")),
	))
	project := resource(
		"projects",
		f.Record(
			f.F("key", f.Codes("OPS", "WEB", "CORE", "DOCS")), f.F("name", f.Title()), f.F("archived", f.Bool(.2)),
			f.F("createdAt", f.Instant()),
		),
		f.F("lead", to("users")),
	)
	issue := resource("issues", f.Record(
		f.F("title", f.Title()), f.F("body", f.Sentence().Nullable(.3)), f.F("state", f.Enum("open", "closed", "blocked")),
		f.F("severity", f.Enum("low", "medium", "high", "critical")), f.F("estimate", f.Duration().Nullable(.5)),
		f.F("points", f.Int(1, 13)).Sometimes(.6), f.F("labels", f.List(f.Word(), 0, 3)), f.F("openedAt", f.Instant()),
		f.F("closedAt", f.Instant().Nullable(.6)), f.F("custom", f.Free()),
	),
		f.F("assignee", to("users")), f.F("project", to("projects")))
	label := resource("labels", f.Record(f.F("name", f.Word()), f.F("color", f.Hex(6))))
	included := f.F("included", f.List(f.Tagged("type", user, project), 0, 3)).Sometimes(.5)
	page := func(of *f.Type) *f.Type {
		return f.Record(
			f.F("data", f.List(of, 0, 4)), included, f.F("meta", f.Record(f.F("total", f.Int(0, 999)))),
			f.F("links", f.Record(
				f.F("self", f.URI("https://issues.example.test/page")),
				f.F("next", f.URI("https://issues.example.test/page").Nullable(.4)),
			)),
		)
	}
	flat := func(of *f.Type) *f.Type {
		return f.Record(
			f.F("data", f.List(of, 0, 4)), f.F("meta", f.Record(f.F("total", f.Int(0, 999)))),
			f.F("links", f.Record(
				f.F("self", f.URI("https://issues.example.test/page")),
				f.F("next", f.URI("https://issues.example.test/page").Nullable(.4)),
			)),
		)
	}
	errors := f.Record(f.F("errors", f.List(
		f.Record(
			f.F("status", f.Codes("404", "422", "403")), f.F("title", f.Sentence()),
			f.F("source", f.Record(f.F("pointer", f.Codes("/data/attributes/title", "/data/attributes/state")))).Sometimes(.5),
		),
		1, 2,
	)))
	paging := []f.Field{f.F("page[number]", f.Int(1, 30)).Sometimes(.6), f.F("page[size]", f.Int(10, 50)).Sometimes(.4)}
	attributes := f.Record(
		f.F("title", f.Title()), f.F("severity", f.Enum("low", "medium", "high", "critical")),
		f.F("body", f.Sentence()).Sometimes(.5),
	)
	change := f.Record(f.F("data", f.Record(
		f.F("type", f.Const("issues")), f.F("id", id),
		f.F("attributes", f.Record(
			f.F("state", f.Enum("open", "closed", "blocked")).Sometimes(.7), f.F("title", f.Title()).Sometimes(.5),
		)),
	)))
	as := func(status int, t *f.Type) f.Answer { return f.As(status, media, t) }
	missing := as(404, errors).Rarely(.05)
	ops := []*f.Operation{
		f.Op("GET", "/issues", as(200, page(issue))).Asks(paging...).Asks(
			f.F("filter[state]", f.Enum("open", "closed", "blocked")).Sometimes(.5), f.F("filter[project]", id).Sometimes(.3),
			f.F("include", f.CSV("assignee", "project")).Sometimes(.4), f.F("sort", f.Enum("title", "-openedAt")).Sometimes(.3),
		).Weighing(12),
		f.Op("POST", "/issues", as(201, f.Record(f.F("data", issue))), as(422, errors).Rarely(.3).ToSpoiled()).SendsAs(
			media, f.Record(f.F("data", f.Record(f.F("type", f.Const("issues")), f.F("attributes", attributes)))),
		).Weighing(4),
		f.Op("GET", "/issues/{id}", as(200, f.Record(f.F("data", issue), included)), missing).Weighing(12),
		f.Op(
			"PATCH", "/issues/{id}", as(200, f.Record(f.F("data", issue))), missing, as(409, errors).Rarely(.05),
		).SendsAs(media, change).Weighing(5),
		f.Op("DELETE", "/issues/{id}", f.Empty(204), missing).Weighing(1),
		f.Op("GET", "/issues/{id}/relationships/assignee", as(200, to("users"))).Weighing(2),
		f.Op("PATCH", "/issues/{id}/relationships/assignee", f.Empty(204)).SendsAs(media, to("users")).Weighing(2),
		f.Op("GET", "/projects", as(200, flat(project))).Asks(paging...).Weighing(5),
		f.Op("GET", "/projects/{id}", as(200, f.Record(f.F("data", project))), missing).Weighing(5),
		f.Op("GET", "/projects/{id}/issues", as(200, page(issue)), missing).Asks(paging...).Weighing(4),
		f.Op("GET", "/users", as(200, flat(user))).Asks(paging...).Weighing(3),
		f.Op("GET", "/users/{id}", as(200, f.Record(f.F("data", user))), missing).Weighing(4),
		f.Op(
			"GET", "/users/me",
			as(
				200,
				f.Record(
					f.F("data", user),
					f.F("meta", f.Record(f.F("roles", f.List(f.Codes("admin", "member"), 1, 2)), f.F("notifications", f.Int(0, 30)))),
				),
			),
		).Weighing(5),
		f.Op("GET", "/labels", as(200, flat(label))).Weighing(3),
		f.Op(
			"GET", "/search", as(200, f.Record(f.F("data", f.List(f.Tagged("type", issue, project, user), 0, 4)))),
		).Asks(f.F("q", f.Word())).Weighing(4),
		f.Op("OPTIONS", "/issues", f.Empty(204).With("Access-Control-Allow-Origin", "*").ToAnonymous()).Carries(
			f.F("Origin", f.Codes("https://app.example.test")), f.F("Access-Control-Request-Method", f.Codes("POST")),
		).Weighing(1),
	}
	each(ops, func(op *f.Operation) {
		op.Param("id", id)
		if op.Method == http.MethodOptions {
			op.Preflight = true
			return
		}
		op.By(bearer(f.JWT())).Or(as(401, errors).Rarely(.03).ToAnonymous(), as(403, errors).Rarely(.02))
	})
	return &f.API{
		Name: "issues", Host: "issues.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: errors,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/issues/{id}"}, {Method: "DELETE", Path: "/labels"}}}
}
