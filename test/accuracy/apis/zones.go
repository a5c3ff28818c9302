package apis

import f "akita/test/accuracy/fiction"

// zones is a provider of DNS: names of domains in paths, records whose data depends on
// their type, one envelope around every answer, usage as columns, and rules that are
// expressions.
func zones() *f.API {
	domain := f.Words(
		"example.com", "acme.test", "shop.example.org", "quiet-harbour.net", "blue-fern.io", "northwind.dev", "tailspin.app",
		"fabrikam.co.uk", "contoso.eu", "litware.info", "wingtip.cloud", "proseware.me",
	)
	recordID, account := f.Hex(32), f.Hex(24)
	failure := f.Record(
		f.F("code", f.Int(1000, 9999)), f.F("message", f.Sentence()),
		f.F("documentation_url", f.URI("https://dns.example.test/docs")).Sometimes(.4),
	)
	wrap := func(result *f.Type) *f.Type {
		return f.Record(
			f.F("success", f.Bool(1)), f.F("errors", f.List(failure, 0, 0)), f.F("messages", f.List(f.Sentence(), 0, 1)),
			f.F("result", result),
		)
	}
	paged := func(of *f.Type) *f.Type {
		return wrap(f.List(of, 0, 4)).With(f.F("result_info", f.Record(
			f.F("page", f.Int(1, 20)), f.F("per_page", f.Int(5, 100)), f.F("total_count", f.Int(0, 900)),
		)))
	}
	failed := f.Record(
		f.F("success", f.Bool(0)), f.F("errors", f.List(failure, 1, 2)), f.F("messages", f.List(f.Sentence(), 0, 0)),
		f.F("result", f.Word().Nullable(1)),
	)
	common := func(kind *f.Type, more ...f.Field) *f.Type {
		return f.Record(append(
			[]f.Field{
				f.F("id", recordID), f.F("type", kind), f.F("name", f.Hostname()), f.F("ttl", f.Int(60, 86400)),
				f.F("proxied", f.Bool(.5)), f.F("created_on", f.InstantMicro()), f.F("comment", f.Sentence().Nullable(.6)),
			},
			more...,
		)...)
	}
	record := f.Tagged("type",
		common(f.Const("A"), f.F("content", f.IPv4())),
		common(f.Const("MX"), f.F("content", f.Hostname()), f.F("priority", f.Int(1, 50))),
		common(
			f.Const("SRV"),
			f.F("data", f.Record(
				f.F("service", f.Codes("_sip", "_xmpp")), f.F("port", f.Int(1, 65535)), f.F("weight", f.Int(0, 100)),
				f.F("target", f.Hostname()),
			)),
		),
	)
	zone := f.Record(
		f.F("name", domain), f.F("status", f.Enum("active", "pending", "moved")), f.F("paused", f.Bool(.1)),
		f.F("type", f.Enum("full", "partial")), f.F("name_servers", f.List(f.Hostname(), 2, 2)),
		f.F("account", f.Record(f.F("id", account), f.F("name", f.Title()))),
		f.F("activated_on", f.InstantMicro().Nullable(.3)),
		f.F("plan", f.Record(f.F("id", f.Enum("free", "pro", "business")), f.F("price", f.Mixed(0, 200)))),
		f.F("settings", f.Record(
			f.F("ssl", f.Enum("off", "flexible", "strict")), f.F("min_tls", f.Codes("1.2", "1.3")),
		)).Sometimes(.5),
	)
	rule := f.Record(
		f.F("id", f.UUID()), f.F("expression", f.Phrase(`ip.src=="10.0.0.1" http.host=="a"`)),
		f.F("action", f.Enum("block", "challenge", "log", "skip")), f.F("enabled", f.Bool(.9)),
		f.F("ratelimit", f.Record(
			f.F("period", f.Int(10, 3600)), f.F("requests_per_period", f.Int(1, 1000)),
			f.F("characteristics", f.List(f.Codes("ip.src", "cf.colo.id"), 1, 2)),
		)).Sometimes(.3),
	)
	missing, bad := f.JSON(404, failed).Rarely(.05), f.JSON(400, failed).Rarely(.2).ToSpoiled()
	paging := []f.Field{f.F("page", f.Int(1, 20)).Sometimes(.5), f.F("per_page", f.Int(5, 100)).Sometimes(.5)}
	ops := []*f.Operation{
		f.Op("GET", "/client/v4/zones", f.JSON(200, paged(zone))).Asks(paging...).Asks(
			f.F("name", domain).Sometimes(.3), f.F("status", f.Enum("active", "pending", "moved")).Sometimes(.3),
			f.F("account.id", account).Sometimes(.3), f.F("direction", f.Enum("asc", "desc")).Sometimes(.3),
		).Weighing(6),
		f.Op("POST", "/client/v4/zones", f.JSON(200, wrap(zone)), bad, f.JSON(409, failed).Rarely(.1)).Sends(f.Record(
			f.F("name", domain), f.F("account", f.Record(f.F("id", account))), f.F("jump_start", f.Bool(.5)).Sometimes(.5),
		)).Weighing(2),
		f.Op("GET", "/client/v4/zones/{zone}", f.JSON(200, wrap(zone)), missing).Weighing(9),
		f.Op("GET", "/client/v4/zones/{zone}/dns_records", f.JSON(200, paged(record)), missing).Asks(paging...).Asks(
			f.F("type", f.Enum("A", "MX", "SRV")).Sometimes(.4), f.F("match", f.Enum("any", "all")).Sometimes(.3),
		).Weighing(10),
		f.Op("POST", "/client/v4/zones/{zone}/dns_records", f.JSON(200, wrap(record)), bad).Sends(f.Tagged(
			"type",
			f.Record(
				f.F("type", f.Const("A")), f.F("name", f.Hostname()), f.F("content", f.IPv4()),
				f.F("ttl", f.Int(60, 86400)).Sometimes(.6),
			),
			f.Record(
				f.F("type", f.Const("MX")), f.F("name", f.Hostname()), f.F("content", f.Hostname()), f.F("priority", f.Int(1, 50)),
			),
		)).Weighing(4),
		f.Op("GET", "/client/v4/zones/{zone}/dns_records/{record_id}", f.JSON(200, wrap(record)), missing).Weighing(6),
		f.Op("PATCH", "/client/v4/zones/{zone}/dns_records/{record_id}", f.JSON(200, wrap(record)), missing).Sends(f.Record(
			f.F("ttl", f.Int(60, 86400)).Sometimes(.6), f.F("proxied", f.Bool(.5)).Sometimes(.5),
			f.F("comment", f.Sentence().Nullable(.3)).Sometimes(.4),
		)).Weighing(3),
		f.Op(
			"DELETE", "/client/v4/zones/{zone}/dns_records/{record_id}", f.JSON(200, wrap(f.Record(f.F("id", recordID)))),
			missing,
		).Weighing(2),
		f.Op(
			"GET", "/client/v4/zones/{zone}/dns_records/export",
			f.Opaque(200, "text/plain", fixed("$ORIGIN example.com.\n@ 3600 IN SOA a b 1 2 3 4 5\n")),
		).Weighing(2),
		f.Op(
			"POST", "/client/v4/zones/{zone}/dns_records/import",
			f.JSON(200, wrap(f.Record(f.F("recs_added", f.Int(0, 90)), f.F("total_records_parsed", f.Int(0, 90))))),
			f.JSON(400, failed).Rarely(.1),
		).SendsAs("multipart/form-data", f.Record(
			f.F("file", f.File()), f.F("proxied", f.Bool(.5)).Sometimes(.6),
		)).Weighing(2),
		f.Op("POST", "/client/v4/zones/{zone}/purge_cache", f.JSON(200, wrap(f.Record(f.F("id", f.Hex(32)))))).Sends(f.Either(
			f.Record(f.F("purge_everything", f.Bool(1))),
			f.Record(f.F("files", f.List(f.URI("https://www.example.test"), 1, 3))),
			f.Record(f.F("tags", f.List(f.Word(), 1, 3))),
		)).Weighing(4),
		f.Op(
			"GET", "/client/v4/zones/{zone}/analytics",
			f.JSON(
				200,
				wrap(f.Record(
					f.F("rows", f.List(
						f.Record(
							f.F("dimensions", f.List(f.Codes("NOERROR", "NXDOMAIN"), 1, 1)),
							f.F("metrics", f.List(f.List(f.Int(0, 9000), 2, 3), 1, 2)),
						),
						0, 3,
					)),
					f.F("since", f.Instant()),
					f.F("by_country", f.Map(f.Codes("US", "DE", "JP", "BR", "FR", "IN", "ZA", "SE"), f.Int(1, 900), 2, 5)),
				)),
			),
		).Asks(
			f.F("since", f.Instant()), f.F("until", f.Instant()).Sometimes(.6),
			f.F("metrics", f.CSV("queryCount", "responseTime")),
			f.F("dimensions", f.CSV("responseCode", "queryType")).Sometimes(.5),
		).Weighing(4),
		f.Op("GET", "/client/v4/zones/{zone}/firewall/rules", f.JSON(200, paged(rule)), missing).Asks(paging...).Weighing(4),
		f.Op(
			"PUT", "/client/v4/zones/{zone}/firewall/rules", f.JSON(200, wrap(f.List(rule, 1, 3))),
			f.JSON(400, failed).Rarely(.1),
		).Sends(f.List(rule, 1, 3)).Weighing(2),
		f.Op(
			"GET", "/client/v4/zones/{zone}/settings/{setting}",
			f.JSON(
				200,
				wrap(f.Record(
					f.F("id", f.Codes("ssl", "min_tls_version", "brotli", "http3", "minify", "rocket_loader")),
					f.F("value", f.Either(
						f.Codes("on", "off", "1.2", "strict"), f.Record(f.F("css", f.Enum("on", "off")), f.F("js", f.Enum("on", "off"))),
					)),
					f.F("editable", f.Bool(.9)), f.F("modified_on", f.InstantMicro().Nullable(.3)),
				)),
			),
		).Param("setting", f.Words("ssl", "min_tls_version", "brotli", "http3", "minify", "rocket_loader")).Weighing(4),
		f.Op(
			"GET", "/client/v4/user/tokens/verify",
			f.JSON(
				200,
				wrap(f.Record(
					f.F("id", f.Hex(32)), f.F("status", f.Enum("active", "disabled", "expired")),
					f.F("expires_on", f.Instant()).Sometimes(.5),
				)),
			),
		).Weighing(3),
		f.Op(
			"GET", "/client/v4/ips",
			f.JSON(
				200,
				wrap(f.Record(
					f.F("ipv4_cidrs", f.List(f.Codes("173.245.48.0/20", "103.21.244.0/22"), 1, 2)), f.F("etag", f.Hex(32)),
				)),
			),
		).Weighing(2),
	}
	email := f.Login{{Scheme: "apiKey", In: "header", Name: "X-Auth-Key", Value: f.Token(37)}}
	each(ops, func(op *f.Operation) {
		op.Param("zone", domain).Param("record_id", recordID)
		if op.Path != "/client/v4/ips" {
			op.By(bearer(f.Token(40)), email).Or(f.JSON(403, failed).Rarely(.03).ToAnonymous())
		}
	})
	return &f.API{
		Name: "zones", Host: "api.dns.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: failed,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/client/v4/ips"}},
	}
}
