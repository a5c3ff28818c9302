package apis

import f "akita/test/accuracy/fiction"

// freight is HAL with curies and templates, codes of ports and containers in paths, events
// whose kind only the fields show, bulk calls, preferences in headers, and problems
// with members of their own.
func freight() *f.API {
	hal := func(status int, t *f.Type) f.Answer { return f.As(status, "application/hal+json", t) }
	shipment, container := f.Numbered("SHP", 9), f.Numbered("MSKU", 7)
	port := f.Codes("DEHAM", "NLRTM", "CNSHA", "SGSIN", "USNYC", "BRSSZ", "JPYOK", "ESVLC")
	link := f.Record(f.F("href", f.RelativeURI("/freight/r")), f.F("templated", f.Bool(.3)).Sometimes(.3))
	links := f.F("_links", f.Record(
		f.F("self", link), f.F("acme:documents", link).Sometimes(.5),
		f.F("curies", f.List(
			f.Record(
				f.F("name", f.Const("acme")), f.F("href", f.URI("https://docs.example.test/rels")), f.F("templated", f.Bool(1)),
			),
			1, 1,
		)).Sometimes(.6),
	))
	weight := f.Record(f.F("value", f.Mixed(10, 26000)), f.F("unit", f.Enum("kg", "lb")))
	leg := f.Record(
		f.F("sequence", f.Int(1, 5)), f.F("mode", f.Enum("sea", "rail", "road")), f.F("from", port), f.F("to", port),
		f.F("etd", f.InstantZone()), f.F("eta", f.InstantZone().Nullable(.2)),
		f.F("vessel", f.Record(f.F("imo", f.Numbered("9", 6)), f.F("name", f.Title())).Nullable(.3)),
		f.F("carrierRef", f.Numbered("CR-", 5)).Sometimes(.6),
	)
	event := f.Either(
		f.Record(
			f.F("occurredAt", f.InstantZone()),
			f.F("gateIn", f.Record(f.F("terminal", f.Title()), f.F("truck", f.Numbered("HH-", 4)))),
			f.F("seal", f.Numbered("SL", 6)), f.F("inspector", f.PersonName()).Sometimes(.5),
		),
		f.Record(
			f.F("occurredAt", f.InstantZone()), f.F("customsOffice", f.Title()), f.F("declaration", f.Numbered("MRN", 10)),
			f.F("released", f.Bool(.7)), f.F("duties", f.Record(f.F("amount", f.Decimal()), f.F("currency", f.Currency()))),
		),
	)
	booking := f.Record(
		f.F("reference", shipment), f.F("state", f.Enum("draft", "booked", "in_transit", "delivered", "held")),
		f.F("incoterm", f.Enum("EXW", "FOB", "CIF", "DDP")), f.F("weight", weight), f.F("volumeCbm", f.Num(.1, 67)),
		f.F("dangerous", f.Record(f.F("unNumber", f.Numbered("UN", 4)), f.F("class", f.Codes("3", "8", "9"))).Nullable(.8)),
		f.F("shipper", f.Record(
			f.F("name", f.PersonName()), f.F("eori", f.Numbered("DE", 12)).Sometimes(.4),
			f.F("contact", f.Record(f.F("email", f.Email()), f.F("phone", f.Phone().Nullable(.3)))),
		)),
		f.F("containers", f.List(container, 0, 3)), f.F("createdOn", f.Date()), links,
	)
	page := func(name string, of *f.Type) *f.Type {
		return f.Record(
			f.F("_embedded", f.Record(f.F(name, f.List(of, 0, 4)))).Sometimes(.9), links, f.F("count", f.Int(0, 50)),
			f.F("total", f.Int(0, 5000)),
		)
	}
	problem := f.Record(
		f.F("type", f.URI("https://freight.example.test/problems")), f.F("title", f.Sentence()),
		f.F("status", f.Int(400, 422)),
		f.F("invalidParams", f.List(f.Record(f.F("name", f.Word()), f.F("reason", f.Sentence())), 1, 2)).Sometimes(.5),
		f.F("retryable", f.Bool(.2)),
	)
	fail := func(status int, share float64) f.Answer {
		return f.As(status, "application/problem+json", problem).Rarely(share)
	}
	create := f.Record(
		f.F("incoterm", f.Enum("EXW", "FOB", "CIF", "DDP")), f.F("from", port), f.F("to", port), f.F("weight", weight),
		f.F("readyOn", f.Date()), f.F("notes", f.Paragraph()).Sometimes(.3),
		f.F("insurance", f.Record(f.F("insuredValue", f.Decimal()), f.F("currency", f.Currency()))).Sometimes(.3),
	)
	ops := []*f.Operation{
		f.Op(
			"GET", "/freight",
			hal(
				200,
				f.Record(
					f.F("_links", f.Record(f.F("shipments", link), f.F("ports", link), f.F("self", link))), f.F("release", f.Semver()),
				),
			),
		).Weighing(2),
		f.Op(
			"GET", "/freight/shipments", hal(200, page("shipments", booking)).Returning(f.F("X-Total-Count", f.Int(0, 5000))),
		).Asks(
			f.F("state", f.List(f.Enum("draft", "booked", "in_transit", "delivered"), 1, 2)).Sometimes(.5),
			f.F("updatedSince", f.InstantZone()).Sometimes(.3), f.F("offset", f.Int(0, 900)).Sometimes(.4),
			f.F("dangerous", f.Bool(.2)).Sometimes(.3),
		).Weighing(9),
		f.Op(
			"POST", "/freight/shipments",
			hal(201, booking).Returning(
				f.F("Location", f.RelativeURI("/freight/shipments")),
				f.F("Preference-Applied", f.Codes("return=representation")).Sometimes(.3),
			),
			fail(422, .25).ToSpoiled(),
		).Sends(create).Heads(f.F("Idempotency-Key", f.UUID())).Weighing(4),
		f.Op(
			"POST", "/freight/shipments/bulk",
			f.JSON(
				207,
				f.List(
					f.Record(
						f.F("index", f.Int(0, 9)), f.F("status", f.Int(201, 422)), f.F("reference", shipment.Nullable(.2)),
						f.F("problem", problem).Sometimes(.3),
					),
					1, 4,
				),
			),
			fail(413, .05),
		).Sends(f.List(create, 1, 4)).Weighing(2),
		f.Op(
			"GET", "/freight/shipments/{reference}", hal(200, booking).Returning(f.F("ETag", f.ETag())), fail(404, .05),
		).Weighing(12),
		f.Op(
			"PATCH", "/freight/shipments/{reference}", hal(200, booking), fail(409, .08), fail(412, .04),
		).SendsAs("application/merge-patch+json", f.Record(
			f.F("incoterm", f.Enum("EXW", "FOB", "CIF", "DDP")).Sometimes(.4), f.F("weight", weight).Sometimes(.4),
			f.F("dangerous", f.Record(f.F("unNumber", f.Numbered("UN", 4))).Nullable(.5)).Sometimes(.3),
		)).Heads(f.F("If-Match", f.ETag())).Weighing(4),
		f.Op("POST", "/freight/shipments/{reference}/cancel", f.Empty(204), fail(409, .2)).Sends(f.Record(
			f.F("reason", f.Enum("customer_request", "no_space", "duplicate")), f.F("comment", f.Sentence()).Sometimes(.5),
		)).Weighing(2),
		f.Op("GET", "/freight/shipments/{reference}/legs", hal(200, page("legs", leg)), fail(404, .05)).Weighing(5),
		f.Op(
			"GET", "/freight/shipments/{reference}/legs/{sequence}", hal(200, leg.With(links)), fail(404, .05),
		).Param("sequence", f.Int(1, 5)).Weighing(3),
		f.Op("GET", "/freight/shipments/{reference}/events", hal(200, page("events", event)), fail(404, .05)).Weighing(6),
		f.Op(
			"GET", "/freight/shipments/{reference}/documents/{document}.pdf",
			f.Opaque(200, "application/pdf", fixed("%PDF-1.7\n%\xe2\xe3")), fail(404, .05),
		).Param("document", f.Words("bill-of-lading", "invoice", "packing-list", "certificate")).Weighing(3),
		f.Op(
			"GET", "/freight/containers/{container}",
			hal(
				200,
				f.Record(
					f.F("number", container), f.F("isoType", f.Enum("22G1", "42G1", "45R1")),
					f.F("temperature", f.Num(-25, 20).Nullable(.6)),
					f.F("position", f.Record(f.F("lat", f.Num(-90, 90)), f.F("lon", f.Num(-180, 180)), f.F("at", f.UnixMillis()))),
					links,
				),
			),
			fail(404, .05),
		).Param("container", container).Weighing(6),
		f.Op(
			"GET", "/freight/ports/{locode}",
			hal(
				200,
				f.Record(
					f.F("locode", port), f.F("country", f.Country()),
					f.F("timezone", f.Codes("Europe/Berlin", "Asia/Shanghai", "America/New_York")),
					f.F("congestion", f.Map(f.Date(), f.Int(0, 100), 2, 5)), links,
				),
			),
			fail(404, .05),
		).Param("locode", port).Weighing(5),
		f.Op(
			"GET", "/freight/ports/{locode}/sailings/{date}",
			hal(
				200,
				page("sailings", f.Record(
					f.F("vessel", f.Title()), f.F("voyage", f.Numbered("0", 4)), f.F("cutoff", f.InstantZone()),
					f.F("rates", f.Map(f.Codes("EUR", "USD", "CNY", "JPY", "SGD"), f.Num(100, 9000), 1, 3)),
				)),
			),
			fail(404, .05),
		).Param("locode", port).Param("date", f.Date().Pool(40)).Weighing(4),
	}
	each(ops, func(op *f.Operation) {
		if op.Params["reference"] == nil {
			op.Param("reference", shipment)
		}
		op.By(bearer(f.JWT())).Or(fail(401, .03).ToAnonymous()).Heads(f.F("X-Tenant-Region", f.Enum("eu", "us", "apac")))
	})
	return &f.API{
		Name: "freight", Host: "api.freight.example.test", Routes: f.Template, Operations: ops, Noise: scans,
		Missing: problem, Forbidden: []f.MethodPath{{Method: "PUT", Path: "/freight/ports/{locode}"}},
	}
}
