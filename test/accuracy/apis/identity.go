package apis

import f "akita/test/accuracy/fiction"

// identity is an OpenID provider with SCIM: forms with credentials in them, answers that
// are tokens, redirects, signed answers, schemas whose names are URNs, and filters that are
// a language of their own.
func identity() *f.API {
	scim := "application/scim+json"
	as := func(status int, t *f.Type) f.Answer { return f.As(status, scim, t) }
	client := basic("web-portal:s3cr3t-garden", "mobile-app:quiet-harbour-9", "batch-job:letmein-tonight")
	userID, groupID := f.UUID(), f.Hex(24)
	password := f.Secret("hunter2", "swordfish", "opensesame", "correct-horse-battery")
	tokens := f.Record(
		f.F("access_token", f.JWT()), f.F("token_type", f.Const("Bearer")), f.F("expires_in", f.Int(60, 3600)),
		f.F("refresh_token", f.Token(56)).Sometimes(.6), f.F("id_token", f.JWT()).Sometimes(.5),
		f.F("scope", f.Codes("openid profile", "openid", "api:read api:write")),
	)
	problem := f.Record(
		f.F("error", f.Enum("invalid_grant", "invalid_client", "unsupported_grant_type", "slow_down")),
		f.F("error_description", f.Sentence()).Sometimes(.8),
		f.F("error_uri", f.URI("https://id.example.test/docs")).Sometimes(.3),
	)
	scimError := f.Record(
		f.F("schemas", f.List(f.URIs("urn:ietf:params:scim:api:messages:2.0:Error"), 1, 1)),
		f.F("status", f.Codes("404", "409", "400")),
		f.F("scimType", f.Enum("uniqueness", "invalidFilter", "mutability")).Sometimes(.4), f.F("detail", f.Sentence()),
	)
	meta := f.F("meta", f.Record(
		f.F("resourceType", f.Codes("User", "Group")), f.F("created", f.InstantMilli()),
		f.F("lastModified", f.InstantMilli()), f.F("version", f.EntityVersion()),
		f.F("location", f.URI("https://id.example.test/scim/v2/r")),
	))
	user := f.Record(f.F("schemas", f.List(
		f.URIs("urn:ietf:params:scim:schemas:core:2.0:User"), 1, 1,
	)), f.F("id", userID), f.F(
		"externalId", f.Numbered("HR", 6),
	).Sometimes(.7), f.F("userName", f.Email()), f.F("name", f.Record(
		f.F("givenName", f.FirstName()),
		f.F("familyName", f.Words("Okafor", "Lindqvist", "Moreau", "Tanaka", "Haddad", "Novak")),
		f.F("formatted", f.PersonName()).Sometimes(.5),
	)), f.F("emails", f.List(
		f.Record(f.F("value", f.Email()), f.F("type", f.Enum("work", "home")), f.F("primary", f.Bool(.5))), 1, 2,
	)), f.F("active", f.Bool(.9)), f.F("groups", f.List(
		f.Record(f.F("value", groupID), f.F("display", f.Title())), 0, 2,
	)), f.F("preferredLanguage", f.Language().Nullable(.3)),
		f.F("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", f.Record(
			f.F("department", f.Title()), f.F("employeeNumber", f.Digits(6)),
			f.F("manager", f.Record(f.F("value", userID))).Sometimes(.6),
		)).Sometimes(.6), meta)
	group := f.Record(
		f.F("schemas", f.List(f.URIs("urn:ietf:params:scim:schemas:core:2.0:Group"), 1, 1)), f.F("id", groupID),
		f.F("displayName", f.Title()),
		f.F("members", f.List(
			f.Record(
				f.F("value", userID), f.F("$ref", f.URI("https://id.example.test/scim/v2/Users")),
				f.F("type", f.Enum("User", "Group")),
			),
			0, 3,
		)),
		meta,
	)
	list := func(of *f.Type) *f.Type {
		return f.Record(
			f.F("schemas", f.List(f.URIs("urn:ietf:params:scim:api:messages:2.0:ListResponse"), 1, 1)),
			f.F("totalResults", f.Int(0, 900)), f.F("startIndex", f.Int(1, 400)), f.F("itemsPerPage", f.Int(0, 50)),
			f.F("Resources", f.List(of, 0, 3)),
		)
	}
	patch := f.Record(
		f.F("schemas", f.List(f.URIs("urn:ietf:params:scim:api:messages:2.0:PatchOp"), 1, 1)),
		f.F("Operations", f.List(
			f.Record(
				f.F("op", f.Enum("add", "replace", "remove")),
				f.F("path", f.Codes("active", "displayName", "members")).Sometimes(.7),
				f.F("value", f.Either(f.Bool(.5), f.Sentence())).Sometimes(.8),
			),
			1, 2,
		)),
	)
	form := "application/x-www-form-urlencoded"
	claims := f.Record(
		f.F("sub", userID), f.F("email", f.Email()).Sometimes(.8), f.F("email_verified", f.Bool(.9)).Sometimes(.8),
		f.F("name", f.PersonName()).Sometimes(.7), f.F("picture", f.URI("https://id.example.test/a")).Sometimes(.5),
		f.F("zoneinfo", f.Codes("Europe/Berlin", "Asia/Tokyo", "UTC")).Sometimes(.5),
		f.F("locale", f.Language()).Sometimes(.5), f.F("updated_at", f.UnixSeconds()),
		f.F("address", f.Record(f.F("country", f.Country()), f.F("locality", f.City()))).Sometimes(.3),
	)
	page := []f.Field{
		f.F("startIndex", f.Int(1, 400)).Sometimes(.5), f.F("count", f.Int(1, 50)).Sometimes(.5),
		f.F("filter", f.Phrase(`userName+eq active+eq displayName+sw`)).Sometimes(.4),
		f.F("attributes", f.CSV("userName", "name", "emails")).Sometimes(.3),
	}
	missing := as(404, scimError).Rarely(.05)
	ops := []*f.Operation{
		f.Op(
			"GET", "/.well-known/openid-configuration",
			f.JSON(
				200,
				f.Record(
					f.F("issuer", f.URI("https://id.example.test")), f.F("authorization_endpoint", f.URI("https://id.example.test")),
					f.F("token_endpoint", f.URI("https://id.example.test")), f.F("jwks_uri", f.URI("https://id.example.test")),
					f.F("scopes_supported", f.List(f.Codes("openid", "profile", "email"), 1, 3)),
					f.F("claims_parameter_supported", f.Bool(.5)),
				),
			),
		).Weighing(4),
		f.Op(
			"GET", "/oauth2/jwks",
			f.As(
				200, "application/jwk-set+json",
				f.Record(f.F("keys", f.List(
					f.Either(
						f.Record(
							f.F("kty", f.Const("RSA")), f.F("kid", f.Hex(16)), f.F("use", f.Const("sig")), f.F("alg", f.Const("RS256")),
							f.F("n", f.Short(86)), f.F("e", f.Codes("AQAB")),
						),
						f.Record(
							f.F("kty", f.Const("EC")), f.F("kid", f.Hex(16)), f.F("use", f.Const("sig")), f.F("alg", f.Const("ES256")),
							f.F("crv", f.Const("P-256")), f.F("x", f.Short(43)), f.F("y", f.Short(43)),
						),
					),
					1, 3,
				))),
			),
		).Weighing(3),
		f.Op(
			"GET", "/oauth2/authorize", f.Empty(302).Returning(f.F("Location", f.URI("https://app.example.test/callback"))),
			f.Opaque(400, "text/html", fixed("<html><body>Bad client</body></html>")).Rarely(.05),
		).Asks(
			f.F("client_id", f.Codes("web-portal", "mobile-app")),
			f.F("redirect_uri", f.URI("https://app.example.test/callback")), f.F("response_type", f.Const("code")),
			f.F("scope", f.Codes("openid profile", "openid")), f.F("state", f.Short(22)),
			f.F("nonce", f.Short(22)).Sometimes(.6), f.F("code_challenge", f.Short(43)).Sometimes(.7),
			f.F("code_challenge_method", f.Const("S256")).Sometimes(.7),
			f.F("prompt", f.Enum("none", "login", "consent")).Sometimes(.3),
		).By(session("idp_session", "")).Weighing(6),
		f.Op(
			"POST", "/oauth2/token", f.JSON(200, tokens).With("Cache-Control", "no-store"), f.JSON(400, problem).Rarely(.15),
			f.JSON(401, problem).Rarely(.05),
		).By(client).SendsAs(
			form,
			f.Record(
				f.F("grant_type", f.Enum("authorization_code", "refresh_token", "client_credentials", "password")),
				f.F("code", f.Token(32)).Sometimes(.4), f.F("code_verifier", f.Short(43)).Sometimes(.4),
				f.F("refresh_token", f.Token(56)).Sometimes(.3), f.F("username", f.Email()).Sometimes(.2),
				f.F("password", password).Sometimes(.2), f.F("scope", f.Codes("openid profile", "openid")).Sometimes(.5),
			),
		).Weighing(10),
		f.Op(
			"POST", "/oauth2/introspect",
			f.JSON(
				200,
				f.Either(
					f.Record(
						f.F("active", f.Bool(1)), f.F("sub", userID), f.F("client_id", f.Codes("web-portal", "mobile-app")),
						f.F("exp", f.UnixSeconds()), f.F("iat", f.UnixSeconds()), f.F("scope", f.Codes("openid", "openid profile")),
					),
					f.Record(f.F("active", f.Bool(0))),
				),
			),
		).By(client).SendsAs(
			form, f.Record(f.F("token", f.JWT()), f.F("token_type_hint", f.Enum("access_token", "refresh_token")).Sometimes(.6)),
		).Weighing(6),
		f.Op("POST", "/oauth2/revoke", f.Empty(200)).By(client).SendsAs(
			form, f.Record(f.F("token", f.Token(56))),
		).Weighing(2),
		f.Op(
			"POST", "/oauth2/device",
			f.JSON(
				200,
				f.Record(
					f.F("device_code", f.Token(40)), f.F("user_code", f.Locator()),
					f.F("verification_uri", f.URI("https://id.example.test/device")), f.F("expires_in", f.Int(300, 1800)),
					f.F("interval", f.Int(5, 10)),
				),
			),
		).SendsAs(
			form, f.Record(f.F("client_id", f.Codes("tv", "console")), f.F("scope", f.Codes("openid")).Sometimes(.7)),
		).Weighing(2),
		f.Op(
			"GET", "/oauth2/userinfo",
			f.Answer{
				Status: 200, Share: 1,
				Bodies: []f.Body{
					{MediaType: "application/json", Type: claims},
					{MediaType: "application/jwt", Opaque: fixed("eyJhbGciOiJub25lIn0.e30.")},
				},
			},
			f.JSON(401, problem).Rarely(.05).ToAnonymous().Returning(f.F("WWW-Authenticate", f.Codes("Bearer"))),
		).By(bearer(f.JWT())).Weighing(8),
		f.Op(
			"POST", "/login", f.Empty(303).Returning(f.F("Location", f.RelativeURI("/oauth2/authorize"))),
			f.Opaque(401, "text/html", fixed("<html><body>Try again</body></html>")).Rarely(.2),
		).SendsAs(
			form,
			f.Record(
				f.F("username", f.Email()), f.F("password", password), f.F("otp", f.Digits(6)).Sometimes(.4),
				f.F("remember", f.Codes("on")).Sometimes(.5), f.F("csrf_token", f.Token(32)),
			),
		).Weighing(5),
		f.Op("GET", "/scim/v2/Users", as(200, list(user)), as(400, scimError).Rarely(.05)).Asks(page...).Weighing(6),
		f.Op(
			"POST", "/scim/v2/Users", as(201, user).Returning(f.F("Location", f.URI("https://id.example.test/scim/v2/Users"))),
			as(409, scimError).Rarely(.1), as(400, scimError).Rarely(.2).ToSpoiled(),
		).SendsAs(
			scim,
			f.Record(
				f.F("schemas", f.List(f.URIs("urn:ietf:params:scim:schemas:core:2.0:User"), 1, 1)), f.F("userName", f.Email()),
				f.F("name", f.Record(f.F("givenName", f.FirstName()), f.F("familyName", f.Words("Okafor", "Moreau", "Novak")))),
				f.F("password", password).Sometimes(.4), f.F("active", f.Bool(.9)),
			),
		).Weighing(3),
		f.Op("GET", "/scim/v2/Users/{id}", as(200, user), missing).Param("id", userID).Weighing(8),
		f.Op("PATCH", "/scim/v2/Users/{id}", as(200, user), missing).Param("id", userID).SendsAs(scim, patch).Weighing(3),
		f.Op("DELETE", "/scim/v2/Users/{id}", f.Empty(204), missing).Param("id", userID).Weighing(1),
		f.Op("GET", "/scim/v2/Groups", as(200, list(group))).Asks(page...).Weighing(3),
		f.Op("GET", "/scim/v2/Groups/{id}", as(200, group), missing).Param("id", groupID).Weighing(4),
	}
	each(ops, func(op *f.Operation) {
		if len(op.Path) > 5 && op.Path[:5] == "/scim" {
			op.By(bearer(f.Token(48))).Or(as(401, scimError).Rarely(.03).ToAnonymous())
		}
	})
	return &f.API{
		Name: "identity", Host: "id.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: scans,
		Forbidden: []f.MethodPath{{Method: "GET", Path: "/oauth2/token"}},
	}
}
