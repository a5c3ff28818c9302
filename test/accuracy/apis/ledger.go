package apis

import f "akita/test/accuracy/fiction"

// ledger is RPC over JSON: a method a path, everything by POST, an endpoint of JSON-RPC
// with requests and batches, answers that carry their errors with 200, and unions that
// nothing names.
func ledger() *f.API {
	book, posting := f.Prefixed("bk"), f.Numbered("JE-", 7)
	account := f.Codes("1000", "1200", "1400", "1800", "3300", "4400", "6300", "8400")
	amount := f.Record(f.F("units", f.SerialText()), f.F("nanos", f.Int(0, 999999999)), f.F("currencyCode", f.Currency()))
	line := f.Record(
		f.F("account", account), f.F("debit", amount).Sometimes(.5), f.F("credit", amount).Sometimes(.5),
		f.F("text", f.Sentence()).Sometimes(.6), f.F("costCenter", f.Int(100, 999).Nullable(.5)),
	)
	entry := f.Record(
		f.F("id", posting), f.F("bookId", book), f.F("date", f.Date()), f.F("state", f.Enum("DRAFT", "POSTED", "REVERSED")),
		f.F("lines", f.List(line, 2, 4)), f.F("reversalOf", posting.Nullable(.8)), f.F("createTime", f.InstantMicro()),
		f.F("labels", f.Map(
			f.Words("team", "project", "region", "batch", "source", "approver", "quarter", "run", "origin", "import"), f.Word(),
			0, 4,
		)),
	)
	bookType := f.Record(
		f.F("id", book), f.F("name", f.Title()), f.F("functionalCurrency", f.Currency()),
		f.F("closedThrough", f.Date().Nullable(.4)), f.F("balances", f.Map(account, amount, 1, 5)),
	)
	fault := f.Record(
		f.F("code", f.Enum("not_found", "invalid_argument", "failed_precondition", "unauthenticated")),
		f.F("msg", f.Sentence()),
		f.F("meta", f.Map(
			f.Words("argument", "book", "cause", "hint", "retry", "trace", "limit", "field", "rule", "period"), f.Sentence(), 0,
			2,
		)).Sometimes(.5),
	)
	empty := f.Record()
	rpc := func(method string, request, response *f.Type, weight float64) *f.Operation {
		return f.Op(
			"POST", "/twirp/acme.ledger.v1.Books/"+method, f.JSON(200, response), f.JSON(400, fault).Rarely(.1).ToSpoiled(),
			f.JSON(404, fault).Rarely(.04), f.JSON(412, fault).Rarely(.03),
		).Sends(request).Weighing(weight)
	}
	page := []f.Field{f.F("pageSize", f.Int(1, 500)).Sometimes(.5), f.F("pageToken", f.Cursor()).Sometimes(.3)}
	rpcError := f.Record(
		f.F("jsonrpc", f.Const("2.0")), f.F("id", f.Either(f.Int(1, 999), f.UUID()).Nullable(.1)),
		f.F("error", f.Record(
			f.F("code", f.Int(-32700, -32000)), f.F("message", f.Sentence()), f.F("data", f.Free()).Sometimes(.3),
		)),
	)
	rpcResult := f.Record(
		f.F("jsonrpc", f.Const("2.0")), f.F("id", f.Either(f.Int(1, 999), f.UUID())),
		f.F("result", f.Either(
			f.Record(f.F("balance", f.SignedDecimal()), f.F("asOf", f.Date())), f.List(posting, 0, 3), f.Bool(.5),
		)),
	)
	call := f.Record(
		f.F("jsonrpc", f.Const("2.0")), f.F("method", f.Enum("getBalance", "listEntries", "isClosed")),
		f.F("params", f.Either(
			f.List(f.Either(book, f.Int(1, 99)), 1, 2), f.Record(f.F("book", book), f.F("until", f.Date()).Sometimes(.5)),
		)),
		f.F("id", f.Either(f.Int(1, 999), f.UUID())),
	)
	ops := []*f.Operation{
		rpc(
			"CreateBook",
			f.Record(
				f.F("name", f.Title()), f.F("functionalCurrency", f.Currency()), f.F("chart", f.Enum("SKR03", "SKR04", "IFRS")),
			),
			bookType, 3,
		),
		rpc("GetBook", f.Record(f.F("id", book)), bookType, 9),
		rpc(
			"ListBooks", f.Record(page...),
			f.Record(f.F("books", f.List(bookType, 0, 3)), f.F("nextPageToken", f.Cursor()).Sometimes(.4)), 5,
		),
		rpc("DeleteBook", f.Record(f.F("id", book), f.F("force", f.Bool(.2)).Sometimes(.3)), empty, 1),
		rpc(
			"CloseBook", f.Record(f.F("id", book), f.F("through", f.Date())),
			f.Record(f.F("book", bookType), f.F("warnings", f.List(f.Sentence(), 0, 2))), 2,
		),
		rpc(
			"PostEntry",
			f.Record(
				f.F("bookId", book), f.F("date", f.Date()), f.F("lines", f.List(line, 2, 4)), f.F("requestId", f.UUID()),
				f.F("validateOnly", f.Bool(.3)).Sometimes(.3),
			),
			f.Record(f.F("entry", entry)), 8,
		),
		rpc(
			"GetEntry", f.Record(f.F("id", posting), f.F("readMask", f.Codes("id,lines", "id,state")).Sometimes(.3)),
			f.Record(f.F("entry", entry)), 7,
		),
		rpc(
			"SearchEntries",
			f.Record(append(
				[]f.Field{
					f.F("bookId", book),
					f.F("filter", f.Either(
						f.Record(f.F("account", account)), f.Record(f.F("between", f.Record(f.F("from", f.Date()), f.F("to", f.Date())))),
						f.Record(f.F("text", f.Word())),
					)),
				},
				page...,
			)...),
			f.Record(
				f.F("entries", f.List(entry, 0, 3)), f.F("nextPageToken", f.Cursor()).Sometimes(.4),
				f.F("stats", f.Record(f.F("scanned", f.Int(0, 99999)), f.F("tookMs", f.Num(0, 90)))),
			),
			6,
		),
		rpc(
			"ReverseEntry", f.Record(f.F("id", posting), f.F("reason", f.Sentence())),
			f.Record(f.F("entry", entry), f.F("reversal", entry)), 2,
		),
		rpc("Ping", empty, f.Record(f.F("now", f.InstantMicro()), f.F("build", f.Semver())), 3),
		f.Op("POST", "/jsonrpc", f.JSON(200, f.Either(rpcResult, rpcError))).Sends(call).Weighing(8),
		f.Op(
			"POST", "/jsonrpc/batch", f.JSON(200, f.List(f.Either(rpcResult, rpcError), 1, 4)),
		).Sends(f.List(call, 1, 4)).Weighing(3),
		f.Op(
			"POST", "/soap/Statements", f.Opaque(200, "text/xml", fixed(`<?xml version="1.0"?><soap:Envelope/>`)),
			f.Opaque(500, "text/xml", fixed(`<?xml version="1.0"?><soap:Fault/>`)).Rarely(.1),
		).SendsOpaque("text/xml", fixed(
			`<?xml version="1.0"?><soap:Envelope><soap:Body/></soap:Envelope>`,
		)).Heads(f.F("SOAPAction", f.Codes(`"urn:GetStatement"`, `"urn:ListStatements"`))).Weighing(3),
		f.Op(
			"POST", "/export/journal",
			f.Answer{
				Status: 200, Share: 1,
				Bodies: []f.Body{
					{MediaType: "application/x-ndjson", Type: entry, Lines: true},
					{MediaType: "text/csv", Opaque: fixed("id,date\nJE-1,2026-01-05\n")},
				},
			},
		).Sends(f.Record(
			f.F("bookId", book), f.F("format", f.Enum("ndjson", "csv")), f.F("fiscalYear", f.Int(2019, 2026)),
		)).Weighing(3),
	}
	each(ops, func(op *f.Operation) {
		op.By(
			f.Login{{Scheme: "apiKey", In: "header", Name: "Authorization", Prefix: "ApiKey ", Value: f.Token(32)}},
			bearer(f.JWT()),
		).Or(f.JSON(401, fault).Rarely(.02).ToAnonymous())
		op.Heads(f.F("X-Tenant", f.Words("acme", "globex", "initech", "umbrella")))
	})
	return &f.API{
		Name: "ledger", Host: "ledger.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: fault,
		Forbidden: []f.MethodPath{{Method: "GET", Path: "/twirp/acme.ledger.v1.Books/GetBook"}}}
}
