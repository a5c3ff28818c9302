package apis

import f "akita/test/accuracy/fiction"

// telemetry takes readings of sensors: arrays and NDJSON as requests, seconds with and
// without a fraction, maps by the name of a sensor, columns as arrays in arrays, desired
// and reported state as documents, metrics as text, and events that stream.
func telemetry() *f.API {
	eui, sensor := f.Hex(16), f.Codes("temp-01", "temp-02", "hum-01", "co2-01", "lux-03", "door-07", "batt-00", "pm25-02")
	reading := f.Record(
		f.F("t", f.UnixFloat()), f.F("s", sensor), f.F("v", f.Either(f.Num(-40, 90), f.Bool(.5), f.Sentence())),
		f.F("q", f.Int(0, 3)).Sometimes(.3),
	)
	device := f.Record(f.F("eui", eui), f.F("model", f.Enum(
		"TH-200", "AQ-10", "DR-1",
	)), f.F("firmware", f.Semver()), f.F("mac", f.MAC()), f.F("last_seen", f.UnixSeconds()), f.F(
		"position", f.List(f.Num(-90, 90), 2, 2).Nullable(.3),
	), f.F(
		"battery", f.Int(0, 100).Nullable(.2),
	), f.F("tags", f.List(f.Word(), 0, 3)), f.F("online", f.Bool(.8)), f.F("ip", f.IPv4()).Sometimes(.5),
		f.F("latest", f.Map(
			sensor,
			f.Record(f.F("value", f.Num(-40, 90)), f.F("at", f.UnixSeconds()), f.F("unit", f.Codes("C", "%", "ppm", "lx"))), 1,
			4,
		)))
	shadow := f.Record(
		f.F("interval_s", f.Int(10, 3600)), f.F("led", f.Enum("off", "green", "red")),
		f.F("thresholds", f.Record(f.F("low", f.Num(-40, 0)), f.F("high", f.Num(1, 90))).Nullable(.3)),
	)
	alert := f.Tagged("event",
		f.Record(
			f.F("event", f.Const("threshold")), f.F("eui", eui), f.F("sensor", sensor), f.F("value", f.Num(0, 99)),
			f.F("limit", f.Num(0, 99)), f.F("ts", f.UnixMillis()),
		),
		f.Record(f.F("event", f.Const("offline")), f.F("eui", eui), f.F("since", f.UnixMillis()), f.F("ts", f.UnixMillis())),
		f.Record(
			f.F("event", f.Const("firmware")), f.F("eui", eui), f.F("from", f.Semver()), f.F("to", f.Semver()),
			f.F("ts", f.UnixMillis()),
		),
	)
	problem := f.Record(
		f.F("error", f.Enum("unknown_device", "bad_payload", "quota")), f.F("retry_in", f.Int(1, 60)).Sometimes(.3),
	)
	missing := f.JSON(404, problem).Rarely(.05)
	window := []f.Field{
		f.F("from", f.UnixSeconds()), f.F("to", f.UnixSeconds()).Sometimes(.6),
		f.F("step", f.Codes("30s", "5m", "1h")).Sometimes(.4),
	}
	ops := []*f.Operation{
		f.Op(
			"POST", "/v2/ingest/{eui}", f.JSON(202, f.Record(f.F("accepted", f.Int(1, 50)), f.F("rejected", f.Int(0, 3)))),
			f.JSON(400, problem).Rarely(.05), f.JSON(429, problem).Rarely(.05).Returning(f.F("Retry-After", f.Int(1, 60))),
		).Param("eui", eui).Sends(f.List(reading, 1, 6)).Weighing(16),
		{
			Method: "POST", Path: "/v2/bulk", Weight: 5,
			Bodies:  []f.Body{{MediaType: "application/x-ndjson", Type: reading.With(f.F("eui", eui)), Lines: true}},
			Answers: []f.Answer{f.Empty(204)},
		},
		f.Op("POST", "/v2/cbor", f.Empty(204)).SendsOpaque(
			"application/cbor", fixed("\xa2\x61t\x1a\x65\x00\x00\x00\x61v\x18\x2a"),
		).Weighing(3),
		f.Op(
			"GET", "/v2/devices",
			f.JSON(200, f.List(device, 0, 4)).Returning(
				f.F("X-Total-Count", f.Int(0, 5000)),
				f.F("Link", f.Phrase(
					"<https://iot.example.test/v2/devices?page=2> <https://iot.example.test/v2/devices?page=3>",
				)).Sometimes(.6),
			),
		).Asks(
			f.F("tag", f.List(f.Word(), 1, 3)).Sometimes(.4), f.F("online", f.Bool(.5)).Sometimes(.3),
			f.F("bbox", f.Phrase("1.0,2.0,3.0,4.0 5.5,6.5,7.5,8.5")).Sometimes(.2),
		).Weighing(6),
		f.Op("GET", "/v2/devices/{eui}", f.JSON(200, device), missing).Param("eui", eui).Weighing(9),
		f.Op(
			"GET", "/v2/devices/{eui}/readings",
			f.JSON(
				200,
				f.Record(
					f.F("columns", f.List(f.Codes("ts", "temp-01", "hum-01"), 2, 3)),
					f.F("rows", f.List(f.List(f.Either(f.Int(0, 2000000000), f.Num(-40, 90)).Nullable(.1), 2, 3), 0, 5)),
				),
			),
			missing,
		).Param("eui", eui).Asks(window...).Weighing(8),
		f.Op(
			"GET", "/v2/devices/{eui}/stats",
			f.JSON(
				200,
				f.Map(
					sensor,
					f.Record(
						f.F("min", f.Num(-40, 0)), f.F("max", f.Num(0, 90)), f.F("mean", f.Num(-10, 40)), f.F("count", f.Int(1, 9999)),
					),
					1, 4,
				),
			),
			missing,
		).Param("eui", eui).Asks(window...).Weighing(5),
		f.Op(
			"GET", "/v2/devices/{eui}/daily",
			f.JSON(
				200, f.Record(f.F("days", f.Map(f.Date(), f.Record(f.F("kwh", f.Num(0, 40)), f.F("peak", f.Num(0, 9))), 1, 4))),
			),
			missing,
		).Param("eui", eui).Weighing(3),
		f.Op(
			"GET", "/v2/devices/{eui}/shadow",
			f.JSON(
				200,
				f.Record(
					f.F("desired", shadow), f.F("reported", shadow.With(f.F("uptime", f.Int(0, 9999999)))),
					f.F("version", f.Int(1, 900)),
				),
			),
			missing,
		).Param("eui", eui).Weighing(5),
		f.Op(
			"PATCH", "/v2/devices/{eui}/shadow", f.JSON(200, f.Record(f.F("desired", shadow), f.F("version", f.Int(1, 900)))),
			f.JSON(409, problem).Rarely(.1),
		).Param("eui", eui).SendsAs("application/merge-patch+json", f.Record(
			f.F("interval_s", f.Int(10, 3600)).Sometimes(.5), f.F("led", f.Enum("off", "green", "red")).Sometimes(.5),
			f.F("thresholds", f.Record(
				f.F("low", f.Num(-40, 0)).Sometimes(.6), f.F("high", f.Num(1, 90)).Sometimes(.6),
			).Nullable(.3)).Sometimes(.4),
		)).Weighing(4),
		f.Op(
			"POST", "/v2/devices/{eui}/commands/{command}", f.JSON(202, f.Record(f.F("ticket", f.ULID()))),
			f.JSON(409, problem).Rarely(.1),
		).Param("eui", eui).Param("command", f.Words(
			"reboot", "blink", "calibrate", "update", "silence",
		)).Sends(f.Record(f.F("args", f.List(f.Either(f.Int(0, 99), f.Word()), 0, 2)))).Weighing(4),
		f.Op("GET", "/v2/alerts/stream", f.Stream(200, "text/event-stream", alert)).Weighing(3),
		f.Op(
			"GET", "/v2/alerts", f.JSON(200, f.Record(f.F("alerts", f.List(alert, 0, 4)), f.F("unread", f.Int(0, 99)))),
		).Asks(f.F("severity", f.List(f.Enum("info", "warn", "crit"), 1, 2)).Sometimes(.4)).Weighing(5),
		f.Op(
			"GET", "/v2/firmware/{model}/{version}", f.Opaque(200, "application/octet-stream", fixed("\x7fELF\x01\x01")),
			missing,
		).Param("model", f.Words("TH-200", "AQ-10", "DR-1")).Param("version", f.Semver().Pool(12)).Weighing(2),
		f.Op("GET", "/metrics", f.Opaque(200, "text/plain", fixed("# HELP up Up.\nup 1\n"))).Weighing(3),
	}
	each(ops, func(op *f.Operation) {
		switch op.Path {
		case "/metrics":
		case "/v2/ingest/{eui}", "/v2/bulk", "/v2/cbor":
			op.By(key("header", "X-Device-Key"))
		default:
			op.By(key("header", "X-Api-Key"), key("query", "token"))
		}
	})
	return &f.API{
		Name: "telemetry", Host: "iot.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "GET", Path: "/v2/bulk"}}}
}
