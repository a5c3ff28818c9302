package apis

import f "akita/test/accuracy/fiction"

// blobs is a store of objects: buckets and keys that are words, contents of any kind in
// parts and in ranges, URLs that carry their signature, XML as answers, facts in headers.
func blobs() *f.API {
	bucket := f.Words("invoices", "avatars", "backups", "raw-footage", "build-artifacts", "mail")
	object := f.FileName("jpg", "mp4", "csv", "tar", "json").Pool(160)
	list := fixed(`<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>b</Name></ListBucketResult>`)
	failure := func(status int, share float64) f.Answer {
		return f.Opaque(
			status, "application/xml", fixed(`<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>`),
		).Rarely(share)
	}
	facts := []f.Field{
		f.F("ETag", f.ETag()), f.F("x-amz-version-id", f.Short(32)).Sometimes(.6),
		f.F("x-amz-meta-owner", f.Handle(40)).Sometimes(.4),
	}
	signed := []f.Field{
		f.F("X-Amz-Algorithm", f.Codes("AWS4-HMAC-SHA256")), f.F("X-Amz-Date", f.Numbered("20260105T", 6)),
		f.F("X-Amz-Expires", f.Int(60, 3600)), f.F("X-Amz-SignedHeaders", f.Codes("host")),
	}
	signature := f.Login{{Scheme: "apiKey", In: "query", Name: "X-Amz-Signature", Value: f.Token(64)}}
	jpg := fixed("\xff\xd8\xff\xe0\x00\x10JFIF")
	policy := f.Record(
		f.F("Version", f.Date()),
		f.F("Statement", f.List(
			f.Record(
				f.F("Sid", f.Title()).Sometimes(.5), f.F("Effect", f.Enum("Allow", "Deny")),
				f.F("Action", f.Either(
					f.Codes("s3:GetObject", "s3:PutObject"), f.List(f.Codes("s3:GetObject", "s3:ListBucket"), 1, 2),
				)),
				f.F("Resource", f.Codes("arn:aws:s3:::invoices/*", "arn:aws:s3:::mail/*")),
				f.F("Condition", f.Record(f.F("IpAddress", f.Record(f.F(
					"aws:SourceIp", f.Codes("10.0.0.0/8", "192.168.0.0/16"),
				))))).Sometimes(.3),
			),
			1, 3,
		)),
	)
	job := f.Record(
		f.F("jobId", f.ULID()), f.F("kind", f.Enum("copy", "purge", "thumbnail")), f.F("progress", f.Num(0, 1)),
		f.F("done", f.Bool(.5)),
		f.F("failed", f.List(f.Record(f.F("key", object), f.F("why", f.Enum("missing", "locked"))), 0, 2)),
		f.F("finishedAt", f.Instant().Nullable(.5)),
	)
	problem := f.Record(f.F("code", f.Enum("NoSuchJob", "BadRequest", "TooLarge")), f.F("message", f.Sentence()))
	ops := []*f.Operation{
		f.Op("GET", "/b/{bucket}", f.Opaque(200, "application/xml", list), failure(404, .04)).Asks(
			f.F("list-type", f.Int(2, 2)), f.F("prefix", f.Word()).Sometimes(.5), f.F("delimiter", f.Codes("/")).Sometimes(.4),
			f.F("max-keys", f.Int(1, 1000)).Sometimes(.4), f.F("continuation-token", f.Cursor()).Sometimes(.3),
		).Weighing(7),
		f.Op("PUT", "/b/{bucket}", f.Empty(200), failure(409, .2)).SendsOpaque(
			"application/xml", fixed(`<CreateBucketConfiguration/>`),
		),
		f.Op(
			"GET", "/b/{bucket}/{key}", f.Opaque(200, "image/jpeg", jpg).Returning(facts...),
			f.Opaque(
				206, "video/mp4", fixed("\x00\x00\x00\x18ftypmp42"),
			).Rarely(.2).Returning(facts...).With("Content-Range", "bytes 0-99/1234"),
			f.Empty(304).Rarely(.1), failure(404, .05), failure(416, .02),
		).Carries(
			f.F("Range", f.Codes("bytes=0-99", "bytes=100-199")).Sometimes(.25), f.F("If-None-Match", f.ETag()).Sometimes(.2),
		).Weighing(14),
		f.Op("HEAD", "/b/{bucket}/{key}", f.Empty(200), f.Empty(404).Rarely(.08)).Weighing(5),
		f.Op(
			"PUT", "/b/{bucket}/{key}", f.Empty(200).Returning(facts[0]), failure(412, .05),
		).SendsOpaque("image/jpeg", jpg).SendsOpaque("text/csv", fixed("a;b\n1;2\n")).SendsOpaque(
			"application/octet-stream", fixed("\x00\x01\x02\x03"),
		).Heads(
			f.F("x-amz-acl", f.Enum("private", "public-read")).Sometimes(.4),
			f.F("x-amz-meta-owner", f.Handle(40)).Sometimes(.4),
		).Weighing(6),
		f.Op("DELETE", "/b/{bucket}/{key}", f.Empty(204), failure(404, .05)).Weighing(2),
		f.Op("GET", "/b/{bucket}/{key}/acl", f.Opaque(200, "application/xml", fixed(`<AccessControlPolicy/>`))).Weighing(2),
		f.Op(
			"POST", "/uploads",
			f.JSON(
				201,
				f.Record(
					f.F("uploadId", f.Short(28)), f.F("partSize", f.Int(5242880, 104857600)),
					f.F("urls", f.List(f.URI("https://blobs.example.test/p"), 1, 3)),
				),
			),
		).Sends(f.Record(
			f.F("bucket", bucket), f.F("key", object), f.F("size", f.Int(1, 5000000000)),
			f.F("sha256", f.Base64(32)).Sometimes(.6),
			f.F("tags", f.Map(
				f.Words("team", "env", "owner", "cost", "stage", "tier", "origin", "keep", "region", "class"), f.Word(), 0, 3,
			)).Sometimes(.5),
		)).Weighing(4),
		f.Op(
			"PUT", "/uploads/{uploadId}/parts/{number}", f.Empty(200).Returning(facts[0]), f.JSON(400, problem).Rarely(.05),
		).Param("uploadId", f.Short(28)).Param("number", f.Int(1, 40)).SendsOpaque(
			"application/octet-stream", fixed("\x89PNG\r\n\x1a\n\x00"),
		).Heads(f.F("Content-MD5", f.Base64(16)).Sometimes(.5)).Weighing(6),
		f.Op(
			"POST", "/uploads/{uploadId}/complete",
			f.JSON(
				200,
				f.Record(
					f.F("etag", f.ETag()), f.F("location", f.URI("https://blobs.example.test/b")), f.F("size", f.Int(1, 5000000000)),
				),
			),
			f.JSON(409, problem).Rarely(.1),
		).Param("uploadId", f.Short(28)).Sends(f.Record(f.F("parts", f.List(
			f.Record(f.F("number", f.Int(1, 40)), f.F("etag", f.ETag())), 1, 4,
		)))).Weighing(4),
		f.Op("POST", "/b/{bucket}/form", f.Empty(204), failure(403, .05)).SendsAs("multipart/form-data", f.Record(
			f.F("key", object), f.F("acl", f.Enum("private", "public-read")), f.F("policy", f.Base64(48)),
			f.F("success_action_status", f.Int(200, 204)).Sometimes(.5), f.F("file", f.File()),
		)).Weighing(3),
		f.Op("GET", "/policies/{bucket}", f.JSON(200, policy), f.JSON(404, problem).Rarely(.05)).Weighing(3),
		f.Op(
			"PUT", "/policies/{bucket}", f.Empty(204), f.JSON(400, problem).Rarely(.2).ToSpoiled(),
		).Sends(policy).Weighing(2),
		f.Op(
			"POST", "/batch/delete",
			f.JSON(
				207,
				f.List(
					f.Record(
						f.F("key", object), f.F("status", f.Int(200, 404)),
						f.F("error", f.Record(f.F("code", f.Enum("NoSuchKey", "AccessDenied")))).Sometimes(.3),
					),
					1, 5,
				),
			),
		).Sends(f.List(
			f.Record(f.F("bucket", bucket), f.F("key", object), f.F("version", f.Short(32)).Sometimes(.3)), 1, 5,
		)).Weighing(3),
		f.Op("GET", "/jobs/{jobId}", f.JSON(200, job), f.JSON(404, problem).Rarely(.05)).Param("jobId", f.ULID()).Weighing(4),
		f.Op(
			"GET", "/usage/{bucket}/{month}",
			f.JSON(
				200,
				f.Record(
					f.F("bytes", f.Int(0, 9000000000)),
					f.F("requests", f.Map(f.Enum("GET", "PUT", "HEAD", "DELETE", "LIST"), f.Int(0, 99999), 2, 5)),
					f.F("by_day", f.Map(f.Date(), f.Int(0, 900000000), 2, 6)),
				),
			),
		).Param("month", f.Month()).Weighing(3),
		f.Op(
			"GET", "/dl/{key}", f.Opaque(200, "application/octet-stream", fixed("\x00\x01\x02\x03")), failure(403, .1),
		).Signs(signed...).By(signature).Weighing(5),
	}
	each(ops, func(op *f.Operation) {
		op.Param("bucket", bucket)
		if op.Params["key"] == nil {
			op.Param("key", object)
		}
		if len(op.Auth) == 0 {
			op.By(bearer(f.Token(44))).Or(failure(403, .02).ToAnonymous())
		}
	})
	return &f.API{
		Name: "blobs", Host: "blobs.example.test", Routes: f.Template, Operations: ops, Noise: scans,
		Forbidden: []f.MethodPath{{Method: "POST", Path: "/jobs/{jobId}"}},
	}
}
