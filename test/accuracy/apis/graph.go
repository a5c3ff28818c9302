package apis

import (
	"strings"

	f "akita/test/accuracy/fiction"
)

// graph is one endpoint for everything, next to receivers of webhooks whose bodies have
// nothing in common, free-form documents, and a few dozen names of checks that are code.
func graph() *f.API {
	query := f.Words(
		"query Me { me { id name } }", "query Feed($n: Int!) { feed(first: $n) { id } }",
		"mutation Like($id: ID!) { like(id: $id) { count } }",
	)
	fault := f.Record(
		f.F("message", f.Sentence()), f.F("path", f.List(f.Either(f.Word(), f.Int(0, 9)), 1, 3)),
		f.F("locations", f.List(f.Record(f.F("line", f.Int(1, 9)), f.F("column", f.Int(1, 40))), 0, 2)),
	)
	ops := []*f.Operation{
		f.Op(
			"POST", "/graphql",
			f.JSON(
				200,
				f.Record(
					f.F("data", nullableFree()), f.F("errors", f.List(fault, 1, 2)).Sometimes(.15),
					f.F("extensions", f.Record(f.F("cost", f.Int(1, 99)), f.F("took", f.Num(0, 9)))).Sometimes(.5),
				),
			),
			f.JSON(400, f.Record(f.F("errors", f.List(fault, 1, 1)))).Rarely(.08),
		).
			Sends(f.Record(
				f.F("query", query), f.F("operationName", f.Codes("Me", "Feed", "Like").Nullable(.2)),
				f.F("variables", f.Free()).Sometimes(.8),
			)).By(bearer(f.JWT()), session("graph_session", "")).Weighing(40),
		f.Op("POST", "/hooks/github", f.Empty(202)).Sends(f.Record(
			f.F("action", f.Enum("opened", "closed", "synchronize")), f.F("number", f.Int(1, 9999)),
			f.F("repository", f.Record(f.F("id", f.Serial()), f.F("full_name", f.Title()), f.F("private", f.Bool(.4)))),
			f.F("sender", f.Record(f.F("login", f.FirstName()), f.F("id", f.Serial()))),
		)).Heads(f.F("X-GitHub-Event", f.Enum("pull_request", "push", "issues"))).Carries(
			f.F("X-Hub-Signature-256", f.Hex(64)), f.F("X-GitHub-Delivery", f.UUID()),
		).Weighing(8),
		f.Op("POST", "/hooks/stripe", f.JSON(200, f.Record(f.F("received", f.Bool(1))))).Sends(f.Record(
			f.F("id", f.Prefixed("evt")), f.F("object", f.Const("event")), f.F("created", f.UnixSeconds()),
			f.F("livemode", f.Bool(.9)), f.F("type", f.Enum("invoice.paid", "charge.refunded")),
		)).Carries(f.F("Stripe-Signature", f.Hex(64))).Weighing(6),
		f.Op(
			"POST", "/hooks/slack", f.Opaque(200, "text/plain", fixed("ok")),
		).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("team_id", f.Prefixed("T")), f.F("command", f.Codes("/deploy", "/status")), f.F("text", f.Sentence()),
			f.F("token", f.Token(24)),
		)).Weighing(4),
		f.Op(
			"POST", "/soap", f.Opaque(200, "text/xml", fixed(`<soap:Envelope xmlns:soap="x"><soap:Body/></soap:Envelope>`)),
			f.Opaque(500, "text/xml", fixed(`<soap:Fault/>`)).Rarely(.1),
		).SendsOpaque("text/xml", fixed(
			`<soap:Envelope xmlns:soap="x"><soap:Body><a/></soap:Body></soap:Envelope>`,
		)).Heads(f.F("SOAPAction", f.Enum("GetQuote", "PutOrder"))).Weighing(3),
		f.Op(
			"GET", "/docs/{id}", f.JSON(200, f.Record(f.F("_id", f.Hex(24)), f.F("rev", f.Int(1, 99)), f.F("doc", f.Free()))),
			f.JSON(404, f.Record(f.F("error", f.Const("missing")))).Rarely(.05),
		).Param("id", f.Hex(24)).By(basic("couch:relaxrelax")).Weighing(8),
		f.Op(
			"PUT", "/docs/{id}", f.JSON(201, f.Record(f.F("ok", f.Bool(1)), f.F("rev", f.Int(1, 99)))),
			f.JSON(409, f.Record(f.F("error", f.Const("conflict")))).Rarely(.1),
		).Param("id", f.Hex(24)).Sends(f.Free()).By(basic("couch:relaxrelax")).Weighing(4),
		f.Op("GET", "/flags", f.JSON(200, f.Map(f.Word(), f.Bool(.5), 3, 9))).Weighing(4),
		f.Op("GET", "/metrics", f.Opaque(200, "text/plain", fixed("up 1\nrequests_total 42\n"))).Weighing(3),
	}
	services := strings.Fields("database cache queue search mailer scheduler storage gateway billing sessions " +
		"thumbnails webhooks")
	for _, name := range services {
		ops = append(
			ops,
			f.Op(
				"POST", "/internal/check"+strings.ToUpper(name[:1])+name[1:],
				f.JSON(
					200,
					f.Record(f.F(name+"_ok", f.Bool(.9)), f.F("latency", f.Num(0, 9)), f.F(name, f.Record(f.F("nodes", f.Int(1, 9))))),
				),
			).Weighing(1),
		)
	}
	return &f.API{Name: "graph", Host: "graph.example.test", Routes: f.Template, Operations: ops, Noise: scans,
		Forbidden: []f.MethodPath{{Method: "GET", Path: "/graphql"}}}
}

func nullableFree() *f.Type { return f.Free().Nullable(.1) }
