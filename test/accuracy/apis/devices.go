package apis

import f "akita/test/accuracy/fiction"

// devices is a fleet of machines: a tenant before every path, ULIDs and addresses of
// machines, telemetry as lines, as MessagePack and as binary, and maps by device.
func devices() *f.API {
	tenant, device, mac := f.WordSlug(5), f.ULID(), f.MAC()
	state := f.Record(
		f.F("id", device), f.F("mac", mac), f.F("hostname", f.Hostname()), f.F("ipv4", f.IPv4()),
		f.F("ipv6", f.IPv6().Nullable(.5)), f.F("firmware", f.Semver()),
		f.F("status", f.Enum("online", "offline", "updating")), f.F("battery", f.Int(0, 100).Nullable(.3)),
		f.F("seen_ms", f.UnixMillis()), f.F("signal", f.Mixed(-90, -20)),
		f.F("site", f.Record(f.F("name", f.City()), f.F("position", f.List(f.Num(-90, 90), 2, 3)))).Sometimes(.7),
		f.F("uptime", f.Duration()),
	)
	sample := f.Record(
		f.F("t", f.UnixMillis()), f.F("metric", f.Enum("temperature", "humidity", "voltage")), f.F("v", f.Num(-40, 300)),
		f.F("ok", f.Bool(.9)).Sometimes(.3),
	)
	command := f.Tagged("op",
		f.Record(f.F("op", f.Const("reboot")), f.F("delay", f.Int(0, 60))),
		f.Record(f.F("op", f.Const("configure")), f.F("settings", f.Free()), f.F("apply_at", f.Instant().Nullable(.3))),
		f.Record(
			f.F("op", f.Const("install")), f.F("version", f.Semver()), f.F("checksum", f.Hex(64)),
			f.F("force", f.Bool(.1)).Sometimes(.4),
		),
	)
	problem := f.Record(f.F("message", f.Sentence()), f.F("trace", f.Hex(32)))
	missing := f.JSON(404, problem).Rarely(.04)
	binary := func(r *f.Rand) string { return "\x81\xa1t\xcf\x00" + r.Of("\x00\x01\x02\xff\xfe", 12) }
	ops := []*f.Operation{
		f.Op(
			"GET", "/t/{tenant}/devices",
			f.JSON(200, f.Record(f.F("devices", f.List(state, 0, 4)), f.F("next_page_token", f.Short(24)).Sometimes(.5))),
		).Asks(
			f.F("status", f.Enum("online", "offline")).Sometimes(.4), f.F("page_token", f.Short(24)).Sometimes(.4),
			f.F("label", f.List(f.Word(), 1, 3)).Sometimes(.3),
		).Weighing(8),
		f.Op("GET", "/t/{tenant}/devices/{device}", f.JSON(200, state), missing).Weighing(12),
		f.Op("GET", "/t/{tenant}/devices/by-mac/{mac}", f.JSON(200, state), missing).Param("mac", mac).Weighing(3),
		f.Op("POST", "/t/{tenant}/devices", f.JSON(201, state), f.JSON(400, problem).Rarely(.25).ToSpoiled()).Sends(f.Record(
			f.F("mac", mac), f.F("name", f.Title()), f.F("labels", f.List(f.Word(), 0, 3)), f.F("secret", f.Token(32)),
		)).Weighing(2),
		f.Op(
			"PUT", "/t/{tenant}/devices/{device}/twin",
			f.JSON(200, f.Record(f.F("version", f.Int(1, 900)), f.F("desired", f.Free()), f.F("reported", f.Free()))),
		).Sends(f.Record(f.F("desired", f.Free()))).Weighing(2),
		f.Op(
			"POST", "/t/{tenant}/devices/{device}/commands",
			f.JSON(202, f.Record(f.F("command_id", f.UUID()), f.F("queued_at", f.Instant()))),
		).Sends(command).Weighing(4),
		f.Op(
			"GET", "/t/{tenant}/devices/{device}/telemetry", f.Stream(200, "application/x-ndjson", sample),
		).Asks(f.F("from", f.UnixMillis()), f.F("to", f.UnixMillis()).Sometimes(.5)).Weighing(5),
		f.Op(
			"POST", "/t/{tenant}/devices/{device}/telemetry", f.Empty(204),
		).SendsOpaque("application/msgpack", binary).Weighing(6),
		f.Op(
			"GET", "/t/{tenant}/status",
			f.JSON(
				200,
				f.Map(
					device,
					f.Record(
						f.F("status", f.Enum("online", "offline")), f.F("since", f.Instant()), f.F("alerts", f.List(f.Word(), 0, 2)),
					),
					1, 4,
				),
			),
		).Weighing(4),
		f.Op(
			"GET", "/t/{tenant}/usage/{month}",
			f.JSON(
				200,
				f.Record(
					f.F("by_metric", f.Map(f.Codes("temperature", "humidity", "voltage"), f.Int(0, 9999), 1, 3)),
					f.F("bytes", f.Int(4294967296, 99999999999)),
				),
			),
		).Param("month", f.Words("2025-10", "2025-11", "2025-12", "2026-01")).Weighing(2),
		f.Op(
			"GET", "/t/{tenant}/alerts",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("id", f.Int(1, 99999)), f.F("device", device), f.F("severity", f.Enum("info", "warning", "critical")),
						f.F("raised_at", f.LocalInstant()), f.F("daily_from", f.Clock()),
						f.F("ack", f.Record(f.F("by", f.Email()), f.F("at", f.LocalInstant())).Nullable(.5)),
					),
					0, 4,
				),
			),
		).Weighing(4),
		f.Op("POST", "/t/{tenant}/alerts/{alert}:ack", f.Empty(204), missing).Param("alert", f.Int(1, 99999)).Weighing(2),
		f.Op(
			"GET", "/t/{tenant}/events",
			f.Stream(
				200, "text/event-stream",
				f.Record(f.F("device", device), f.F("event", f.Enum("connected", "disconnected")), f.F("at", f.UnixMillis())),
			),
		).Weighing(2),
	}
	each(ops, func(op *f.Operation) {
		op.Param("tenant", tenant).Param("device", device).By(
			f.Login{{Scheme: "digest", Value: f.Token(32)}}, key("header", "X-Device-Api-Key"),
		).Heads(f.F("X-Region", f.Enum("eu", "us", "ap")).Sometimes(.8))
	})
	ops = append(ops,
		f.Op(
			"GET", "/firmware/{version}", f.Opaque(200, "application/octet-stream", binary),
			f.Opaque(206, "application/octet-stream", binary).Rarely(.3), missing,
		).Param("version", f.Semver().Pool(4)).Carries(f.F(
			"Range", f.Codes("bytes=0-1023"),
		).Sometimes(.3)).By(key("query", "api_key")).Weighing(2),
		f.Op("GET", "/ping", f.Opaque(200, "text/plain", fixed("pong"))).Weighing(3),
	)
	return &f.API{
		Name: "devices", Host: "fleet.example.test", Routes: f.DjangoPath, Operations: ops, Noise: scans, Missing: problem,
	}
}
