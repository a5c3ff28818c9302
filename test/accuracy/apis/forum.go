package apis

import f "akita/test/accuracy/fiction"

// forum has sessions and CSRF, numbers behind slugs, comments in comments, a feed of things
// that differ, reactions by the name of an emoji, drafts, and pages by what was seen last.
func forum() *f.API {
	topic, handle := f.Serial(), f.Handle(150)
	slug := f.Slug(200)
	category := f.Words("announcements", "support", "showcase", "off-topic", "ideas", "regional")
	emoji := f.Words("heart", "laughing", "tada", "eyes", "rocket", "thinking", "clap", "fire", "wave", "cry", "plus_one")
	author := f.Record(
		f.F("username", handle), f.F("avatar", f.RelativeURI("/avatars")), f.F("trust", f.Int(0, 4)),
		f.F("title", f.Title().Nullable(.6)),
		f.F("flair", f.Record(f.F("name", f.Title()), f.F("color", f.Color()))).Sometimes(.2),
	)
	reactions := f.Map(emoji, f.Int(1, 40), 0, 4)
	comment := f.Tree(
		"replies", f.F("id", f.Serial()), f.F("by", author), f.F("raw", f.Paragraph()), f.F("reactions", reactions),
		f.F("edited", f.InstantMilli().Nullable(.7)), f.F("score", f.Int(-5, 90)),
	)
	head := f.Record(
		f.F("id", topic), f.F("slug", slug), f.F("title", f.Title()), f.F("category", category),
		f.F("tags", f.List(f.Word(), 0, 3)), f.F("pinned", f.Bool(.1)), f.F("closed", f.Bool(.2)),
		f.F("posts", f.Int(1, 900)), f.F("last", f.Record(f.F("by", handle), f.F("at", f.InstantMilli()))),
		f.F("excerpt", f.Sentence()).Sometimes(.5), f.F("solution", f.Int(1, 99).Nullable(.7)),
	)
	activity := f.Either(
		f.Record(
			f.F("when", f.InstantMilli()), f.F("liked", f.Int(1, 9999)), f.F("emoji", emoji), f.F("post_excerpt", f.Sentence()),
		),
		f.Record(
			f.F("when", f.InstantMilli()), f.F("badge", f.Title()), f.F("tier", f.Enum("bronze", "silver", "gold")),
			f.F("granted_by", f.Enum("system", "staff")),
		),
		f.Record(
			f.F("when", f.InstantMilli()), f.F("topic", topic), f.F("replied_to", handle), f.F("words", f.Int(1, 900)),
			f.F("quoted", f.Bool(.3)),
		),
	)
	problem := f.Record(
		f.F("errors", f.List(f.Sentence(), 1, 2)),
		f.F("error_type", f.Enum("invalid_access", "not_found", "rate_limit")).Sometimes(.7),
		f.F("extras", f.Record(f.F("wait_seconds", f.Int(1, 60)))).Sometimes(.2),
	)
	missing := f.JSON(404, problem).Rarely(.05)
	ops := []*f.Operation{
		f.Op(
			"GET", "/latest.json",
			f.JSON(200, f.Record(f.F("topics", f.List(head, 0, 5)), f.F("more", f.RelativeURI("/latest").Nullable(.3)))),
		).Asks(
			f.F("before", f.Int(1, 9999)).Sometimes(.5), f.F("order", f.Enum("activity", "created", "views")).Sometimes(.4),
		).Weighing(9),
		f.Op(
			"GET", "/t/{slug}/{id}.json",
			f.JSON(
				200,
				head.With(
					f.F("thread", f.List(comment, 0, 3)), f.F("views", f.Int(1, 90000)), f.F("participants", f.List(author, 1, 3)),
				),
			),
			missing, f.Empty(301).Rarely(.05).Returning(f.F("Location", f.RelativeURI("/t/x"))),
		).Param("slug", slug).Param("id", topic).Weighing(14),
		f.Op(
			"PUT", "/t/{slug}/{id}.json", f.JSON(200, head), f.JSON(403, problem).Rarely(.1),
		).Param("slug", slug).Param("id", topic).Sends(f.Record(
			f.F("title", f.Title()).Sometimes(.7), f.F("category", category).Sometimes(.4),
			f.F("tags", f.List(f.Word(), 0, 3)).Sometimes(.4),
		)).Weighing(2),
		f.Op(
			"GET", "/c/{category}",
			f.JSON(
				200,
				f.Record(
					f.F("category", category), f.F("color", f.Color()), f.F("moderators", f.List(handle, 0, 3)),
					f.F("topics", f.List(head, 0, 3)),
				),
			),
			missing,
		).Param("category", category).Asks(f.F("before", f.Int(1, 9999)).Sometimes(.5)).Weighing(6),
		f.Op(
			"POST", "/posts",
			f.JSON(
				200,
				f.Record(f.F("id", f.Serial()), f.F("topic_id", topic), f.F("cooked", f.Sentence()), f.F("queued", f.Bool(.1))),
			),
			f.JSON(422, problem).Rarely(.2).ToSpoiled(),
			f.JSON(429, problem).Rarely(.05).Returning(f.F("Retry-After", f.Int(1, 60))),
		).Sends(f.Record(
			f.F("raw", f.Paragraph()), f.F("topic_id", topic.Nullable(.3)), f.F("title", f.Title()).Sometimes(.3),
			f.F("reply_to", f.Int(1, 90)).Sometimes(.5),
		)).Weighing(5),
		f.Op(
			"PUT", "/posts/{id}",
			f.JSON(
				200,
				f.Record(f.F("post", f.Record(f.F("id", f.Serial()), f.F("version", f.Int(2, 9)), f.F("cooked", f.Sentence())))),
			),
			missing,
		).Param("id", f.Serial()).Sends(f.Record(
			f.F("raw", f.Paragraph()), f.F("edit_reason", f.Sentence()).Sometimes(.4),
		)).Weighing(3),
		f.Op("DELETE", "/posts/{id}", f.Empty(204), missing).Param("id", f.Serial()).Weighing(1),
		f.Op(
			"PUT", "/posts/{id}/reactions/{emoji}",
			f.JSON(200, f.Record(f.F("reactions", reactions), f.F("mine", f.List(emoji, 0, 2)))),
		).Param("id", f.Serial()).Param("emoji", emoji).Weighing(5),
		f.Op(
			"DELETE", "/posts/{id}/reactions/{emoji}",
			f.JSON(200, f.Record(f.F("reactions", reactions), f.F("mine", f.List(emoji, 0, 2)))),
		).Param("id", f.Serial()).Param("emoji", emoji).Weighing(2),
		f.Op(
			"GET", "/u/{username}",
			f.JSON(
				200,
				author.With(
					f.F("bio", f.Paragraph().Nullable(.4)), f.F("joined", f.Date()),
					f.F("stats", f.Record(f.F("posts", f.Int(0, 9000)), f.F("likes", f.Int(0, 9000)), f.F("days", f.Int(0, 2000)))),
					f.F("website", f.URI("https://people.example.test")).Sometimes(.4),
				),
			),
			missing,
		).Param("username", handle).Weighing(7),
		f.Op(
			"GET", "/u/{username}/activity", f.JSON(200, f.List(activity, 0, 5)), missing,
		).Param("username", handle).Asks(f.F("until", f.UnixMillis()).Sometimes(.5)).Weighing(5),
		f.Op(
			"GET", "/u/{username}/drafts",
			f.JSON(
				200,
				f.List(f.Record(f.F("key", f.Numbered("topic_", 4)), f.F("data", f.Free()), f.F("saved", f.InstantMilli())), 0, 3),
			),
			f.JSON(403, problem).Rarely(.1),
		).Param("username", handle).Weighing(2),
		f.Op(
			"GET", "/notifications",
			f.JSON(
				200,
				f.Record(
					f.F("unread", f.Int(0, 40)),
					f.F("items", f.List(
						f.Tagged(
							"kind",
							f.Record(
								f.F("kind", f.Const("mention")), f.F("id", f.Serial()), f.F("by", handle), f.F("topic", topic),
								f.F("read", f.Bool(.5)),
							),
							f.Record(f.F("kind", f.Const("badge")), f.F("id", f.Serial()), f.F("badge", f.Title()), f.F("read", f.Bool(.5))),
						),
						0, 4,
					)),
				),
			),
		).Weighing(6),
		f.Op(
			"GET", "/search",
			f.JSON(
				200, f.Record(f.F("topics", f.List(head, 0, 3)), f.F("users", f.List(author, 0, 3)), f.F("took_ms", f.Num(1, 90))),
			),
			f.JSON(429, problem).Rarely(.03),
		).Asks(f.F("q", f.Phrase("how why when"))).Weighing(5),
		f.Op(
			"POST", "/session", f.JSON(200, f.Record(f.F("user", author), f.F("needs_2fa", f.Bool(.2)))),
			f.JSON(401, problem).Rarely(.2),
		).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("login", f.Email()), f.F("password", f.Secret("hunter2", "swordfish", "opensesame")),
			f.F("second_factor", f.Digits(6)).Sometimes(.2),
		)).Weighing(3),
		f.Op(
			"GET", "/site/{locale}/about.json",
			f.JSON(
				200,
				f.Record(
					f.F("title", f.Title()), f.F("admins", f.List(author, 1, 2)),
					f.F("stats", f.Map(
						f.Words(
							"topics_7_days", "topics_30_days", "posts_7_days", "posts_30_days", "users_7_days", "users_30_days",
							"likes_7_days", "likes_30_days",
						),
						f.Int(0, 999), 8, 16,
					)),
				),
			),
		).Param("locale", f.Codes("en", "de", "fr", "ja")).Weighing(2),
	}
	web := session("_forum_session", "X-CSRF-Token")
	each(ops, func(op *f.Operation) {
		if op.Path != "/session" && op.Path != "/site/{locale}/about.json" {
			op.By(
				web, f.Login{{Scheme: "apiKey", In: "header", Name: "User-Api-Key", Value: f.Token(32)}},
			).Or(f.JSON(403, problem).Rarely(.02).ToAnonymous())
		}
	})
	return &f.API{
		Name: "forum", Host: "forum.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PATCH", Path: "/posts/{id}"}},
	}
}
