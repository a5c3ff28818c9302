package apis

import f "akita/test/accuracy/fiction"

// accounts is a zoo of ways to authenticate, with secrets wherever people put them:
// tokens and addresses in paths, passwords that are words, keys in queries.
func accounts() *f.API {
	email, userID := f.Email(), f.CUID()
	profile := f.Record(
		f.F("id", userID), f.F("email", email), f.F("phone", f.Phone().Nullable(.3)), f.F("given_name", f.FirstName()),
		f.F("country", f.Country()), f.F("locale", f.Language()), f.F("verified", f.Bool(.7)),
		f.F("mfa", f.Enum("totp", "sms", "none")), f.F("created_at", f.Instant()), f.F("last_ip", f.IPv4()),
		f.F("recovery_email", email).Sometimes(.4),
	)
	tokens := f.Record(
		f.F("access_token", f.JWT()), f.F("refresh_token", f.Token(48)), f.F("token_type", f.Const("Bearer")),
		f.F("expires_in", f.Int(300, 3600)), f.F("scope", f.Codes("openid email", "openid", "openid profile")).Sometimes(.6),
	)
	problem := f.Record(
		f.F("type", f.URI("https://errors.example.test")), f.F("title", f.Sentence()), f.F("status", f.Int(400, 499)),
		f.F("detail", f.Sentence()).Sometimes(.5),
	)
	fail := func(status int, share float64) f.Answer {
		return f.As(status, "application/problem+json", problem).Rarely(share)
	}
	password := f.Secret("hunter2", "swordfish", "opensesame", "correct-horse-battery")
	web := session("__Host-session", "X-XSRF-TOKEN")
	pair := f.Login{
		{Scheme: "apiKey", In: "header", Name: "X-Api-Key", Value: f.Token(32)}, {Scheme: "bearer", Value: f.Token(40)},
	}
	ops := []*f.Operation{
		f.Op(
			"POST", "/login", f.JSON(200, f.Record(f.F("user_id", userID), f.F("next", f.Codes("/home", "/welcome")))),
			fail(401, .3), fail(429, .05),
		).Sends(f.Record(
			f.F("email", email), f.F("password", password), f.F("remember", f.Bool(.5)).Sometimes(.5),
			f.F("otp", f.Digits(6)).Sometimes(.3),
		)).Weighing(6),
		f.Op(
			"POST", "/oauth/token", f.JSON(200, tokens),
			f.JSON(
				400, f.Record(f.F("error", f.Enum("invalid_grant", "invalid_client")), f.F("error_description", f.Sentence())),
			).Rarely(.2),
		).By(basic("client-7:s3cr3tclient", "client-9:hushhush")).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("grant_type", f.Enum("authorization_code", "refresh_token")), f.F("code", f.Token(24)).Sometimes(.5),
			f.F("refresh_token", f.Token(48)).Sometimes(.5),
			f.F("redirect_uri", f.URI("https://app.example.test/cb")).Sometimes(.6),
		)).Weighing(6),
		f.Op("GET", "/oauth/authorize", f.Empty(302).With("Location", "https://app.example.test/cb")).Asks(
			f.F("client_id", f.Codes("web", "ios", "android")), f.F("response_type", f.Const("code")), f.F("state", f.Short(16)),
			f.F("scope", f.Codes("openid", "openid email")),
		).By(web).Weighing(3),
		f.Op(
			"GET", "/me",
			f.JSON(
				200,
				profile.With(
					f.F("devices", f.List(
						f.Record(
							f.F("id", f.ULID()), f.F("name", f.Title()), f.F("seen_at", f.Instant()),
							f.F("push_token", f.Token(40)).Sometimes(.5),
						),
						0, 3,
					)),
					f.F("sessions", f.Int(1, 9)),
				),
			),
		).By(web, bearer(f.JWT())).Weighing(10),
		f.Op("PATCH", "/me", f.JSON(200, profile), fail(422, .3).ToSpoiled()).By(web).Sends(f.Record(
			f.F("given_name", f.FirstName()).Sometimes(.5), f.F("phone", f.Phone()).Sometimes(.5),
			f.F("locale", f.Language()).Sometimes(.4),
		)).Weighing(3),
		f.Op("POST", "/me/password", f.Empty(204), fail(403, .2)).By(web).Sends(f.Record(
			f.F("current", password), f.F("new", password),
		)).Weighing(2),
		f.Op("GET", "/users/{email}", f.JSON(200, profile), fail(404, .08)).Param("email", email).By(pair).Weighing(6),
		f.Op(
			"GET", "/users/{email}/logins",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("at", f.UnixMillis()), f.F("ip", f.Either(f.IPv4(), f.IPv6())), f.F("ok", f.Bool(.8)),
						f.F("agent", f.Words("Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5.0")),
					),
					0, 4,
				),
			),
		).Param("email", email).By(pair).Weighing(4),
		f.Op(
			"GET", "/reset/{token}", f.JSON(200, f.Record(f.F("email", email), f.F("expires_at", f.Instant()))), fail(410, .2),
		).Param("token", f.Token(43)).Weighing(3),
		f.Op(
			"POST", "/reset/{token}", f.Empty(204), fail(410, .2),
		).Param("token", f.Token(43)).Sends(f.Record(f.F("password", password))).Weighing(2),
		f.Op(
			"GET", "/invitations/{code}", f.JSON(200, f.Record(f.F("team", f.Title()), f.F("inviter", f.PersonName()))),
			fail(404, .1),
		).Param("code", f.Short(22)).Weighing(3),
		f.Op(
			"GET", "/countries/{code}",
			f.JSON(
				200,
				f.Record(
					f.F("code", f.Codes("FR", "NO", "DE", "JP", "US", "PE", "GH")), f.F("dial", f.Codes("+33", "+47", "+49", "+1")),
					f.F("currency", f.Currency()), f.F("population", f.Int(300000, 900000000)),
				),
			),
		).Param("code", f.Words("fr", "no", "de", "jp", "us", "pe", "gh")).Weighing(4),
		f.Op(
			"GET", "/export", f.Opaque(200, "application/zip", fixed("PK\x03\x04\x14\x00\x00")), fail(403, .1),
		).By(key("query", "api_key")).Asks(f.F("since", f.UnixSeconds()).Sometimes(.5)).Weighing(3),
		f.Op(
			"GET", "/admin/audit",
			f.JSON(
				200,
				f.Record(
					f.F("items", f.List(
						f.Record(
							f.F("actor", email), f.F("action", f.Enum("login", "logout", "delete", "grant")), f.F("at", f.Instant()),
							f.F("changes", f.Map(f.Word(), f.Either(f.Sentence(), f.Int(0, 9)), 0, 3)),
						),
						0, 4,
					)),
					f.F("next", f.Short(20).Nullable(.4)),
				),
			),
		).By(f.Login{{Scheme: "digest", Value: f.Token(32)}}).Asks(f.F("after", f.Short(20)).Sometimes(.5)).Weighing(3),
		f.Op(
			"GET", "/.well-known/jwks.json",
			f.JSON(
				200,
				f.Record(f.F("keys", f.List(
					f.Record(
						f.F("kid", f.Hex(16)), f.F("kty", f.Const("RSA")), f.F("use", f.Const("sig")), f.F("n", f.Short(86)),
						f.F("e", f.Codes("AQAB")),
					),
					1, 2,
				))),
			),
		).Weighing(3),
		f.Op("DELETE", "/session", f.Empty(204)).By(web).Weighing(2),
		f.Op(
			"GET", "/partners/report",
			f.JSON(
				200,
				f.Record(
					f.F("signups", f.Int(0, 900)),
					f.F("by_country", f.Map(f.Codes("FR", "NO", "DE", "JP", "US", "PE"), f.Int(0, 99), 2, 4)),
				),
			),
		).By(key("header", "X-Api-Key"), key("query", "api_key")).Weighing(3),
	}
	each(ops, func(op *f.Operation) {
		if len(op.Auth) > 0 && op.Path != "/oauth/token" {
			op.Or(fail(401, .05).ToAnonymous())
		}
	})
	return &f.API{Name: "accounts", Host: "id.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: append(
		[]string{"/admin/?password=canary-bird-in-query", "/users/sitemap-index"}, scans...,
	), Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PUT", Path: "/me"}}}
}
