package apis

import f "akita/test/accuracy/fiction"

// files has names of files as parameters, contents of every kind, hashes, HEAD and partial
// answers, and preferences in cookies.
func files() *f.API {
	name, sha, folder := f.FileName("pdf", "txt", "png", "tar.gz").Pool(150), f.Hex(40), f.CUID()
	file := f.Record(
		f.F("name", name), f.F("sha", sha), f.F("size", f.Int(0, 5000000000)),
		f.F("mime", f.Codes("application/pdf", "text/plain", "image/png")), f.F("modified", f.Instant()),
		f.F("folder", folder.Nullable(.3)), f.F("thumbnail", f.Base64(50)).Sometimes(.3),
		f.F("shared_with", f.List(f.Email(), 0, 2)),
		f.F("versions", f.List(f.Record(f.F("sha", sha), f.F("at", f.Instant())), 0, 3)),
	)
	tree := f.Tree("children", f.F("id", folder), f.F("name", f.Word()), f.F("files", f.Int(0, 99)))
	problem := f.Record(f.F("error", f.Sentence()), f.F("retry_after", f.Int(1, 60)).Sometimes(.3))
	missing := f.JSON(404, problem).Rarely(.05)
	pdf := fixed("%PDF-1.7\n%\xe2\xe3\xcf\xd3")
	ops := []*f.Operation{
		f.Op(
			"GET", "/files",
			f.JSON(
				200,
				f.Record(
					f.F("files", f.List(file, 0, 4)),
					f.F("quota", f.Record(f.F("used", f.Int(0, 99999)), f.F("limit", f.Int(100000, 200000)).Sometimes(.8))),
				),
			),
		).Asks(
			f.F("folder", folder).Sometimes(.4), f.F("type", f.List(f.Codes("pdf", "png", "txt"), 1, 3)).Sometimes(.3),
			f.F("recursive", f.Bool(.5)).Sometimes(.3),
		).Weighing(8),
		f.Op(
			"GET", "/files/{name}", f.Opaque(200, "application/pdf", pdf), f.Opaque(206, "application/pdf", pdf).Rarely(.1),
			f.Empty(304).Rarely(.15), missing,
		).Param("name", name).Carries(
			f.F("Range", f.Codes("bytes=0-99")).Sometimes(.1), f.F("If-None-Match", f.Hex(16)).Sometimes(.2),
		).Weighing(12),
		f.Op("HEAD", "/files/{name}", f.Empty(200), f.Empty(404).Rarely(.05)).Param("name", name).Weighing(3),
		f.Op(
			"PUT", "/files/{name}", f.JSON(201, file), f.JSON(200, file).Rarely(.4), f.JSON(413, problem).Rarely(.05),
		).Param("name", name).SendsOpaque("application/octet-stream", fixed("\x00\x01\x02")).Weighing(4),
		f.Op("DELETE", "/files/{name}", f.Empty(204), missing).Param("name", name).Weighing(2),
		f.Op("GET", "/files/{name}/meta", f.JSON(200, file), missing).Param("name", name).Weighing(6),
		f.Op(
			"GET", "/files/{name}/shares",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("email", f.Email()), f.F("role", f.Enum("viewer", "editor", "owner")), f.F("expires", f.Date().Nullable(.6)),
					),
					0, 3,
				),
			),
		).Param("name", name).Weighing(3),
		f.Op("POST", "/upload", f.JSON(201, file), f.JSON(400, problem).Rarely(.1)).SendsAs("multipart/form-data", f.Record(
			f.F("folder", folder), f.F("file", f.File()), f.F("note", f.Sentence()).Sometimes(.4),
			f.F("tags", f.List(f.Word(), 1, 3)).Sometimes(.5), f.F("overwrite", f.Bool(.5)),
		)).Weighing(4),
		f.Op(
			"GET", "/objects/{sha}", f.Opaque(200, "application/octet-stream", fixed("\x1f\x8b\x08\x00\x00")), missing,
		).Param("sha", sha).Weighing(5),
		f.Op("GET", "/folders/tree", f.JSON(200, f.List(tree, 1, 3))).Weighing(3),
		f.Op(
			"GET", "/folders/{folder}",
			f.JSON(
				200,
				f.Record(
					f.F("id", folder), f.F("name", f.Word()), f.F("path", f.List(f.Word(), 1, 4)),
					f.F("acl", f.Map(f.Email(), f.Enum("viewer", "editor", "owner"), 0, 3)),
				),
			),
			missing,
		).Param("folder", folder).Weighing(5),
		f.Op(
			"POST", "/folders/{folder}/move", f.JSON(200, f.Record(f.F("moved", f.Int(1, 99)))),
		).Param("folder", folder).Sends(f.Record(
			f.F("to", folder.Nullable(.2)), f.F("names", f.List(name, 1, 3)),
		)).Weighing(2),
		f.Op(
			"GET", "/exports/{id}.csv", f.Opaque(200, "text/csv", fixed("a,b\n1,2\n")), missing,
		).Param("id", f.Serial()).Weighing(3),
		f.Op(
			"GET", "/exports/{id}",
			f.JSON(
				200,
				f.Record(
					f.F("id", f.Serial()), f.F("state", f.Enum("queued", "running", "done", "failed")),
					f.F("took", f.Duration().Nullable(.5)),
				),
			),
			missing,
		).Param("id", f.Serial()).Weighing(4),
		f.Op("GET", "/report.pdf", f.Opaque(200, "application/pdf", pdf)).Weighing(2),
		f.Op(
			"POST", "/scan", f.Opaque(200, "application/xml", fixed(`<?xml version="1.0"?><result clean="true"/>`)),
		).SendsOpaque("text/xml", fixed(`<?xml version="1.0"?><scan><name>a</name></scan>`)).Weighing(2),
		f.Op(
			"POST", "/notes", f.Opaque(200, "text/plain", fixed("saved")),
		).SendsOpaque("text/plain", fixed("remember the milk")).Weighing(2),
	}
	each(ops, func(op *f.Operation) {
		op.By(session("connect.sid", "")).Cookies(
			f.F("theme", f.Enum("dark", "light")).Sometimes(.6), f.F("lang", f.Codes("en", "fr", "de")).Sometimes(.5),
		).Or(f.JSON(401, problem).Rarely(.02).ToAnonymous())
	})
	return &f.API{
		Name: "files", Host: "drive.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: problem,
	}
}
