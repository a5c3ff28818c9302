package apis

import f "akita/test/accuracy/fiction"

// travel is HAL: links in every object, embedded lists, codes of three letters as ids,
// offers of several kinds that nothing names, times and amounts as text.
func travel() *f.API {
	airport := f.Codes("JFK", "OSL", "CDG", "NRT", "LIM", "ACC", "UIO", "ZRH", "HAN", "TUN", "RIX", "OPO")
	booking, quoted := f.Locator(), f.Codes("EUR", "USD", "JPY", "CHF", "NOK")
	link := f.Record(f.F("href", f.URI("https://travel.example.test/r")))
	links := f.F("_links", f.Record(f.F("self", link), f.F("next", link).Sometimes(.3)))
	money := f.Record(f.F("amount", f.Decimal()), f.F("currency", f.Currency()))
	leg := f.Record(
		f.F("from", airport), f.F("to", airport), f.F("departs", f.LocalInstant()), f.F("arrives", f.LocalInstant()),
		f.F("flight", f.Digits(4)), f.F("cabin", f.Enum("economy", "premium", "business", "first")),
		f.F("duration", f.Duration()), f.F("meal", f.Bool(.5)).Sometimes(.5),
	)
	offer := f.Either(
		f.Record(f.F("price", money), f.F("legs", f.List(leg, 1, 3)), f.F("baggage", f.Int(0, 3))),
		f.Record(
			f.F("price", money), f.F("hotel", f.Title()), f.F("nights", f.Int(1, 14)), f.F("check_in", f.Date()),
			f.F("check_in_from", f.Clock()), f.F("stars", f.Mixed(1, 5)), f.F("breakfast", f.Bool(.6)),
		),
	)
	traveller := f.Record(
		f.F("name", f.PersonName()), f.F("born", f.Date()), f.F("nationality", f.Country()),
		f.F("passport", f.Token(9).Nullable(.3)), f.F("email", f.Email()).Sometimes(.6),
	)
	trip := f.Record(
		f.F("locator", booking), f.F("status", f.Enum("held", "ticketed", "cancelled")), f.F("total", money),
		f.F("travellers", f.List(traveller, 1, 3)), f.F("legs", f.List(leg, 0, 3)),
		f.F("refund", f.Record(f.F("fee", money), f.F("until", f.Instant())).Nullable(.5)), links,
	)
	collection := func(name string, of *f.Type) *f.Type {
		return f.Record(
			f.F("_embedded", f.Record(f.F(name, f.List(of, 0, 4)))), links,
			f.F("page", f.Record(f.F("size", f.Int(1, 50)), f.F("totalElements", f.Int(0, 900)))),
		)
	}
	problem := f.Record(
		f.F("status", f.Int(400, 499)), f.F("title", f.Sentence()),
		f.F("violations", f.List(f.Record(f.F("field", f.Word()), f.F("message", f.Sentence())), 0, 2)),
	)
	hal := func(status int, t *f.Type) f.Answer { return f.As(status, "application/hal+json", t) }
	fail := func(status int, share float64) f.Answer {
		return f.As(status, "application/problem+json", problem).Rarely(share)
	}
	ops := []*f.Operation{
		f.Op(
			"GET", "/v1/airports",
			hal(
				200,
				collection("airports", f.Record(f.F("iata", airport), f.F("city", f.City()), f.F("runways", f.Int(1, 6)), links)),
			),
		).Asks(f.F("country", f.Country()).Sometimes(.5)).Weighing(4),
		f.Op(
			"GET", "/v1/airports/{iata}",
			hal(
				200,
				f.Record(
					f.F("iata", airport), f.F("city", f.City()),
					f.F("position", f.Record(f.F("lat", f.Num(-90, 90)), f.F("lon", f.Num(-180, 180)))),
					f.F("timezone", f.Codes("Europe/Oslo", "Asia/Tokyo", "America/Lima")), links,
				),
			),
			fail(404, .05),
		).Param("iata", airport).Weighing(8),
		f.Op(
			"GET", "/v1/airports/{iata}/departures/{date}", hal(200, collection("departures", leg)), fail(404, .05),
		).Param("iata", airport).Param("date", f.Date().Pool(60)).Weighing(5),
		f.Op("GET", "/v1/offers", hal(200, collection("offers", offer)), fail(400, .1)).Asks(
			f.F("from", airport), f.F("to", airport), f.F("depart", f.Date()), f.F("return", f.Date()).Sometimes(.6),
			f.F("adults", f.Int(1, 6)), f.F("max_price", f.Mixed(50, 999)).Sometimes(.3),
			f.F("stops", f.List(f.Int(0, 2), 1, 3)).Sometimes(.4),
		).Weighing(12),
		f.Op(
			"POST", "/v1/bookings", hal(201, trip).With("Location", "/v1/bookings/ABC"), fail(422, .3).ToSpoiled(),
		).Sends(f.Record(
			f.F("offer", f.UUID()), f.F("travellers", f.List(traveller, 1, 3)),
			f.F("payment", f.Either(
				f.Record(f.F("card", f.Token(16)), f.F("expires", f.Codes("12/27", "01/28")), f.F("holder", f.PersonName())),
				f.Record(
					f.F("iban", f.IBAN()), f.F("holder", f.PersonName()), f.F("mandate_date", f.Date()),
					f.F("bic", f.Codes("DEUTDEFF", "CRESCHZZ")),
				),
			)),
			f.F("newsletter", f.Bool(.5)).Sometimes(.5),
		)).Weighing(5),
		f.Op("GET", "/v1/bookings/{locator}", hal(200, trip), fail(404, .06)).Param("locator", booking).Weighing(10),
		f.Op("DELETE", "/v1/bookings/{locator}", f.Empty(204), fail(409, .2)).Param("locator", booking).Weighing(2),
		f.Op(
			"POST", "/v1/bookings/{locator}/check-in",
			hal(
				200,
				f.Record(f.F("seats", f.Map(f.Digits(3), f.Codes("12A", "12B", "14C"), 1, 3)), f.F("boarding", f.Clock()), links),
			),
		).Param("locator", booking).Sends(f.Record(
			f.F("traveller", f.Int(0, 3)), f.F("seat", f.Codes("12A", "12B", "14C")).Sometimes(.5),
		)).Weighing(4),
		f.Op(
			"GET", "/v1/bookings/{locator}/documents/{doc}", f.Opaque(200, "application/pdf", fixed("%PDF-1.4\n%\xff\xff")),
			fail(404, .05),
		).Param("locator", booking).Param("doc", f.Words("boarding-pass", "invoice", "itinerary")).Weighing(3),
		f.Op(
			"GET", "/v1/rates/{base}/{quote}",
			hal(
				200,
				f.Record(
					f.F("rate", f.Num(0, 200)), f.F("as_of", f.Date()), f.F("history", f.Map(f.Date(), f.Num(0, 200), 1, 5)), links,
				),
			),
		).Param("base", quoted).Param("quote", quoted).Weighing(5),
		f.Op(
			"GET", "/v1/weather/{iata}",
			hal(
				200,
				f.Record(
					f.F("days", f.List(
						f.Record(
							f.F("date", f.Date()), f.F("min", f.Mixed(-20, 10)), f.F("max", f.Mixed(11, 40)),
							f.F("sky", f.Enum("clear", "cloudy", "rain", "snow")),
						),
						1, 4,
					)),
					links,
				),
			),
		).Param("iata", airport).Weighing(3),
	}
	each(ops, func(op *f.Operation) {
		op.By(bearer(f.JWT())).Or(fail(401, .03).ToAnonymous()).Heads(
			f.F("X-Market", f.Enum("EU", "US", "APAC")).Sometimes(.7), f.F("X-Client-Version", f.Semver()),
		).Carries(f.F("Accept-Language", f.Language()).Sometimes(.6))
	})
	return &f.API{
		Name: "travel", Host: "travel.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "POST", Path: "/v1/airports"}}}
}
