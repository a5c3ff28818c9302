package apis

import (
	"net/http"

	f "akita/test/accuracy/fiction"
)

// bank has money as decimal strings, IBANs in paths, balances by currency, transactions
// with the same envelope around details that differ, statements as JSON, CSV and PDF,
// payments that are accepted now and settled later, and problems of RFC 9457.
func bank() *f.API {
	iban, account, payment := f.IBAN(), f.Hex(24), f.UUID()
	currency := f.Codes("EUR", "USD", "GBP", "CHF", "SEK", "PLN")
	money := f.Record(f.F("amount", f.SignedDecimal()), f.F("currency", f.Currency()))
	details := func(kind string, fields ...f.Field) *f.Type {
		return f.Record(
			f.F("id", f.Numbered("TX", 10)), f.F("kind", f.Const(kind)), f.F("bookedAt", f.InstantMilli()),
			f.F("valueDate", f.Date()), f.F("amount", money), f.F("details", f.Record(fields...)),
		)
	}
	transaction := f.Tagged("kind",
		details(
			"CARD", f.F("merchant", f.Title()), f.F("mcc", f.Digits(4)),
			f.F("maskedPan", f.Codes("5355********1881", "4111********1111")), f.F("country", f.Country()),
		),
		details(
			"TRANSFER", f.F("counterpartyIban", iban), f.F("counterpartyName", f.PersonName()),
			f.F("reference", f.Sentence().Nullable(.3)), f.F("instant", f.Bool(.5)),
		),
		details("FEE", f.F("feeType", f.Enum("MONTHLY", "FOREIGN", "OVERDRAFT")), f.F("period", f.Month())),
	)
	problem := f.Record(
		f.F("type", f.URI("https://bank.example.test/problems")), f.F("title", f.Sentence()), f.F("status", f.Int(400, 503)),
		f.F("instance", f.URN("uuid")), f.F("detail", f.Sentence()).Sometimes(.7),
		f.F("balance", f.SignedDecimal()).Sometimes(.2),
	)
	fail := func(status int, share float64) f.Answer {
		return f.As(status, "application/problem+json", problem).Rarely(share)
	}
	party := f.Record(
		f.F("name", f.PersonName()), f.F("iban", iban), f.F("bic", f.Codes("DEUTDEFF", "NDEASESS", "CRESCHZZ")).Sometimes(.6),
	)
	order := f.Record(
		f.F("paymentId", payment), f.F("state", f.Enum("ACCEPTED", "PENDING", "SETTLED", "REJECTED")), f.F("debtor", party),
		f.F("creditor", party), f.F("instructed", money), f.F("charge", money.Nullable(.7)), f.F("executionDate", f.Date()),
		f.F("endToEndId", f.Numbered("E2E-", 8)),
		f.F("rejection", f.Record(f.F("code", f.Enum("AC04", "AM04", "RR01")), f.F("text", f.Sentence())).Nullable(.85)),
	)
	holder := f.Record(
		f.F("name", f.PersonName()), f.F("dateOfBirth", f.Date()), f.F("taxResidence", f.List(f.Country(), 1, 2)),
		f.F("phone", f.Phone().Nullable(.2)),
	)
	summary := f.Record(
		f.F("accountId", account), f.F("iban", iban), f.F("product", f.Enum("GIRO", "SAVINGS", "CREDIT")),
		f.F("currency", f.Currency()), f.F("openedOn", f.Date()), f.F("holders", f.List(holder, 1, 2)),
		f.F("nickname", f.Title().Nullable(.5)),
		f.F("overdraft", f.Record(f.F("limit", f.Decimal()), f.F("rate", f.Decimal()))).Sometimes(.4),
	)
	page := func(of *f.Type) *f.Type {
		return f.Record(f.F("items", f.List(of, 0, 5)), f.F("cursor", f.Cursor().Nullable(.3)))
	}
	limits := []f.Field{f.F("X-RateLimit-Limit", f.Int(100, 100)), f.F("X-RateLimit-Remaining", f.Int(0, 100))}
	ops := []*f.Operation{
		f.Op("GET", "/open-banking/v3.1/accounts", f.JSON(200, page(summary)).Returning(limits...)).Weighing(8),
		f.Op(
			"GET", "/open-banking/v3.1/accounts/{accountId}", f.JSON(200, summary).Returning(limits...), fail(404, .05),
		).Param("accountId", account).Weighing(9),
		f.Op(
			"GET", "/open-banking/v3.1/accounts/{accountId}/balances",
			f.JSON(
				200,
				f.Record(
					f.F("asOf", f.InstantMilli()),
					f.F("balances", f.Map(
						currency, f.Record(f.F("booked", f.SignedDecimal()), f.F("available", f.SignedDecimal())), 1, 3,
					)),
				),
			).Returning(limits...),
			fail(404, .05),
		).Param("accountId", account).Weighing(7),
		f.Op(
			"GET", "/open-banking/v3.1/accounts/{accountId}/transactions", f.JSON(200, page(transaction)), fail(404, .05),
		).Param("accountId", account).Asks(
			f.F("from", f.Date()), f.F("to", f.Date()).Sometimes(.6), f.F("cursor", f.Cursor()).Sometimes(.3),
			f.F("minAmount", f.Decimal()).Sometimes(.2),
			f.F("kind", f.List(f.Enum("CARD", "TRANSFER", "FEE"), 1, 2)).Sometimes(.4),
		).Weighing(12),
		{
			Method: "GET", Path: "/open-banking/v3.1/accounts/{accountId}/statements/{month}", Weight: 4,
			Params: map[string]*f.Type{"accountId": account, "month": f.Month()},
			Answers: []f.Answer{{Status: 200, Share: 1, Bodies: []f.Body{
				{
					MediaType: "application/json",
					Type: f.Record(
						f.F("opening", f.SignedDecimal()), f.F("closing", f.SignedDecimal()),
						f.F("lines", f.List(
							f.Record(f.F("date", f.Date()), f.F("text", f.Sentence()), f.F("amount", f.SignedDecimal())), 0, 4,
						)),
					),
				},
				{MediaType: "text/csv", Opaque: fixed("date,text,amount\n2026-01-05,Rent,-900.00\n")},
				{MediaType: "application/pdf", Opaque: fixed("%PDF-1.7\n%\xe2\xe3\xcf\xd3")},
			}}, fail(404, .05)},
		},
		f.Op(
			"GET", "/open-banking/v3.1/ibans/{iban}",
			f.JSON(
				200,
				f.Record(
					f.F("valid", f.Bool(.9)),
					f.F("bank", f.Record(f.F("bic", f.Codes("DEUTDEFF", "NDEASESS")), f.F("name", f.Title()), f.F("city", f.City()))),
				),
			),
			fail(400, .1),
		).Param("iban", iban).Weighing(4),
		f.Op(
			"POST", "/open-banking/v3.1/payments",
			f.JSON(202, order).Returning(
				f.F("Location", f.RelativeURI("/open-banking/v3.1/payments")), f.F("Retry-After", f.Int(1, 30)).Sometimes(.5),
			),
			fail(400, .2).ToSpoiled(), fail(409, .05), fail(429, .05).Returning(f.F("Retry-After", f.Int(1, 30))),
		).Sends(f.Record(
			f.F("debtorAccount", account), f.F("creditor", party),
			f.F("instructed", f.Record(f.F("amount", f.Decimal()), f.F("currency", f.Currency()))),
			f.F("executionDate", f.Date()).Sometimes(.4),
			f.F("remittance", f.Either(
				f.Record(f.F("unstructured", f.Sentence())),
				f.Record(f.F("structured", f.Record(f.F("reference", f.Numbered("RF18", 10)), f.F("type", f.Const("SCOR"))))),
			)),
		)).Weighing(6),
		f.Op(
			"GET", "/open-banking/v3.1/payments/{paymentId}", f.JSON(200, order), fail(404, .05),
		).Param("paymentId", payment).Weighing(8),
		f.Op(
			"DELETE", "/open-banking/v3.1/payments/{paymentId}", f.Empty(204), fail(409, .2),
		).Param("paymentId", payment).Weighing(1),
		f.Op(
			"POST", "/open-banking/v3.1/payments/{paymentId}/authorisations",
			f.JSON(
				201,
				f.Record(
					f.F("authorisationId", f.UUID()), f.F("scaStatus", f.Enum("received", "started", "finalised", "failed")),
					f.F("challenge", f.Record(
						f.F("otpFormat", f.Enum("integer", "characters")), f.F("image", f.Base64(60)).Sometimes(.3),
					).Nullable(.3)),
				),
			),
		).Param("paymentId", payment).Sends(f.Record(
			f.F("psuId", f.Handle(50)), f.F("otp", f.Secret("opensesame", "hunter2", "letmein-now")).Sometimes(.5),
		)).Weighing(3),
		f.Op(
			"GET", "/open-banking/v3.1/fx/rates",
			f.JSON(
				200,
				f.Record(
					f.F("base", f.Currency()), f.F("validAt", f.InstantMilli()),
					f.F("rates", f.Map(
						f.Codes("EUR", "USD", "GBP", "CHF", "SEK", "PLN", "NOK", "DKK", "JPY", "CZK"), f.Decimal(), 3, 7,
					)),
				),
			),
		).Asks(f.F("base", f.Currency()).Sometimes(.7)).Weighing(4),
		f.Op(
			"POST", "/open-banking/v3.1/consents",
			f.JSON(
				201,
				f.Record(
					f.F("consentId", f.Token(32)), f.F("status", f.Enum("received", "valid", "revoked", "expired")),
					f.F("validUntil", f.Date()),
				),
			),
			fail(400, .2).ToSpoiled(),
		).Sends(f.Record(
			f.F("access", f.Record(
				f.F("accounts", f.List(f.Record(f.F("iban", iban)), 0, 2)).Sometimes(.6),
				f.F("allPsd2", f.Const("allAccounts")).Sometimes(.4),
			)),
			f.F("recurring", f.Bool(.5)), f.F("frequencyPerDay", f.Int(1, 4)), f.F("validUntil", f.Date()),
		)).Weighing(2),
		f.Op("GET", "/open-banking/v3.1/health", f.JSON(200, f.Record(f.F("status", f.Enum("UP", "DEGRADED"))))).Weighing(2),
	}
	each(ops, func(op *f.Operation) {
		if op.Path == "/open-banking/v3.1/health" {
			return
		}
		op.By(bearer(f.Token(40))).Or(fail(401, .03).ToAnonymous(), fail(503, .01)).Carries(f.F("X-Request-ID", f.UUID()))
		if op.Method == http.MethodPost {
			op.Heads(f.F("Idempotency-Key", f.ULID()))
		}
		if op.Path != "/open-banking/v3.1/consents" {
			op.Heads(f.F("Consent-ID", f.Token(32)).Sometimes(.8))
		}
	})
	return &f.API{
		Name: "bank", Host: "psd2.bank.example.test:8443", Routes: f.Template, Operations: ops, Noise: scans,
		Missing:   problem,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/open-banking/v3.1/fx/rates"}}}
}
