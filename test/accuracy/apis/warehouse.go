package apis

import f "akita/test/accuracy/fiction"

// warehouse has two versions side by side, SKUs, deep nesting, actions after a colon, one
// envelope around everything, conditional requests, and tables as CSV.
func warehouse() *f.API {
	sku, orderID, binID := f.SKU(), f.UUID(), f.Int(1, 60)
	meta := f.Record(f.F("request_id", f.UUID()), f.F("took_ms", f.Num(0, 50)))
	one := func(of *f.Type) *f.Type { return f.Record(f.F("data", of), f.F("meta", meta)) }
	many := func(of *f.Type) *f.Type {
		return f.Record(
			f.F("data", f.List(of, 0, 4)), f.F("meta", meta.With(f.F("page", f.Int(1, 40)), f.F("total", f.Int(0, 9000)))),
		)
	}
	dims := f.Record(f.F("length", f.Num(1, 90)), f.F("width", f.Num(1, 90)), f.F("height", f.Num(1, 90)))
	product := f.Record(
		f.F("sku", sku), f.F("ean", f.Digits(13)), f.F("name", f.Title()), f.F("weight", f.Mixed(1, 300)),
		f.F("dims", dims.Nullable(.2)), f.F("hazard", f.Enum("none", "flammable", "corrosive")),
		f.F("stock", f.Map(sku, f.Int(0, 99), 1, 3)), f.F("images", f.List(f.URI("https://cdn.example.test/img"), 0, 2)),
		f.F("discontinued_on", f.Date()).Sometimes(.15),
	)
	product2 := f.Record(
		f.F("sku", sku), f.F("titles", f.Map(f.Codes("en", "fr", "de", "ja"), f.Title(), 1, 3)),
		f.F("mass", f.Record(f.F("value", f.Mixed(1, 300)), f.F("unit", f.Enum("g", "kg")))),
		f.F("tags", f.List(f.Word(), 0, 3)), f.F("replaces", sku.Nullable(.5)),
	)
	line := f.Record(
		f.F("sku", sku), f.F("quantity", f.Int(1, 20)), f.F("picked", f.Bool(.5)), f.F("note", f.Sentence()).Sometimes(.2),
	)
	order := f.Record(
		f.F("id", orderID), f.F("state", f.Enum("new", "picking", "packed", "shipped", "cancelled")),
		f.F("priority", f.Int(1, 5)), f.F("lines", f.List(line, 1, 4)),
		f.F("carrier", f.Record(
			f.F("name", f.Words("Northwind Freight", "Blue Parcel", "Harbor Express")), f.F("tracking", f.Hex(20)),
		).Nullable(.5)),
		f.F("placed_at", f.Instant()), f.F("ship_by", f.Date()),
	)
	bin := f.Record(
		f.F("id", binID), f.F("grid", f.List(f.List(f.Int(0, 9), 2, 4), 1, 3)),
		f.F("temperature", f.Num(-20, 25).Nullable(.4)), f.F("contents", f.List(line, 0, 2)),
	)
	problem := f.Record(f.F("error", f.Record(
		f.F("code", f.Enum("not_found", "conflict", "invalid")), f.F("message", f.Sentence()),
		f.F("details", f.List(f.Record(f.F("field", f.Word()), f.F("reason", f.Sentence())), 0, 2)),
	)))
	missing, conflict := f.JSON(404, problem).Rarely(.05), f.JSON(409, problem).Rarely(.1)
	paged := []f.Field{f.F("page", f.Int(1, 40)).Sometimes(.5), f.F("per_page", f.Int(10, 100)).Sometimes(.3)}
	etag := f.F("If-Match", f.Hex(16)).Sometimes(.8)

	ops := []*f.Operation{
		f.Op("GET", "/api/v1/products", f.JSON(200, many(product))).Asks(paged...).Asks(
			f.F("hazard", f.Enum("none", "flammable")).Sometimes(.3), f.F("min_weight", f.Mixed(1, 50)).Sometimes(.4),
		).Weighing(8),
		f.Op(
			"GET", "/api/v1/products/{sku}", f.JSON(200, one(product)).With("ETag", `"a1b2"`), missing, f.Empty(304).Rarely(.1),
		).Param("sku", sku).Carries(f.F("If-None-Match", f.Hex(16)).Sometimes(.3)).Weighing(10),
		f.Op(
			"PUT", "/api/v1/products/{sku}", f.JSON(200, one(product)), f.JSON(412, problem).Rarely(.1),
		).Param("sku", sku).Heads(etag).Sends(f.Record(
			f.F("name", f.Title()), f.F("weight", f.Mixed(1, 300)), f.F("dims", dims.Nullable(.3)),
		)).Weighing(3),
		f.Op("GET", "/api/v1/products.csv", f.Opaque(200, "text/csv", fixed("sku,name\nAB-00001-S,Lamp\n"))).Weighing(1),
		f.Op("GET", "/api/v2/products", f.JSON(200, many(product2))).Asks(paged...).Weighing(6),
		f.Op("GET", "/api/v2/products/{sku}", f.JSON(200, one(product2)), missing).Param("sku", sku).Weighing(6),
		f.Op("GET", "/api/v1/orders", f.JSON(200, many(order))).Asks(paged...).Asks(f.F("state", f.Enum(
			"new", "picking", "packed",
		)).Sometimes(.5)).Weighing(6),
		f.Op(
			"POST", "/api/v1/orders", f.JSON(201, one(order)).With("Location", "/api/v1/orders/1"),
			f.JSON(422, problem).Rarely(.3).ToSpoiled(),
		).Sends(f.Record(
			f.F("lines", f.List(f.Record(f.F("sku", sku), f.F("quantity", f.Int(1, 9))), 1, 3)),
			f.F("priority", f.Int(1, 5)).Sometimes(.5), f.F("ship_by", f.Date()),
			f.F("address", f.Record(f.F("street", f.Sentence()), f.F("city", f.City()), f.F("country", f.Country()))),
		)).Weighing(5),
		f.Op("GET", "/api/v1/orders/{order_id}", f.JSON(200, one(order)), missing).Param("order_id", orderID).Weighing(9),
		f.Op(
			"POST", "/api/v1/orders/{order_id}:cancel", f.JSON(200, one(order)), conflict,
		).Param("order_id", orderID).Weighing(2),
		f.Op(
			"POST", "/api/v1/orders/{order_id}:split", f.JSON(200, one(f.List(order, 2, 2))), conflict,
		).Param("order_id", orderID).Sends(f.Record(f.F("after_line", f.Int(1, 3)))).Weighing(2),
		f.Op(
			"GET", "/api/v1/orders/{order_id}/label", f.Opaque(200, "image/png", fixed("\x89PNG\r\n\x1a\n\x00\x00")), missing,
		).Param("order_id", orderID).Weighing(2),
		f.Op(
			"GET", "/api/v1/sites",
			f.JSON(200, many(f.Record(f.F("code", f.Codes("oslo", "paris")), f.F("city", f.City()), f.F("opened", f.Date())))),
		).Weighing(2),
		f.Op(
			"GET", "/api/v1/sites/{site}/zones",
			f.JSON(200, many(f.Record(f.F("zone", f.Codes("A", "B", "C")), f.F("bins", f.Int(1, 60))))),
		).Param("site", f.Words("oslo", "paris")).Weighing(3),
		f.Op(
			"GET", "/api/v1/sites/{site}/zones/{zone}/racks/{rack}/bins/{bin}", f.JSON(200, one(bin)), missing,
		).Param("site", f.Words("oslo", "paris")).Param(
			"zone", f.Words("a", "b", "c", "d"),
		).Param("rack", f.Int(1, 30)).Param("bin", binID).Weighing(6),
		f.Op(
			"GET", "/api/v1/stats/turnover",
			f.JSON(
				200,
				one(f.Record(
					f.F("by_day", f.Map(
						f.Date(), f.Record(f.F("in", f.Int(0, 99)), f.F("out", f.Int(0, 99)), f.F("value", f.Num(0, 999))), 1, 5,
					)),
					f.F("by_sku", f.Map(sku, f.Num(0, 99), 0, 4)),
				)),
			),
		).Asks(f.F("from", f.Date()), f.F("to", f.Date())).Weighing(2),
	}
	each(ops, func(op *f.Operation) {
		op.By(key("header", "X-API-Key")).Or(f.JSON(401, problem).Rarely(.02).ToAnonymous())
	})
	return &f.API{
		Name: "warehouse", Host: "wms.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PATCH", Path: "/api/v1/orders/{order_id}"}},
	}
}
