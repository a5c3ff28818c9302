package apis

import (
	"net/http"

	f "akita/test/accuracy/fiction"
)

// payments is a payment provider: prefixed ids, forms as requests, seconds since 1970,
// amounts in cents, objects that say what they are, and a key as user of Basic.
func payments() *f.API {
	customerID, chargeID, cardID, invoiceID := f.Prefixed("cus"), f.Prefixed("ch"), f.Prefixed("card"), f.Prefixed("in")
	metadata := f.Map(f.Word(), f.Word(), 0, 4)
	method := f.Tagged("type",
		f.Record(
			f.F("type", f.Const("card")), f.F("brand", f.Enum("visa", "amex", "maestro")), f.F("last4", f.Digits(4)),
			f.F("exp_month", f.Int(1, 12)), f.F("exp_year", f.Int(2026, 2033)),
		),
		f.Record(
			f.F("type", f.Const("sepa_debit")), f.F("iban", f.IBAN()), f.F("mandate", f.Prefixed("mdt")),
			f.F("signed", f.Date()),
		),
		f.Record(
			f.F("type", f.Const("wallet")), f.F("provider", f.Enum("apple", "google")),
			f.F("device", f.Record(f.F("model", f.Title()), f.F("os", f.Semver()))),
		),
	)
	customer := f.Record(f.F("id", customerID), f.F("object", f.Const("customer")), f.F("email", f.Email()), f.F(
		"phone", f.Phone().Nullable(.4),
	), f.F("balance", f.Int(-5000, 90000)), f.F("created", f.UnixSeconds()), f.F(
		"currency", f.Codes("eur", "usd", "chf").Nullable(.2),
	),
		f.F("livemode", f.Bool(.9)), f.F("name", f.PersonName()), f.F("metadata", metadata), f.F(
			"default_source", cardID.Nullable(.3),
		), f.F("address", f.Record(
			f.F("city", f.City()), f.F("country", f.Country()), f.F("line1", f.Sentence()),
			f.F("line2", f.Sentence().Nullable(.6)), f.F("postal_code", f.Digits(5)),
		).Nullable(.25)))
	charge := f.Record(f.F("id", chargeID), f.F("object", f.Const("charge")), f.F("amount", f.Int(50, 99999)), f.F(
		"amount_refunded", f.Int(0, 100),
	), f.F("created", f.UnixSeconds()), f.F(
		"currency", f.Codes("eur", "usd", "chf"),
	), f.F("customer", customerID.Nullable(.1)),
		f.F("status", f.Enum("succeeded", "pending", "failed")), f.F(
			"failure_code", f.Enum("card_declined", "expired_card").Nullable(.7),
		), f.F("payment_method_details", method), f.F("metadata", metadata), f.F("refunded", f.Bool(.1)),
		f.F("receipt_url", f.URI("https://pay.example.test/receipts")).Sometimes(.7))
	line := f.Record(
		f.F("description", f.Sentence()), f.F("quantity", f.Int(1, 9)), f.F("unit_amount", f.Int(100, 9999)),
		f.F("tax_rates", f.List(f.Mixed(1, 25), 0, 2)),
		f.F("discount", f.Record(f.F("percent_off", f.Mixed(5, 50)))).Sometimes(.25),
	)
	invoice := f.Record(
		f.F("id", invoiceID), f.F("object", f.Const("invoice")), f.F("number", f.SKU()), f.F("lines", f.List(line, 1, 3)),
		f.F("total", f.Int(100, 99999)), f.F("due_date", f.UnixSeconds().Nullable(.4)),
		f.F("state", f.Enum("draft", "open", "paid", "void")),
	)
	list := func(of *f.Type, url string) *f.Type {
		return f.Record(
			f.F("object", f.Const("list")), f.F("url", f.Codes(url)), f.F("has_more", f.Bool(.5)), f.F("data", f.List(of, 0, 3)),
		)
	}
	problem := f.Record(f.F("error", f.Record(
		f.F("type", f.Enum("card_error", "invalid_request_error")),
		f.F("code", f.Enum("card_declined", "parameter_missing", "expired_card")), f.F("message", f.Sentence()),
		f.F("param", f.Word()).Sometimes(.5),
	)))
	cursor := []f.Field{
		f.F("limit", f.Int(1, 100)).Sometimes(.5), f.F("starting_after", customerID).Sometimes(.3),
		f.F("expand[]", f.List(f.Codes("data.customer", "data.source"), 1, 2)).Sometimes(.3),
	}
	missing, declined := f.JSON(404, problem).Rarely(.05), f.JSON(402, problem).Rarely(.15)

	ops := []*f.Operation{
		f.Op(
			"GET", "/v1/customers", f.JSON(200, list(customer, "/v1/customers")),
		).Asks(cursor...).Asks(f.F("email", f.Email()).Sometimes(.3)).Weighing(8),
		f.Op(
			"POST", "/v1/customers", f.JSON(200, customer), f.JSON(400, problem).Rarely(.2),
		).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("email", f.Email()), f.F("name", f.PersonName()), f.F("balance", f.Int(0, 900)).Sometimes(.4),
			f.F("metadata[plan]", f.Word()).Sometimes(.4),
		)).Weighing(4),
		f.Op("GET", "/v1/customers/{customer}", f.JSON(200, customer), missing).Param("customer", customerID).Weighing(10),
		f.Op(
			"DELETE", "/v1/customers/{customer}",
			f.JSON(200, f.Record(f.F("id", customerID), f.F("object", f.Const("customer")), f.F("deleted", f.Bool(1)))), missing,
		).Param("customer", customerID),
		f.Op(
			"GET", "/v1/customers/{customer}/sources/{source}",
			f.JSON(
				200,
				f.Record(
					f.F("id", cardID), f.F("object", f.Const("card")), f.F("fingerprint", f.Hex(16)),
					f.F("funding", f.Enum("credit", "debit", "prepaid")),
				),
			),
			missing,
		).Param("customer", customerID).Param("source", cardID).Weighing(3),
		f.Op("GET", "/v1/charges", f.JSON(200, list(charge, "/v1/charges"))).Asks(cursor...).Weighing(6),
		f.Op("POST", "/v1/charges", f.JSON(200, charge), declined).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("amount", f.Int(50, 99999)), f.F("currency", f.Codes("eur", "usd", "chf")), f.F("source", cardID),
			f.F("capture", f.Bool(.8)).Sometimes(.5), f.F("tags", f.List(f.Word(), 1, 3)).Sometimes(.3),
		)).Weighing(7),
		f.Op("GET", "/v1/charges/{charge}", f.JSON(200, charge), missing).Param("charge", chargeID).Weighing(9),
		f.Op("POST", "/v1/charges/{charge}/capture", f.JSON(200, charge), missing).Param("charge", chargeID).Weighing(2),
		f.Op(
			"POST", "/v1/charges/{charge}/refunds",
			f.JSON(
				200,
				f.Record(
					f.F("id", f.Prefixed("re")), f.F("object", f.Const("refund")), f.F("amount", f.Int(1, 999)),
					f.F("reason", f.Enum("duplicate", "fraudulent", "requested").Nullable(.3)),
				),
			),
		).Param("charge", chargeID).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("amount", f.Int(1, 999)).Sometimes(.5), f.F("reason", f.Enum("duplicate", "fraudulent", "requested")),
		)).Weighing(2),
		f.Op(
			"GET", "/v1/invoices", f.JSON(200, list(invoice, "/v1/invoices")),
		).Asks(cursor...).Asks(f.F("status", f.Enum("draft", "open", "paid")).Sometimes(.4)).Weighing(4),
		f.Op("GET", "/v1/invoices/{invoice}", f.JSON(200, invoice), missing).Param("invoice", invoiceID).Weighing(5),
		f.Op(
			"GET", "/v1/invoices/upcoming",
			f.JSON(200, invoice.With(f.F("next_attempt", f.UnixSeconds()), f.F("proration", f.Bool(.3)))),
		).Asks(f.F("customer", customerID)).Weighing(3),
		f.Op(
			"GET", "/v1/invoices/{invoice}/pdf", f.Opaque(200, "application/pdf", fixed("%PDF-1.7\n%\xe2\xe3\xcf\xd3 binary")),
		).Param("invoice", invoiceID).Weighing(2),
		f.Op(
			"GET", "/v1/balance",
			f.JSON(
				200,
				f.Record(
					f.F("object", f.Const("balance")),
					f.F("available", f.List(
						f.Record(f.F("amount", f.Int(0, 99999)), f.F("currency", f.Codes("eur", "usd", "chf"))), 1, 3,
					)),
					f.F("pending", f.List(f.Record(f.F("amount", f.Int(0, 99999)), f.F("currency", f.Codes("eur", "usd"))), 0, 2)),
				),
			),
		).Weighing(2),
	}
	each(ops, func(op *f.Operation) {
		op.By(
			basic("sk_live_9aXw31:", "sk_live_7Qm28b:"), bearer(f.Token(36)),
		).Or(f.JSON(401, problem).Rarely(.02).ToAnonymous())
		if op.Method == http.MethodPost {
			op.Heads(f.F("Idempotency-Key", f.UUID()).Sometimes(.7))
		}
		op.Heads(f.F("Pay-Version", f.Date()).Sometimes(.8))
	})
	ops = append(ops, f.Op("POST", "/hooks/payments", f.Empty(204), f.Empty(400).Rarely(.05)).Sends(f.Record(
		f.F("id", f.Prefixed("evt")), f.F("type", f.Enum("charge.succeeded", "charge.failed", "customer.created")),
		f.F("created", f.UnixSeconds()), f.F("data", f.Record(f.F("object", f.Free()))),
	)).
		Carries(f.F("X-Pay-Signature", f.Hex(64))).Weighing(4))
	return &f.API{
		Name: "payments", Host: "api.pay.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/v1/charges/{charge}"}, {Method: "DELETE", Path: "/v1/charges"}},
	}
}
