package apis

import f "akita/test/accuracy/fiction"

// bookshop is Django REST Framework: trailing slashes, numbered pages, actions after an
// id, a session or a token, its errors, and OPTIONS that describes itself.
func bookshop() *f.API {
	id := f.Serial()
	review := f.Record(
		f.F("id", id), f.F("stars", f.Int(1, 5)), f.F("text", f.Sentence().Nullable(.2)), f.F("author", f.PersonName()),
		f.F("created", f.InstantMicro()),
	)
	author := f.Record(
		f.F("id", id), f.F("name", f.PersonName()), f.F("slug", f.Slug(200)), f.F("born", f.Date().Nullable(.3)),
		f.F("website", f.URI("https://authors.example.test").Nullable(.5)),
	)
	book := f.Record(
		f.F("id", id), f.F("isbn", f.Digits(13)), f.F("title", f.Title()), f.F("price", f.Decimal()), f.F(
			"pages", f.Int(20, 1200),
		), f.F("weight", f.Mixed(1, 40)),
		f.F("format", f.Enum("hardcover", "paperback", "ebook", "audiobook")), f.F("in_stock", f.Bool(.7)), f.F(
			"author", f.Record(f.F("id", id), f.F("name", f.PersonName())).Nullable(.2),
		),
		f.F(
			"tags", f.List(f.Word(), 0, 4),
		), f.F("published", f.Date()), f.F("subtitle", f.Title()).Sometimes(.4), f.F("series", f.Record(
			f.F("name", f.Title()), f.F("volume", f.Int(1, 9)),
		)).Sometimes(.3),
		f.F("sales", f.Map(f.Date(), f.Int(0, 500), 1, 5)).Sometimes(.6),
	)
	user := f.Record(
		f.F("id", id), f.F("username", f.FirstName()), f.F("email", f.Email()), f.F("city", f.City()),
		f.F("is_staff", f.Bool(.1)), f.F("last_login", f.InstantMicro().Nullable(.4)),
	)
	detail := f.Record(f.F("detail", f.Words("Not found.", "No such object.", "It is gone.")))
	denied := f.Record(f.F("detail", f.Words("Authentication credentials were not provided.")))
	invalid := f.Record(
		f.F("title", f.List(f.Sentence(), 1, 2)).Sometimes(.6), f.F("price", f.List(f.Sentence(), 1, 1)).Sometimes(.5),
		f.F("non_field_errors", f.List(f.Sentence(), 1, 1)).Sometimes(.3),
	)
	newBook := f.Record(
		f.F("title", f.Title()), f.F("isbn", f.Digits(13)), f.F("price", f.Decimal()), f.F("pages", f.Int(20, 1200)),
		f.F("author", id.Nullable(.2)), f.F("subtitle", f.Title()).Sometimes(.3),
	)
	page := func(of *f.Type) *f.Type {
		return f.Record(
			f.F("count", f.Int(0, 9000)), f.F("next", f.URI("https://books.example.test/api/page").Nullable(.3)),
			f.F("previous", f.URI("https://books.example.test/api/page").Nullable(.5)), f.F("results", f.List(of, 0, 4)),
		)
	}
	numbered := []f.Field{f.F("page", f.Int(1, 40)).Sometimes(.6), f.F("page_size", f.Int(10, 50)).Sometimes(.3)}

	token := f.Login{{Scheme: "apiKey", In: "header", Name: "Authorization", Prefix: "Token ", Value: f.Token(40)}}
	web := session("sessionid", "X-CSRFToken")
	missing, refused := f.JSON(404, detail).Rarely(.06), f.JSON(401, denied).Rarely(.04).ToAnonymous()
	one := func(op *f.Operation) *f.Operation { return op.Param("pk", id).Or(missing) }
	ops := []*f.Operation{
		f.Op("GET", "/api/books/", f.JSON(200, page(book))).Weighing(14).Asks(numbered...).Asks(
			f.F("ordering", f.Enum(
				"price", "-price", "published",
			)).Sometimes(.4), f.F("in_stock", f.Bool(.5)).Sometimes(.3), f.F(
				"tag", f.List(f.Word(), 1, 3),
			).Sometimes(.25), f.F("search", f.Word()).Sometimes(.3)),
		one(f.Op("GET", "/api/books/{pk}/", f.JSON(200, book))).Weighing(12),
		f.Op(
			"POST", "/api/books/", f.JSON(201, book), f.JSON(400, invalid).Rarely(.35).ToSpoiled(),
		).Sends(newBook).Weighing(4),
		one(f.Op("PUT", "/api/books/{pk}/", f.JSON(200, book))).Sends(newBook).Weighing(2),
		one(f.Op("PATCH", "/api/books/{pk}/", f.JSON(200, book))).Sends(f.Record(
			f.F("price", f.Decimal()).Sometimes(.6), f.F("title", f.Title()).Sometimes(.6),
		)).Weighing(3),
		one(f.Op("DELETE", "/api/books/{pk}/", f.Empty(204))),
		one(f.Op("GET", "/api/books/{pk}/reviews/", f.JSON(200, page(review)))).Asks(numbered...).Weighing(6),
		one(f.Op("GET", "/api/books/{pk}/reviews/{review_pk}/", f.JSON(200, review))).Param("review_pk", id).Weighing(3),
		one(f.Op("POST", "/api/books/{pk}/reviews/", f.JSON(201, review))).Sends(f.Record(
			f.F("stars", f.Int(1, 5)), f.F("text", f.Sentence()).Sometimes(.7),
		)).Weighing(3),
		one(f.Op(
			"POST", "/api/books/{pk}/cover/",
			f.JSON(201, f.Record(f.F("url", f.URI("https://cdn.example.test")), f.F("bytes", f.Int(1000, 900000)))),
		)).SendsAs("multipart/form-data", f.Record(
			f.F("alt", f.Sentence()), f.F("image", f.File()), f.F("featured", f.Bool(.5)).Sometimes(.4),
		)),
		f.Op(
			"OPTIONS", "/api/books/",
			f.JSON(
				200,
				f.Record(
					f.F("name", f.Words("Book List")), f.F("renders", f.List(f.Codes("application/json", "text/html"), 2, 2)),
					f.F("parses", f.List(f.Codes("application/json"), 1, 1)),
				),
			),
		),
		f.Op("GET", "/api/authors/", f.JSON(200, page(author))).Asks(numbered...).Weighing(6),
		f.Op(
			"GET", "/api/authors/{slug}/", f.JSON(200, author.With(f.F("books", f.List(book, 0, 2)))), missing,
		).Param("slug", f.Slug(200)).Weighing(8),
		f.Op("GET", "/api/users/", f.JSON(200, page(user))).Asks(numbered...).Weighing(3),
		f.Op(
			"GET", "/api/users/me/",
			f.JSON(200, user.With(f.F("permissions", f.List(f.Codes("read", "write", "delete"), 1, 3)))),
		).Weighing(6),
		one(f.Op("GET", "/api/users/{pk}/", f.JSON(200, user))).Weighing(5),
		one(f.Op(
			"POST", "/api/users/{pk}/set_password/", f.JSON(200, f.Record(f.F("status", f.Const("password set")))),
		)).Sends(f.Record(
			f.F("old_password", f.Secret("swordfish", "letmein")), f.F("password", f.Secret("opensesame", "correct-horse")),
		)),
		f.Op(
			"POST", "/api/auth/login/", f.JSON(200, f.Record(f.F("token", f.Token(40)))),
			f.JSON(400, f.Record(f.F("non_field_errors", f.List(f.Sentence(), 1, 1)))).Rarely(.3),
		).Sends(f.Record(
			f.F("username", f.FirstName()), f.F("password", f.Secret("swordfish", "letmein", "tr0ub4dor")),
		)).Weighing(2),
	}
	ops = each(ops, func(op *f.Operation) {
		if op.Path != "/api/auth/login/" {
			op.By(token, web).Or(refused)
		}
	})
	ops = append(ops,
		f.Op("HEAD", "/api/books/", f.Empty(200)).By(token),
		f.Op(
			"GET", "/api/stats/daily/",
			f.JSON(
				200,
				f.Record(
					f.F("series", f.Map(f.Date(), f.Int(0, 99), 2, 6)),
					f.F("by_author", f.Map(id, f.Record(f.F("sold", f.Int(0, 9)), f.F("revenue", f.Decimal())), 0, 4)),
				),
			),
		).Weighing(2),
	)
	return &f.API{
		Name: "bookshop", Host: "books.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: detail,
		Forbidden: []f.MethodPath{
			{Method: "DELETE", Path: "/api/books/"}, {Method: "PUT", Path: "/api/users/me/"},
			{Method: "POST", Path: "/api/books/{pk}/"},
		},
	}
}
