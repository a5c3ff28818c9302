package apis

import f "akita/test/accuracy/fiction"

// gateway is GraphQL with persisted queries next to a few routes of REST: what one path
// answers depends on the operation that was asked for, and batches are arrays.
func gateway() *f.API {
	id := f.Cursor().Pool(200)
	film := f.Record(
		f.F("__typename", f.Const("Film")), f.F("id", id), f.F("title", f.Title()), f.F("runtime", f.Int(60, 200)),
		f.F("rating", f.Enum("G", "PG", "R").Nullable(.2)),
		f.F("poster", f.Record(f.F("url", f.URI("https://img.example.test/p")), f.F("blurhash", f.Short(20)))),
	)
	series := f.Record(
		f.F("__typename", f.Const("Series")), f.F("id", id), f.F("title", f.Title()), f.F("seasons", f.Int(1, 12)),
		f.F("ended", f.Bool(.5)),
		f.F("poster", f.Record(f.F("url", f.URI("https://img.example.test/p")), f.F("blurhash", f.Short(20))).Nullable(.2)),
	)
	person := f.Record(
		f.F("__typename", f.Const("Person")), f.F("id", id), f.F("name", f.PersonName()),
		f.F("born", f.Int(1930, 2005).Nullable(.3)),
	)
	edges := func(of *f.Type) *f.Type {
		return f.Record(
			f.F("edges", f.List(f.Record(f.F("cursor", f.Cursor()), f.F("node", of)), 0, 4)),
			f.F("pageInfo", f.Record(f.F("hasNextPage", f.Bool(.5)), f.F("endCursor", f.Cursor().Nullable(.2)))),
		)
	}
	problem := f.List(
		f.Record(
			f.F("message", f.Sentence()), f.F("path", f.List(f.Either(f.Word(), f.Int(0, 9)), 1, 3)).Sometimes(.7),
			f.F("locations", f.List(f.Record(f.F("line", f.Int(1, 20)), f.F("column", f.Int(1, 80))), 1, 1)).Sometimes(.5),
			f.F("extensions", f.Record(f.F("code", f.Enum("NOT_FOUND", "UNAUTHENTICATED", "PERSISTED_QUERY_NOT_FOUND")))),
		),
		1, 2,
	)
	cost := f.F("extensions", f.Record(f.F("cost", f.Record(
		f.F("requested", f.Int(1, 900)), f.F("remaining", f.Int(0, 1000)),
	)))).Sometimes(.5)
	answer := f.Record(f.F("data", f.Either(
		f.Record(f.F("browse", edges(f.Tagged("__typename", film, series)))),
		f.Record(f.F("viewer", f.Record(
			f.F("id", id), f.F("email", f.Email()), f.F("plan", f.Enum("FREE", "PLUS", "FAMILY")),
			f.F("profiles", f.List(f.Record(f.F("name", f.FirstName()), f.F("kids", f.Bool(.3))), 1, 4)),
		))),
	)), cost)
	hash := f.F("extensions", f.Record(f.F("persistedQuery", f.Record(
		f.F("version", f.Int(1, 1)), f.F("sha256Hash", f.Hex(64)),
	))))
	call := f.Record(
		f.F("operationName", f.Enum("Browse", "Viewer", "Search")),
		f.F("variables", f.Record(
			f.F("first", f.Int(1, 50)).Sometimes(.6), f.F("after", f.Cursor().Nullable(.3)).Sometimes(.5),
			f.F("genre", f.Enum("DRAMA", "COMEDY", "NOIR")).Sometimes(.4),
		)),
		hash,
	)
	ops := []*f.Operation{
		f.Op(
			"POST", "/graphql", f.JSON(200, answer), f.JSON(400, f.Record(f.F("errors", problem))).Rarely(.08),
		).Sends(call.With(f.F("query", f.Phrase("query{browse} query{viewer}")).Sometimes(.3))).Weighing(14),
		f.Op(
			"GET", "/graphql",
			f.JSON(
				200,
				f.Record(
					f.F("data", f.Record(f.F("title", f.Tagged("__typename", film, series, person).Nullable(.1)))),
					f.F("errors", problem).Sometimes(.1),
				),
			).With("Cache-Control", "public, max-age=60"),
			f.JSON(404, f.Record(f.F("errors", problem))).Rarely(.05),
		).Asks(
			f.F("operationName", f.Enum("Title", "Cast")), f.F("variables", f.Phrase(`{"id":"a"} {"id":"b"} {"id":"c"}`)),
			f.F("extensions", f.Phrase(`{"persistedQuery":{"version":1}} {"persistedQuery":{}}`)),
		).Weighing(9),
		f.Op(
			"POST", "/graphql/batch",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("data", f.Record(f.F("progress", f.List(
							f.Record(f.F("titleId", id), f.F("seconds", f.Int(0, 9000)), f.F("finished", f.Bool(.3))), 0, 3,
						))).Nullable(.1)),
						f.F("errors", problem).Sometimes(.1),
					),
					1, 4,
				),
			),
		).Sends(f.List(call, 1, 4)).Weighing(4),
		f.Op(
			"POST", "/graphql/upload",
			f.JSON(
				200, f.Record(f.F("data", f.Record(f.F("setAvatar", f.Record(f.F("url", f.URI("https://img.example.test/a"))))))),
			),
			f.JSON(413, f.Record(f.F("errors", problem))).Rarely(.1),
		).SendsAs("multipart/form-data", f.Record(
			f.F("operations", f.Phrase(`{"query":"m"} {"query":"n"}`)), f.F("map", f.Phrase(`{"0":["variables.file"]} {}`)),
			f.F("file", f.File()),
		)).Weighing(2),
		f.Op(
			"GET", "/rest/v2/media/{mediaId}",
			f.JSON(
				200,
				f.Record(
					f.F("mediaId", f.Numbered("m", 8)), f.F("duration", f.Num(10, 9000)),
					f.F("renditions", f.Map(
						f.Codes("360p", "720p", "1080p", "2160p"),
						f.Record(f.F("url", f.URI("https://cdn.example.test/v")), f.F("bitrate", f.Int(300, 20000))), 1, 4,
					)),
					f.F("drm", f.Record(
						f.F("widevine", f.URI("https://drm.example.test")), f.F("fairplay", f.URI("https://drm.example.test")),
					)).Sometimes(.5),
				),
			),
			f.JSON(404, f.Record(f.F("errors", problem))).Rarely(.05),
		).Param("mediaId", f.Numbered("m", 8)).Weighing(7),
		f.Op(
			"GET", "/rest/v2/media/{mediaId}/subtitles/{language}.vtt",
			f.Opaque(200, "text/vtt", fixed("WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n")),
			f.JSON(404, f.Record(f.F("errors", problem))).Rarely(.05),
		).Param("mediaId", f.Numbered("m", 8)).Param("language", f.Language()).Weighing(4),
		f.Op(
			"GET", "/rest/v2/media/{mediaId}/manifest.m3u8",
			f.Opaque(200, "application/vnd.apple.mpegurl", fixed("#EXTM3U\n#EXT-X-VERSION:3\n")),
		).Param("mediaId", f.Numbered("m", 8)).Weighing(4),
		f.Op("PUT", "/rest/v2/progress/{mediaId}", f.Empty(204)).Param("mediaId", f.Numbered("m", 8)).Sends(f.Record(
			f.F("position", f.Num(0, 9000)), f.F("at", f.UnixMillis()),
			f.F("device", f.Record(f.F("kind", f.Enum("tv", "phone", "web")), f.F("os", f.Semver()))),
		)).Weighing(6),
		f.Op("POST", "/rest/v2/beacons", f.Empty(202)).SendsAs("text/plain", f.Sentence()).Weighing(2),
		f.Op("GET", "/healthz", f.Opaque(200, "text/plain", fixed("ok"))).Weighing(3),
	}
	ops[8].Bodies = nil
	ops[8].SendsOpaque("text/plain", fixed("play 3 seconds"))
	each(ops, func(op *f.Operation) {
		if op.Path == "/healthz" {
			return
		}
		op.By(bearer(f.JWT()), session("sid", "X-CSRF-Token")).Heads(
			f.F("apollographql-client-name", f.Codes("tv", "web", "ios")), f.F("apollographql-client-version", f.Semver()),
		)
	})
	return &f.API{
		Name: "gateway", Host: "gateway.example.test", Routes: f.Template, Operations: ops, Noise: scans,
		Forbidden: []f.MethodPath{{Method: "DELETE", Path: "/graphql"}},
	}
}
