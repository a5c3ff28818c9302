package apis

import f "akita/test/accuracy/fiction"

// storefront is JSON:API with numbers in quotes as ids: resources of several types with
// the same keys around attributes that differ, sparse fields, filters in brackets, and
// relationships to one or to many.
func storefront() *f.API {
	const media = "application/vnd.api+json"
	as := func(status int, t *f.Type) f.Answer { return f.As(status, media, t) }
	id, row := f.SerialText(), f.Serial()
	one := func(kind string) *f.Type {
		return f.Record(f.F("data", f.Record(f.F("type", f.Const(kind)), f.F("id", id)).Nullable(.3)))
	}
	many := func(kind string) *f.Type {
		return f.Record(f.F("data", f.List(f.Record(f.F("type", f.Const(kind)), f.F("id", id)), 0, 3)))
	}
	resource := func(kind string, attributes, relationships *f.Type) *f.Type {
		return f.Record(
			f.F("id", id), f.F("type", f.Const(kind)), f.F("attributes", attributes), f.F("relationships", relationships),
			f.F("links", f.Record(f.F("self", f.RelativeURI("/jsonapi/"+kind)))),
		)
	}
	price := f.Record(f.F("cents", f.Int(99, 99999)), f.F("currency-iso", f.Codes("EUR", "GBP", "SEK")))
	product := resource(
		"products",
		f.Record(
			f.F("name", f.Title()), f.F("sku", f.SKU()), f.F("price", price), f.F("compare-at-price", price.Nullable(.6)),
			f.F("in-stock", f.Bool(.8)), f.F("rating", f.Num(1, 5).Nullable(.2)),
			f.F("dimensions", f.Record(
				f.F("w", f.Mixed(1, 90)), f.F("h", f.Mixed(1, 90)), f.F("unit", f.Enum("cm", "mm")),
			).Nullable(.3)),
			f.F("created-at", f.InstantMilli()),
		),
		f.Record(f.F("category", one("categories")), f.F("images", many("images"))),
	)
	category := resource(
		"categories",
		f.Record(
			f.F("name", f.Title()), f.F("permalink", f.Slug(40)), f.F("position", f.Int(1, 30)), f.F("visible", f.Bool(.9)),
		),
		f.Record(f.F("parent", one("categories")), f.F("products", many("products"))),
	)
	image := resource(
		"images",
		f.Record(
			f.F("src", f.URI("https://cdn.example.test/img")), f.F("alt", f.Sentence().Nullable(.4)),
			f.F("width", f.Int(100, 4000)), f.F("height", f.Int(100, 4000)), f.F("dominant", f.Color()),
		),
		f.Record(f.F("product", one("products"))),
	)
	review := resource(
		"reviews",
		f.Record(
			f.F("stars", f.Int(1, 5)), f.F("body", f.Paragraph()), f.F("author", f.PersonName()), f.F("verified", f.Bool(.6)),
			f.F("published-at", f.InstantMilli().Nullable(.2)),
		),
		f.Record(f.F("product", one("products"))),
	)
	cart := resource(
		"carts",
		f.Record(
			f.F("email", f.Email().Nullable(.5)), f.F("item-total", price),
			f.F("coupon", f.Codes("SPRING26", "WELCOME").Nullable(.7)),
			f.F("state", f.Enum("cart", "address", "delivery", "payment", "complete")), f.F("updated-at", f.InstantMilli()),
		),
		f.Record(f.F("line-items", many("line-items"))),
	)
	item := resource(
		"line-items",
		f.Record(
			f.F("quantity", f.Int(1, 9)), f.F("price", price),
			f.F("options", f.Record(f.F("engraving", f.Sentence()).Sometimes(.3), f.F("gift", f.Bool(.2)))),
		),
		f.Record(f.F("product", one("products"))),
	)
	document := func(of *f.Type, included ...*f.Type) *f.Type {
		fields := []f.Field{f.F("data", of), f.F("jsonapi", f.Record(f.F("version", f.Const("1.1"))))}
		if len(included) == 1 {
			fields = append(fields, f.F("included", f.List(included[0], 0, 3)).Sometimes(.5))
		} else if len(included) > 1 {
			fields = append(fields, f.F("included", f.List(f.Tagged("type", included...), 0, 4)).Sometimes(.6))
		}
		return f.Record(fields...)
	}
	list := func(of *f.Type, included ...*f.Type) *f.Type {
		return document(f.List(of, 0, 4), included...).With(
			f.F("meta", f.Record(f.F("count", f.Int(0, 25)), f.F("total-pages", f.Int(1, 40)))),
			f.F("links", f.Record(
				f.F("first", f.RelativeURI("/jsonapi/p")), f.F("next", f.RelativeURI("/jsonapi/p").Nullable(.4)),
				f.F("prev", f.RelativeURI("/jsonapi/p").Nullable(.6)),
			)),
		)
	}
	errors := f.Record(f.F("errors", f.List(
		f.Record(
			f.F("id", f.UUID()), f.F("status", f.Codes("404", "422", "401")),
			f.F("code", f.Enum("record-not-found", "blank", "taken", "unauthorized")), f.F("title", f.Sentence()),
			f.F("source", f.Either(
				f.Record(f.F("pointer", f.Codes("/data/attributes/quantity", "/data/attributes/email"))),
				f.Record(f.F("parameter", f.Codes("filter", "sort"))),
			)).Sometimes(.6),
			f.F("meta", f.Record(f.F("limit", f.Int(1, 99)))).Sometimes(.2),
		),
		1, 3,
	)))
	missing, refused := as(404, errors).Rarely(.05), as(422, errors).Rarely(.25).ToSpoiled()
	write := func(kind string, attributes *f.Type, more ...f.Field) *f.Type {
		return f.Record(f.F("data", f.Record(append(
			[]f.Field{f.F("type", f.Const(kind)), f.F("attributes", attributes)}, more...,
		)...)))
	}
	paging := []f.Field{
		f.F("page[number]", f.Int(1, 30)).Sometimes(.5), f.F("page[size]", f.Int(5, 25)).Sometimes(.5),
		f.F("include", f.CSV("category", "images")).Sometimes(.4),
	}
	ops := []*f.Operation{
		f.Op("GET", "/jsonapi/products", as(200, list(product, category, image))).Asks(paging...).Asks(
			f.F("filter[price][gte]", f.Int(1, 900)).Sometimes(.3), f.F("filter[price][lte]", f.Int(900, 9000)).Sometimes(.3),
			f.F("filter[in-stock]", f.Bool(.8)).Sometimes(.4),
			f.F("fields[products]", f.CSV("name", "price", "sku")).Sometimes(.3),
			f.F("sort", f.Enum("name", "-price", "created-at")).Sometimes(.4),
		).Weighing(12),
		f.Op(
			"GET", "/jsonapi/products/{id}", as(200, document(product, category, image)), missing,
		).Asks(f.F("include", f.CSV("category", "images")).Sometimes(.4)).Weighing(12),
		f.Op("GET", "/jsonapi/products/{id}/reviews", as(200, list(review)), missing).Asks(paging[:2]...).Weighing(5),
		f.Op(
			"POST", "/jsonapi/products/{id}/reviews",
			as(201, document(review)).Returning(f.F("Location", f.RelativeURI("/jsonapi/reviews"))), refused,
		).SendsAs(
			media,
			write("reviews", f.Record(
				f.F("stars", f.Int(1, 5)), f.F("body", f.Paragraph()), f.F("author", f.PersonName()).Sometimes(.7),
			)),
		).Weighing(3),
		f.Op(
			"GET", "/jsonapi/products/{id}/relationships/images",
			as(
				200,
				f.Record(
					f.F("data", f.List(f.Record(f.F("type", f.Const("images")), f.F("id", id)), 0, 3)),
					f.F("links", f.Record(
						f.F("self", f.RelativeURI("/jsonapi/products")), f.F("related", f.RelativeURI("/jsonapi/products")),
					)),
				),
			),
		).Weighing(2),
		f.Op("GET", "/jsonapi/categories", as(200, list(category))).Asks(paging[:2]...).Weighing(5),
		f.Op("GET", "/jsonapi/categories/{id}", as(200, document(category, product)), missing).Weighing(5),
		f.Op(
			"GET", "/jsonapi/search", as(200, list(f.Tagged("type", product, category, review))),
		).Asks(f.F("filter[q]", f.Word())).Weighing(4),
		f.Op("POST", "/jsonapi/carts", as(201, document(cart)), refused).SendsAs(
			media, write("carts", f.Record(f.F("email", f.Email()).Sometimes(.5))),
		).Weighing(3),
		f.Op("GET", "/jsonapi/carts/current", as(200, document(cart, item, product))).Weighing(7),
		f.Op("GET", "/jsonapi/carts/{id}", as(200, document(cart, item, product)), missing).Weighing(4),
		f.Op("PATCH", "/jsonapi/carts/{id}", as(200, document(cart)), refused).SendsAs(
			media,
			f.Record(f.F("data", f.Record(
				f.F("type", f.Const("carts")), f.F("id", id),
				f.F("attributes", f.Record(
					f.F("coupon", f.Codes("SPRING26", "WELCOME").Nullable(.2)).Sometimes(.6), f.F("email", f.Email()).Sometimes(.5),
				)),
			))),
		).Weighing(4),
		f.Op("POST", "/jsonapi/carts/{id}/line-items", as(201, document(item, product)), refused).SendsAs(
			media,
			write(
				"line-items", f.Record(f.F("quantity", f.Int(1, 9))),
				f.F("relationships", f.Record(f.F("product", f.Record(f.F("data", f.Record(
					f.F("type", f.Const("products")), f.F("id", id),
				)))))),
			),
		).Weighing(5),
		f.Op("DELETE", "/jsonapi/line-items/{id}", f.Empty(204), missing).Weighing(2),
		f.Op("PATCH", "/jsonapi/products/{id}/relationships/images", f.Empty(204)).SendsAs(
			media, f.Record(f.F("data", f.List(f.Record(f.F("type", f.Const("images")), f.F("id", id)), 0, 3))),
		).Weighing(1),
	}
	each(ops, func(op *f.Operation) {
		op.Param("id", row).By(key("header", "X-Storefront-Token")).Or(as(401, errors).Rarely(.03).ToAnonymous()).Heads(
			f.F("X-Currency", f.Currency()).Sometimes(.5),
		)
	})
	return &f.API{
		Name: "storefront", Host: "shop.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: errors,
		Forbidden: []f.MethodPath{
			{Method: "PUT", Path: "/jsonapi/products/{id}"}, {Method: "DELETE", Path: "/jsonapi/categories"},
		}}
}
