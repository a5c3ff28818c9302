package apis

import f "akita/test/accuracy/fiction"

// newsroom has slugs that are words of a dictionary, some with two or three values, a
// locale before every path, dates in paths, trees of comments, feeds and a live stream.
func newsroom() *f.API {
	slug, tag, section, locale := f.Slug(200), f.WordSlug(60), f.Codes(
		"politics", "culture", "science",
	), f.Codes("en", "fr", "pt-BR")
	comment := f.Tree(
		"replies", f.F("id", f.Short(11)), f.F("author", f.FirstName()), f.F("text", f.Sentence()),
		f.F("votes", f.Int(-9, 99)), f.F("posted_at", f.Instant()),
	)
	block := f.Tagged("kind",
		f.Record(f.F("kind", f.Const("paragraph")), f.F("text", f.Sentence())),
		f.Record(
			f.F("kind", f.Const("image")), f.F("src", f.URI("https://img.example.test")), f.F("width", f.Int(100, 4000)),
			f.F("height", f.Int(100, 4000)), f.F("caption", f.Sentence()).Sometimes(.5),
		),
		f.Record(f.F("kind", f.Const("quote")), f.F("quote", f.Sentence()), f.F("attribution", f.PersonName())),
	)
	teaser := f.Record(
		f.F("slug", slug), f.F("headline", f.Title()), f.F("section", section), f.F("published_at", f.Instant()),
		f.F("reading_minutes", f.Int(1, 30)), f.F("premium", f.Bool(.3)),
	)
	article := teaser.With(
		f.F("body", f.List(block, 1, 4)), f.F("authors", f.List(f.PersonName(), 1, 3)), f.F("tags", f.List(tag, 0, 4)),
		f.F("language", f.Language()), f.F("updated_at", f.Instant().Nullable(.5)),
		f.F("geo", f.List(f.List(f.Num(-90, 90), 2, 2), 0, 3)),
		f.F("correction", f.Record(f.F("date", f.Date()), f.F("text", f.Sentence()))).Sometimes(.2),
	)
	gone := f.JSON(404, f.Record(f.F("error", f.Sentence()))).Rarely(.05)
	optional := []f.Login{{}, bearer(f.JWT())}
	ops := []*f.Operation{
		f.Op(
			"GET", "/{locale}/articles",
			f.JSON(200, f.Record(f.F("articles", f.List(teaser, 0, 5)), f.F("cursor", f.Short(16).Nullable(.3)))),
		).Asks(
			f.F("cursor", f.Short(16)).Sometimes(.5), f.F("limit", f.Int(5, 50)).Sometimes(.5),
			f.F("fields", f.CSV("slug", "headline", "section")).Sometimes(.2),
		).Weighing(10),
		f.Op("GET", "/{locale}/articles/{slug}", f.JSON(200, article), gone).Param("slug", slug).Weighing(16),
		f.Op(
			"GET", "/{locale}/articles/{slug}/comments", f.JSON(200, f.List(comment, 0, 3)), gone,
		).Param("slug", slug).Weighing(6),
		f.Op(
			"POST", "/{locale}/articles/{slug}/comments",
			f.JSON(201, f.Record(f.F("id", f.Short(11)), f.F("moderated", f.Bool(.2)))),
			f.JSON(422, f.Record(f.F("error", f.Sentence()))).Rarely(.3).ToSpoiled(),
		).Param("slug", slug).Sends(f.Record(
			f.F("text", f.Sentence()), f.F("reply_to", f.Short(11)).Sometimes(.4),
		)).Weighing(3),
		f.Op(
			"GET", "/{locale}/sections/{section}",
			f.JSON(200, f.Record(f.F("name", f.Title()), f.F("lead", teaser), f.F("stories", f.List(teaser, 1, 4)))), gone,
		).Param("section", section).Weighing(6),
		f.Op(
			"GET", "/{locale}/tags/{tag}",
			f.JSON(200, f.Record(f.F("tag", tag), f.F("followers", f.Int(0, 9999)), f.F("related", f.List(tag, 0, 3)))), gone,
		).Param("tag", tag).Weighing(7),
		f.Op(
			"GET", "/{locale}/archive/{date}", f.JSON(200, f.Record(f.F("day", f.Date()), f.F("stories", f.List(teaser, 0, 3)))),
		).Param("date", f.Date().Pool(90)).Weighing(4),
		f.Op(
			"GET", "/{locale}/archive/{year}/{month}", f.JSON(200, f.Record(f.F("days", f.Map(f.Date(), f.Int(0, 60), 3, 9)))),
		).Param("year", f.Int(2016, 2026)).Param("month", f.Int(1, 12)).Weighing(3),
		f.Op(
			"GET", "/{locale}/search",
			f.JSON(
				200,
				f.Record(
					f.F("total", f.Int(0, 900)), f.F("hits", f.List(teaser.With(f.F("score", f.Num(0, 9))), 0, 4)),
					f.F("took", f.Int(1, 90)),
				),
			),
		).Asks(
			f.F("q", f.Word()), f.F("from", f.Date()).Sometimes(.4), f.F("sort", f.Enum("relevance", "newest")).Sometimes(.5),
		).Weighing(6),
	}
	each(ops, func(op *f.Operation) { op.Param("locale", locale).By(optional...) })
	ops = append(ops,
		f.Op(
			"GET", "/feeds/{section}.xml",
			f.Opaque(
				200, "application/rss+xml",
				fixed(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>`),
			),
		).Param("section", section).Weighing(2),
		f.Op(
			"GET", "/live",
			f.Stream(
				200, "text/event-stream",
				f.Record(f.F("slug", slug), f.F("headline", f.Title()), f.F("breaking", f.Bool(.2)), f.F("at", f.Instant())),
			),
		).Weighing(2),
		f.Op("GET", "/sitemap.xml", f.Opaque(200, "application/xml", fixed(`<?xml version="1.0"?><urlset></urlset>`))),
		f.Op(
			"GET", "/health",
			f.JSON(200, f.Record(f.F("status", f.Const("ok")), f.F("version", f.Semver()), f.F("uptime", f.Num(1, 99999)))),
		).Weighing(3),
		f.Op(
			"GET", "/polls/{poll}",
			f.JSON(200, f.Record(f.F("question", f.Sentence()), f.F("votes", f.Map(f.Word(), f.Int(0, 999), 2, 5)))),
		).Param("poll", f.Words("election", "referendum")).Weighing(3),
	)
	return &f.API{Name: "newsroom", Host: "news.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: scans}
}
