package apis

import f "akita/test/accuracy/fiction"

// social has handles that are words next to literals that are words, short ids, cursors,
// a feed of several kinds of things, and arrays that start empty.
func social() *f.API {
	handle, post, list := f.WordSlug(200), f.Short(11), f.Serial()
	person := f.Record(
		f.F("handle", handle), f.F("display_name", f.PersonName()), f.F("bio", f.Sentence().Nullable(.4)),
		f.F("followers", f.Int(0, 99999)), f.F("verified", f.Bool(.1)),
		f.F("avatar", f.URI("https://cdn.example.test/a").Nullable(.3)),
		f.F("pronouns", f.Codes("she/her", "he/him", "they/them").Nullable(.6)),
	)
	media := f.Record(
		f.F("url", f.URI("https://cdn.example.test/m")), f.F("alt", f.Sentence()).Sometimes(.5),
		f.F("sizes", f.Map(
			f.Codes("small", "medium", "large"), f.Record(f.F("w", f.Int(10, 999)), f.F("h", f.Int(10, 999))), 2, 3,
		)),
	)
	note := f.Record(
		f.F("id", post), f.F("author", person), f.F("text", f.Sentence()), f.F("media", f.List(media, 0, 2)),
		f.F("mentions", f.List(handle, 0, 2)), f.F("visibility", f.Enum("public", "followers", "private")),
		f.F("reply_to", post.Nullable(.6)), f.F("created_at", f.Instant()), f.F("edited_at", f.Instant()).Sometimes(.2),
		f.F("likes", f.Int(0, 9999)), f.F("language", f.Language()),
	)
	item := f.Tagged("type",
		f.Record(f.F("type", f.Const("post")), f.F("post", note), f.F("score", f.Num(0, 1))),
		f.Record(f.F("type", f.Const("repost")), f.F("by", handle), f.F("original", post), f.F("at", f.Instant())),
		f.Record(
			f.F("type", f.Const("ad")), f.F("campaign", f.UUID()), f.F("label", f.Title()), f.F("weight", f.Mixed(1, 9)),
		),
		f.Record(
			f.F("type", f.Const("suggestion")), f.F("people", f.List(handle, 1, 3)),
			f.F("reason", f.Enum("followed", "nearby", "contacts")),
		),
	)
	page := func(of *f.Type) *f.Type {
		return f.Record(f.F("items", f.List(of, 0, 4)), f.F("cursor", f.Short(24).Nullable(.3)))
	}
	problem := f.Record(f.F("code", f.Int(1000, 1020)), f.F("message", f.Sentence()), f.F("field", f.Word()).Sometimes(.3))
	missing := f.JSON(404, problem).Rarely(.05)
	cursor := []f.Field{f.F("cursor", f.Short(24)).Sometimes(.5), f.F("limit", f.Int(5, 100)).Sometimes(.5)}
	ops := []*f.Operation{
		f.Op("GET", "/v1/feed", f.JSON(200, page(item))).Asks(cursor...).Weighing(14),
		f.Op("GET", "/v1/users/{handle}", f.JSON(200, person), missing).Weighing(12),
		f.Op(
			"GET", "/v1/users/me",
			f.JSON(
				200,
				person.With(
					f.F("email", f.Email()), f.F("settings", f.Record(f.F("dark", f.Bool(.5)), f.F("language", f.Language()))),
					f.F("unread", f.Int(0, 99)),
				),
			),
		).Weighing(8),
		f.Op("GET", "/v1/users/search", f.JSON(200, page(person))).Asks(f.F("q", f.Word())).Asks(cursor...).Weighing(5),
		f.Op("GET", "/v1/users/{handle}/posts", f.JSON(200, page(note)), missing).Asks(cursor...).Weighing(8),
		f.Op(
			"GET", "/v1/users/{handle}/followers", f.JSON(200, page(f.Record(f.F("handle", handle), f.F("since", f.Date())))),
			missing,
		).Asks(cursor...).Weighing(4),
		f.Op("PUT", "/v1/users/{handle}/follow", f.Empty(204), missing).Weighing(3),
		f.Op("DELETE", "/v1/users/{handle}/follow", f.Empty(204)).Weighing(1),
		f.Op(
			"POST", "/v1/posts", f.JSON(201, note), f.JSON(400, problem).Rarely(.3).ToSpoiled(),
			f.JSON(429, problem).Rarely(.05),
		).Sends(f.Record(
			f.F("text", f.Sentence()), f.F("visibility", f.Enum("public", "followers", "private")).Sometimes(.6),
			f.F("media_ids", f.List(f.UUID(), 0, 3)), f.F("reply_to", post).Sometimes(.3),
			f.F("poll", f.Record(f.F("options", f.List(f.Word(), 2, 4)), f.F("hours", f.Int(1, 72))).Nullable(.7)),
		)).Weighing(5),
		f.Op("GET", "/v1/posts/{post}", f.JSON(200, note), missing).Weighing(10),
		f.Op("DELETE", "/v1/posts/{post}", f.Empty(204), f.JSON(403, problem).Rarely(.1)).Weighing(1),
		f.Op("POST", "/v1/posts/{post}/like", f.JSON(200, f.Record(f.F("likes", f.Int(0, 9999))))).Weighing(5),
		f.Op(
			"GET", "/v1/trends/{place}",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("tag", f.Word()), f.F("volume", f.Int(0, 99999).Nullable(.5)),
						f.F("history", f.List(f.List(f.Int(0, 99), 2, 2), 0, 4)),
					),
					0, 5,
				),
			),
		).Param("place", f.Words("berlin", "tokyo")).Weighing(3),
		f.Op(
			"GET", "/v1/lists/{list}",
			f.JSON(
				200,
				f.Record(
					f.F("id", list), f.F("name", f.Title()), f.F("members", f.List(handle, 0, 4)), f.F("muted", f.List(handle, 0, 0)),
				),
			),
			missing,
		).Param("list", list).Weighing(3),
		f.Op(
			"GET", "/v1/notifications",
			f.JSON(
				200,
				page(f.Record(
					f.F("id", f.Int(4294967296, 9007199254740991)), f.F("kind", f.Enum("like", "mention", "follow")),
					f.F("read", f.Bool(.5)), f.F("from", handle.Nullable(.1)),
				)),
			),
		).Asks(
			f.F("kinds", f.CSV("like", "mention", "follow")).Sometimes(.4), f.F("unread", f.Bool(.5)).Sometimes(.5),
		).Weighing(5),
		f.Op(
			"GET", "/v1/stream",
			f.Stream(200, "text/event-stream", f.Record(f.F("id", post), f.F("text", f.Sentence()), f.F("at", f.UnixSeconds()))),
		).Weighing(2),
		f.Op(
			"GET", "/v2/users/{handle}",
			f.JSON(
				200,
				f.Record(
					f.F("data", person),
					f.F("links", f.Map(f.Codes("self", "posts", "followers"), f.URI("https://social.example.test"), 2, 3)),
				),
			),
			missing,
		).Weighing(4),
	}
	each(ops, func(op *f.Operation) {
		op.Param("handle", handle).Param("post", post).By(
			bearer(f.Token(40)), session("auth_token", "X-CSRF-Token"),
		).Or(f.JSON(401, problem).Rarely(.02).ToAnonymous()).
			Carries(f.F("Accept-Language", f.Language()).Sometimes(.5), f.F("X-Request-Id", f.UUID()))
	})
	return &f.API{
		Name: "social", Host: "social.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/v1/posts/{post}"}}}
}
