package apis

import (
	"net/http"

	f "akita/test/accuracy/fiction"
)

// cms has slugs and locales in paths, texts by locale, blocks of several kinds inside of
// one another, menus that are trees, previews, drafts without most fields, and redirects.
func cms() *f.API {
	locale := f.Codes("en", "de", "fr", "pt-BR", "ja")
	slug, space := f.Slug(120), f.Words("marketing", "helpdesk", "careers")
	text := f.Map(locale, f.Sentence(), 1, 4)
	asset := f.Record(
		f.F("id", f.Short(16)), f.F("url", f.URI("https://assets.example.test/f")),
		f.F("mime", f.Enum("image/png", "image/jpeg", "video/mp4")), f.F("bytes", f.Int(900, 90000000)),
		f.F("focal", f.Record(f.F("x", f.Num(0, 1)), f.F("y", f.Num(0, 1))).Nullable(.5)), f.F("alt", text),
	)
	leaf := f.Tagged("_type",
		f.Record(
			f.F("_type", f.Const("paragraph")), f.F("_key", f.Hex(12)), f.F("text", f.Paragraph()),
			f.F("marks", f.List(f.Enum("strong", "em", "code"), 0, 2)),
		),
		f.Record(
			f.F("_type", f.Const("figure")), f.F("_key", f.Hex(12)), f.F("asset", asset),
			f.F("caption", f.Sentence()).Sometimes(.6),
		),
		f.Record(
			f.F("_type", f.Const("quote")), f.F("_key", f.Hex(12)), f.F("text", f.Sentence()),
			f.F("cite", f.PersonName().Nullable(.3)),
		),
	)
	block := f.Tagged("_type",
		f.Record(
			f.F("_type", f.Const("section")), f.F("_key", f.Hex(12)), f.F("heading", f.Title()),
			f.F("children", f.List(leaf, 1, 3)),
		),
		f.Record(
			f.F("_type", f.Const("hero")), f.F("_key", f.Hex(12)), f.F("image", asset),
			f.F("cta", f.Record(f.F("label", f.Title()), f.F("href", f.RelativeURI("/go"))).Nullable(.4)),
		),
		f.Record(
			f.F("_type", f.Const("embed")), f.F("_key", f.Hex(12)), f.F("provider", f.Enum("youtube", "vimeo")),
			f.F("url", f.URI("https://video.example.test")), f.F("ratio", f.Num(1, 2)).Sometimes(.5),
		),
	)
	menu := f.Tree("items", f.F("label", f.Title()), f.F("target", f.RelativeURI("/en")), f.F("external", f.Bool(.2)))
	teaser := f.Record(
		f.F("slug", slug), f.F("locale", locale), f.F("title", f.Title()), f.F("publishedAt", f.InstantZone().Nullable(.2)),
		f.F("cover", asset.Nullable(.3)), f.F("readingMinutes", f.Int(1, 20)),
	)
	article := teaser.With(
		f.F("body", f.List(block, 1, 3)),
		f.F("seo", f.Record(
			f.F("description", f.Sentence()), f.F("noindex", f.Bool(.1)),
			f.F("canonical", f.URI("https://www.example.test")).Sometimes(.3),
		)),
		f.F("translations", f.Map(locale, slug, 0, 3)), f.F("related", f.List(teaser, 0, 2)),
		f.F("author", f.Record(f.F("handle", f.Handle(30)), f.F("name", f.PersonName()))),
	)
	draft := f.Record(
		f.F("entryId", f.Short(18)), f.F("state", f.Enum("draft", "review", "scheduled", "published", "archived")),
		f.F("version", f.Int(1, 80)), f.F("title", text), f.F("fields", f.Free()), f.F("editedBy", f.Email()),
		f.F("editedAt", f.InstantMilli()), f.F("scheduledFor", f.InstantMilli().Nullable(.7)),
		f.F("locks", f.List(f.Record(f.F("field", f.Word()), f.F("by", f.Email())), 0, 2)).Sometimes(.4),
	)
	problem := f.Record(
		f.F("message", f.Sentence()),
		f.F("code", f.Enum("NotFound", "VersionMismatch", "ValidationFailed", "AccessTokenInvalid")),
		f.F("details", f.Record(f.F("fields", f.List(
			f.Record(f.F("name", f.Word()), f.F("reason", f.Enum("required", "unique", "size"))), 1, 2,
		)))).Sometimes(.4),
		f.F("requestId", f.UUID()),
	)
	missing := f.JSON(404, problem).Rarely(.05)
	entry := f.Short(18)
	ops := []*f.Operation{
		f.Op(
			"GET", "/content/{locale}/articles",
			f.JSON(
				200,
				f.Record(
					f.F("total", f.Int(0, 900)), f.F("items", f.List(teaser, 0, 4)),
					f.F("facets", f.Record(f.F("topic", f.List(
						f.Record(f.F("value", f.Word()), f.F("count", f.Int(1, 90))), 0, 3,
					)))).Sometimes(.5),
				),
			),
		).Asks(
			f.F("skip", f.Int(0, 400)).Sometimes(.5), f.F("limit", f.Int(5, 50)).Sometimes(.5),
			f.F("topic", f.List(f.Word(), 1, 3)).Sometimes(.4), f.F("order", f.Enum("-publishedAt", "title")).Sometimes(.4),
		).Weighing(10),
		f.Op(
			"GET", "/content/{locale}/articles/{slug}",
			f.JSON(200, article).Returning(f.F("ETag", f.ETag()), f.F("Last-Modified", f.HTTPDate())), f.Empty(304).Rarely(.1),
			f.Empty(301).Rarely(.05).Returning(f.F("Location", f.RelativeURI("/content/en/articles"))), missing,
		).Carries(f.F("If-None-Match", f.ETag()).Sometimes(.3)).Weighing(14),
		f.Op("HEAD", "/content/{locale}/articles/{slug}", f.Empty(200), f.Empty(404).Rarely(.05)).Weighing(2),
		f.Op(
			"GET", "/content/{locale}/pages/{slug}",
			f.JSON(
				200,
				f.Record(
					f.F("slug", slug), f.F("title", f.Title()), f.F("layout", f.Enum("wide", "narrow", "landing")),
					f.F("blocks", f.List(block, 0, 3)),
				),
			),
			missing,
		).Weighing(8),
		f.Op(
			"GET", "/content/{locale}/pages/home",
			f.JSON(
				200,
				f.Record(
					f.F("hero", asset), f.F("picks", f.List(teaser, 1, 3)),
					f.F("banner", f.Record(f.F("text", f.Sentence()), f.F("until", f.InstantZone())).Nullable(.5)),
				),
			),
		).Weighing(6),
		f.Op(
			"GET", "/content/{locale}/menus/{menu}", f.JSON(200, menu), missing,
		).Param("menu", f.Words("header", "footer", "sidebar")).Weighing(6),
		f.Op(
			"GET", "/content/{locale}/strings",
			f.JSON(
				200,
				f.Map(
					f.Words(
						"cart.empty", "cart.total", "nav.home", "nav.back", "error.generic", "form.name", "form.send", "footer.legal",
						"footer.imprint", "login.title", "login.hint", "search.none",
					),
					f.Sentence(), 8, 16,
				),
			),
		).Weighing(4),
		f.Op(
			"GET", "/content/{locale}/authors/{handle}",
			f.JSON(
				200,
				f.Record(
					f.F("handle", f.Handle(30)), f.F("name", f.PersonName()), f.F("bio", text), f.F("avatar", asset.Nullable(.2)),
					f.F("social", f.Map(
						f.Words("mastodon", "github", "bluesky", "linkedin"), f.URI("https://social.example.test"), 0, 3,
					)),
				),
			),
			missing,
		).Param("handle", f.Handle(30)).Weighing(4),
		f.Op(
			"GET", "/manage/{space}/entries",
			f.JSON(
				200,
				f.Record(
					f.F("items", f.List(draft, 0, 3)),
					f.F("sys", f.Record(f.F("type", f.Const("Array")), f.F("total", f.Int(0, 900)))),
				),
			),
		).Asks(
			f.F("state", f.Enum("draft", "review", "published")).Sometimes(.5), f.F("q", f.Word()).Sometimes(.3),
		).Weighing(5),
		f.Op(
			"POST", "/manage/{space}/entries", f.JSON(201, draft), f.JSON(422, problem).Rarely(.25).ToSpoiled(),
		).Sends(f.Record(
			f.F("title", text), f.F("contentType", f.Enum("article", "page", "faq")), f.F("fields", f.Free()).Sometimes(.8),
		)).Weighing(3),
		f.Op("GET", "/manage/{space}/entries/{entryId}", f.JSON(200, draft), missing).Param("entryId", entry).Weighing(6),
		f.Op(
			"PATCH", "/manage/{space}/entries/{entryId}", f.JSON(200, draft), f.JSON(409, problem).Rarely(.1),
		).Param("entryId", entry).SendsAs("application/merge-patch+json", f.Record(
			f.F("title", text).Sometimes(.5), f.F("scheduledFor", f.InstantMilli().Nullable(.4)).Sometimes(.5),
		)).Heads(f.F("X-Content-Version", f.Int(1, 80))).Weighing(4),
		f.Op(
			"PUT", "/manage/{space}/entries/{entryId}/published", f.JSON(200, draft), f.JSON(409, problem).Rarely(.1),
		).Param("entryId", entry).Heads(f.F("X-Content-Version", f.Int(1, 80))).Weighing(2),
		f.Op("DELETE", "/manage/{space}/entries/{entryId}/published", f.JSON(200, draft)).Param("entryId", entry).Weighing(1),
		f.Op(
			"POST", "/manage/{space}/assets", f.JSON(201, asset), f.JSON(413, problem).Rarely(.1),
		).SendsAs("multipart/form-data", f.Record(
			f.F("file", f.File()), f.F("alt", f.Sentence()), f.F("folder", f.Word()).Sometimes(.5),
			f.F("focalX", f.Num(0, 1)).Sometimes(.4),
		)).Weighing(2),
		f.Op("GET", "/sitemap.xml", f.Opaque(200, "application/xml", fixed(`<?xml version="1.0"?><urlset/>`))).Weighing(2),
	}
	for _, op := range ops {
		op.Param("locale", locale).Param("space", space)
		if op.Params["slug"] == nil {
			op.Param("slug", slug)
		}
		if len(op.Path) > 7 && op.Path[:7] == "/manage" {
			op.By(bearer(f.Token(40))).Or(f.JSON(401, problem).Rarely(.03).ToAnonymous())
		} else if op.Method == http.MethodGet && op.Path != "/sitemap.xml" {
			op.Asks(f.F("preview", f.Token(20)).Sometimes(.1))
		}
	}
	return &f.API{
		Name: "cms", Host: "cms.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "POST", Path: "/content/{locale}/articles"}}}
}
