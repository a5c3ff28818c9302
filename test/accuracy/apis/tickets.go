package apis

import f "akita/test/accuracy/fiction"

// tickets sells seats: events by slug, venues by code, maps of seats, prices by category and
// by currency, orders that expire, payments of several kinds, and partners with keys.
func tickets() *f.API {
	event, order := f.Slug(80), f.ULID()
	venue := f.Codes("MSG", "O2L", "BERC", "WALD", "ROYA", "OPER")
	seat := f.Numbered("A-", 3)
	price := f.Record(f.F("value", f.Decimal()), f.F("currency", f.Currency()))
	section := f.Record(
		f.F("code", f.Numbered("S", 3)), f.F("level", f.Enum("floor", "tier", "gallery")), f.F("capacity", f.Int(20, 900)),
		f.F("rows", f.List(f.Record(f.F("row", f.Codes("A", "B", "C", "D")), f.F("free", f.List(f.Int(1, 40), 0, 5))), 1, 3)),
	)
	show := f.Record(
		f.F("slug", event), f.F("title", f.Title()),
		f.F("artists", f.List(f.Record(f.F("name", f.PersonName()), f.F("headliner", f.Bool(.4))), 1, 3)),
		f.F("starts_at", f.InstantZone()), f.F("doors_at", f.InstantZone().Nullable(.3)),
		f.F("venue", f.Record(f.F("code", venue), f.F("city", f.City()), f.F("country", f.Country()))),
		f.F("status", f.Enum("on_sale", "sold_out", "postponed", "cancelled")),
		f.F("prices", f.Map(
			f.Words("stalls", "balcony", "box", "standing", "vip", "gallery", "circle", "pit", "terrace", "lounge"), price, 1, 4,
		)),
		f.F("age_limit", f.Int(12, 18)).Sometimes(.3), f.F("poster", f.URI("https://img.example.test/e")),
	)
	payment := f.Tagged("method",
		f.Record(
			f.F("method", f.Const("card")), f.F("network", f.Enum("visa", "mastercard", "amex")), f.F("last4", f.Digits(4)),
			f.F("three_ds", f.Bool(.5)),
		),
		f.Record(f.F("method", f.Const("voucher")), f.F("voucher_id", f.Numbered("GV", 8)), f.F("remaining", price)),
		f.Record(f.F("method", f.Const("transfer")), f.F("iban", f.IBAN()), f.F("due", f.Date())),
	)
	purchase := f.Record(
		f.F("id", order), f.F("event", event), f.F("state", f.Enum("reserved", "paid", "expired", "refunded")),
		f.F("seats", f.List(seat, 1, 4)), f.F("total", price),
		f.F("fees", f.List(f.Record(f.F("kind", f.Enum("service", "shipping", "refundable")), f.F("amount", price)), 0, 2)),
		f.F("expires_at", f.InstantZone().Nullable(.5)),
		f.F("buyer", f.Record(f.F("email", f.Email()), f.F("phone", f.Phone()).Sometimes(.4))),
		f.F("payments", f.List(payment, 0, 2)), f.F("barcode", f.Numbered("77", 11)).Sometimes(.5),
	)
	problem := f.Record(
		f.F("code", f.Enum("not_found", "seat_taken", "sale_closed", "invalid")), f.F("detail", f.Sentence()),
		f.F("fields", f.Map(f.Words("email", "phone", "seats", "voucher"), f.List(f.Sentence(), 1, 2), 0, 2)).Sometimes(.3),
	)
	missing := f.JSON(404, problem).Rarely(.05)
	ops := []*f.Operation{
		f.Op(
			"GET", "/v3/events",
			f.JSON(
				200,
				f.Record(
					f.F("count", f.Int(0, 900)), f.F("next", f.URI("https://tickets.example.test/v3/events").Nullable(.3)),
					f.F("results", f.List(show, 0, 4)),
				),
			),
		).Asks(
			f.F("city", f.City()).Sometimes(.4), f.F("from", f.Date()).Sometimes(.5),
			f.F("genre", f.List(f.Enum("rock", "jazz", "opera", "comedy"), 1, 2)).Sometimes(.4),
			f.F("max_price", f.Mixed(10, 200)).Sometimes(.3), f.F("page", f.Int(1, 40)).Sometimes(.5),
		).Weighing(10),
		f.Op("GET", "/v3/events/{event}", f.JSON(200, show), missing).Weighing(11),
		f.Op(
			"GET", "/v3/events/{event}/seatmap",
			f.JSON(
				200, f.Record(f.F("sections", f.List(section, 1, 3)), f.F("version", f.Int(1, 90))),
			).Returning(f.F("ETag", f.ETag())),
			missing, f.Empty(304).Rarely(.1),
		).Carries(f.F("If-None-Match", f.ETag()).Sometimes(.2)).Weighing(7),
		f.Op(
			"POST", "/v3/events/{event}/holds", f.JSON(201, purchase).Returning(f.F("Location", f.RelativeURI("/v3/orders"))),
			f.JSON(409, problem).Rarely(.15), f.JSON(422, problem).Rarely(.2).ToSpoiled(),
		).Sends(f.Record(
			f.F("seats", f.List(seat, 1, 4)),
			f.F("buyer", f.Record(f.F("email", f.Email()), f.F("phone", f.Phone()).Sometimes(.4))),
			f.F("promo", f.Codes("EARLY", "FANS")).Sometimes(.3),
		)).Weighing(5),
		f.Op("GET", "/v3/events/featured", f.JSON(200, f.List(show, 1, 3))).Weighing(4),
		f.Op(
			"GET", "/v3/venues/{venue}",
			f.JSON(
				200,
				f.Record(
					f.F("code", venue),
					f.F("address", f.Record(f.F("street", f.Sentence()), f.F("city", f.City()), f.F("postcode", f.Digits(5)))),
					f.F("geo", f.Record(f.F("lat", f.Num(-90, 90)), f.F("lon", f.Num(-180, 180)))),
					f.F("access", f.List(f.Enum("lift", "ramp", "parking"), 0, 2)), f.F("opened", f.Int(1870, 2020).Nullable(.2)),
				),
			),
			missing,
		).Weighing(5),
		f.Op("GET", "/v3/venues/{venue}/events", f.JSON(200, f.List(show, 0, 3)), missing).Weighing(4),
		f.Op("GET", "/v3/orders/{order}", f.JSON(200, purchase), missing).Weighing(8),
		f.Op("POST", "/v3/orders/{order}/pay", f.JSON(200, purchase), f.JSON(402, problem).Rarely(.15)).Sends(f.Tagged(
			"method", f.Record(f.F("method", f.Const("card")), f.F("nonce", f.Token(24)), f.F("save", f.Bool(.5)).Sometimes(.5)),
			f.Record(f.F("method", f.Const("voucher")), f.F("voucher_id", f.Numbered("GV", 8))),
		)).Heads(f.F("Idempotency-Key", f.UUID())).Weighing(4),
		f.Op("DELETE", "/v3/orders/{order}", f.Empty(204), f.JSON(409, problem).Rarely(.1)).Weighing(1),
		f.Op(
			"GET", "/v3/orders/{order}/tickets.pdf", f.Opaque(200, "application/pdf", fixed("%PDF-1.7\n%\xe2\xe3")), missing,
		).Weighing(3),
		f.Op("GET", "/v3/me/orders", f.JSON(200, f.List(purchase, 0, 3))).Asks(f.F("state", f.Enum(
			"reserved", "paid", "expired", "refunded",
		)).Sometimes(.5)).Weighing(5),
		f.Op(
			"POST", "/v3/gate/scans",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("barcode", f.Numbered("77", 11)), f.F("verdict", f.Enum("admit", "reject", "already_used")),
						f.F("seat", seat.Nullable(.2)),
					),
					1, 4,
				),
			),
		).Sends(f.List(
			f.Record(f.F("barcode", f.Numbered("77", 11)), f.F("at", f.UnixMillis()), f.F("gate", f.Int(1, 12))), 1, 4,
		)).Weighing(5),
	}
	each(ops, func(op *f.Operation) {
		op.Param("event", event).Param("venue", venue).Param("order", order)
		op.By(
			key("header", "X-Partner-Key"), bearer(f.JWT()),
		).Or(f.JSON(401, problem).Rarely(.03).ToAnonymous()).Heads(f.F("X-Channel", f.Enum("web", "kiosk", "app")))
	})
	return &f.API{
		Name: "tickets", Host: "tickets.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/v3/me/orders"}},
	}
}
