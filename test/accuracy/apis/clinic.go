package apis

import f "akita/test/accuracy/fiction"

// clinic is FHIR: resources that say what they are, extensions of which each has a value
// under another name, operations with a dollar, versions as entity tags, and JSON Patch.
func clinic() *f.API {
	const media = "application/fhir+json"
	as := func(status int, t *f.Type) f.Answer { return f.As(status, media, t) }
	patientID, visitID, doctorID := f.UUID(), f.Numbered("apt-", 6), f.Numbered("prac-", 4)
	meta := f.F("meta", f.Record(
		f.F("versionId", f.SerialText()), f.F("lastUpdated", f.InstantZone()),
		f.F("profile", f.List(f.URI("http://hl7.example.test/StructureDefinition"), 1, 2)).Sometimes(.4),
	))
	reference := f.Record(f.F("reference", f.RelativeURI("Patient")), f.F("display", f.PersonName()).Sometimes(.5))
	coding := f.Record(
		f.F("system", f.URI("http://loinc.example.test")), f.F("code", f.Digits(6)), f.F("display", f.Title()),
	)
	extension := f.List(f.Either(
		f.Record(f.F("url", f.URI("http://hl7.example.test/ext")), f.F("valueString", f.Sentence())),
		f.Record(f.F("url", f.URI("http://hl7.example.test/ext")), f.F("valueInteger", f.Int(0, 99))),
		f.Record(f.F("url", f.URI("http://hl7.example.test/ext")), f.F("valueCoding", coding)),
	), 1, 3)
	patient := f.Record(f.F("resourceType", f.Const("Patient")), f.F("id", patientID), meta, f.F("active", f.Bool(.9)),
		f.F("name", f.List(
			f.Record(
				f.F("use", f.Enum("official", "usual", "maiden")),
				f.F("family", f.Words("Okafor", "Lindqvist", "Moreau", "Tanaka", "Haddad", "Novak", "Silva", "Petrov")),
				f.F("given", f.List(f.FirstName(), 1, 2)),
			),
			1, 2,
		)),
		f.F("gender", f.Enum(
			"male", "female", "other", "unknown",
		)), f.F("birthDate", f.Date()), f.F("deceasedBoolean", f.Bool(.05)).Sometimes(.2),
		f.F("telecom", f.List(
			f.Record(f.F("system", f.Enum("phone", "email")), f.F("value", f.Either(f.Phone(), f.Email()))), 0, 2,
		)), f.F("extension", extension).Sometimes(.4), f.F("multipleBirthInteger", f.Int(1, 3)).Sometimes(.1))
	visit := f.Record(f.F("resourceType", f.Const("Appointment")), f.F("id", visitID), meta, f.F("status", f.Enum(
		"proposed", "booked", "arrived", "fulfilled", "cancelled", "noshow",
	)), f.F("start", f.InstantZone()), f.F("end", f.InstantZone()), f.F("minutesDuration", f.Int(10, 90)),
		f.F("participant", f.List(
			f.Record(f.F("actor", reference), f.F("status", f.Enum("accepted", "declined", "needs-action"))), 1, 3,
		)), f.F("reasonCode", f.List(
			f.Record(f.F("coding", f.List(coding, 1, 2)), f.F("text", f.Sentence()).Sometimes(.5)), 0, 2,
		)), f.F("comment", f.Sentence()).Sometimes(.3), f.F(
			"cancelationReason", f.Record(f.F("text", f.Sentence())),
		).Sometimes(.15))
	doctor := f.Record(
		f.F("resourceType", f.Const("Practitioner")), f.F("id", doctorID), meta, f.F("active", f.Bool(.8)),
		f.F("name", f.List(
			f.Record(
				f.F("family", f.Words("Bauer", "Osei", "Dubois", "Kimura", "Ferrari", "Larsen")),
				f.F("prefix", f.List(f.Codes("Dr.", "Prof."), 0, 1)),
			),
			1, 1,
		)),
		f.F("qualification", f.List(
			f.Record(
				f.F("code", f.Record(f.F("text", f.Title()))),
				f.F("period", f.Record(f.F("start", f.Date()), f.F("end", f.Date()).Sometimes(.3))),
			),
			0, 2,
		)),
	)
	quantity := f.Record(
		f.F("value", f.Mixed(1, 200)), f.F("unit", f.Codes("mmHg", "kg", "mmol/L", "/min")),
		f.F("system", f.URI("http://units.example.test")), f.F("code", f.Codes("mm[Hg]", "kg", "mmol/L", "/min")),
	)
	observation := f.Record(f.F("resourceType", f.Const("Observation")), f.F("id", f.UUID()), meta, f.F("status", f.Enum(
		"preliminary", "final", "amended",
	)), f.F("code", f.Record(f.F(
		"coding", f.List(coding, 1, 1),
	))), f.F("subject", reference), f.F(
		"effectiveDateTime", f.InstantZone(),
	), f.F("valueQuantity", quantity).Sometimes(.7),
		f.F("component", f.List(
			f.Record(f.F("code", f.Record(f.F("coding", f.List(coding, 1, 1)))), f.F("valueQuantity", quantity)), 1, 2,
		)).Sometimes(.3))
	bundle := func(of *f.Type) *f.Type {
		return f.Record(f.F(
			"resourceType", f.Const("Bundle"),
		), f.F("type", f.Const("searchset")), f.F("total", f.Int(0, 400)), f.F("link", f.List(
			f.Record(f.F("relation", f.Enum("self", "next", "previous")), f.F("url", f.URI("https://clinic.example.test/fhir"))),
			1, 3,
		)),
			f.F("entry", f.List(
				f.Record(
					f.F("fullUrl", f.URI("https://clinic.example.test/fhir/r")), f.F("resource", of),
					f.F("search", f.Record(f.F("mode", f.Enum("match", "include")))).Sometimes(.8),
				),
				0, 4,
			)).Sometimes(.9))
	}
	outcome := f.Record(
		f.F("resourceType", f.Const("OperationOutcome")),
		f.F("issue", f.List(
			f.Record(
				f.F("severity", f.Enum("error", "warning", "fatal")),
				f.F("code", f.Enum("not-found", "invalid", "conflict", "security")), f.F("diagnostics", f.Sentence()).Sometimes(.7),
				f.F("expression", f.List(f.Codes("Patient.name", "Appointment.start"), 1, 1)).Sometimes(.4),
			),
			1, 2,
		)),
	)
	missing, refused := as(404, outcome).Rarely(.05), as(422, outcome).Rarely(.25).ToSpoiled()
	tagged := f.F("ETag", f.EntityVersion())
	patch := f.List(
		f.Record(
			f.F("op", f.Enum("add", "remove", "replace")), f.F("path", f.Codes("/status", "/comment", "/active")),
			f.F("value", f.Either(f.Bool(.5), f.Sentence(), f.Int(0, 9))).Sometimes(.7),
		),
		1, 3,
	)
	paging := []f.Field{
		f.F("_count", f.Int(5, 100)).Sometimes(.5), f.F("_sort", f.Enum("date", "-date", "name")).Sometimes(.3),
	}
	ops := []*f.Operation{
		f.Op(
			"GET", "/fhir/metadata",
			as(
				200,
				f.Record(
					f.F("resourceType", f.Const("CapabilityStatement")), f.F("status", f.Const("active")), f.F("date", f.Date()),
					f.F("kind", f.Const("instance")), f.F("fhirVersion", f.Semver()),
					f.F("format", f.List(f.Codes("json", "xml"), 1, 2)),
				),
			),
		).Weighing(2),
		f.Op("GET", "/fhir/Patient", as(200, bundle(patient))).Asks(paging...).Asks(
			f.F("family", f.Words("Okafor", "Lindqvist", "Moreau")).Sometimes(.4), f.F("birthdate", f.Date()).Sometimes(.4),
			f.F("gender", f.Enum("male", "female", "other", "unknown")).Sometimes(.3),
		).Weighing(8),
		f.Op(
			"POST", "/fhir/Patient", as(201, patient).Returning(f.F("Location", f.RelativeURI("/fhir/Patient")), tagged),
			refused,
		).SendsAs(
			media,
			f.Record(
				f.F("resourceType", f.Const("Patient")),
				f.F("name", f.List(
					f.Record(f.F("family", f.Words("Okafor", "Tanaka", "Novak")), f.F("given", f.List(f.FirstName(), 1, 2))), 1, 1,
				)),
				f.F("gender", f.Enum("male", "female", "other")), f.F("birthDate", f.Date()).Sometimes(.8),
			),
		).Weighing(3),
		f.Op(
			"GET", "/fhir/Patient/{id}", as(200, patient).Returning(tagged), missing, as(410, outcome).Rarely(.02),
		).Param("id", patientID).Weighing(12),
		f.Op(
			"PUT", "/fhir/Patient/{id}", as(200, patient).Returning(tagged), as(412, outcome).Rarely(.1), refused,
		).Param("id", patientID).SendsAs(media, patient).Heads(f.F("If-Match", f.EntityVersion()).Sometimes(.7)).Weighing(3),
		f.Op(
			"GET", "/fhir/Patient/{id}/_history/{version}", as(200, patient), missing,
		).Param("id", patientID).Param("version", f.Int(1, 9)).Weighing(2),
		f.Op(
			"GET", "/fhir/Patient/{id}/$everything", as(200, bundle(f.Tagged("resourceType", patient, visit, observation))),
			missing,
		).Param("id", patientID).Asks(f.F("start", f.Date()).Sometimes(.5)).Weighing(3),
		f.Op("GET", "/fhir/Appointment", as(200, bundle(visit))).Asks(paging...).Asks(
			f.F("patient", patientID).Sometimes(.6), f.F("status", f.Enum("booked", "arrived", "cancelled")).Sometimes(.3),
			f.F("date", f.List(f.Phrase("ge2026-01-01 lt2026-02-01 eq2026-01-15"), 1, 2)).Sometimes(.5),
		).Weighing(9),
		f.Op(
			"POST", "/fhir/Appointment", as(201, visit).Returning(f.F("Location", f.RelativeURI("/fhir/Appointment"))), refused,
			as(409, outcome).Rarely(.1),
		).SendsAs(
			media,
			f.Record(
				f.F("resourceType", f.Const("Appointment")), f.F("status", f.Enum("proposed", "booked")),
				f.F("start", f.InstantZone()), f.F("end", f.InstantZone()),
				f.F("participant", f.List(
					f.Record(f.F("actor", reference), f.F("status", f.Enum("accepted", "needs-action"))), 1, 2,
				)),
			),
		).Weighing(4),
		f.Op("GET", "/fhir/Appointment/{id}", as(200, visit), missing).Param("id", visitID).Weighing(7),
		f.Op(
			"PATCH", "/fhir/Appointment/{id}", as(200, visit), missing,
		).Param("id", visitID).SendsAs("application/json-patch+json", patch).Weighing(4),
		f.Op("DELETE", "/fhir/Appointment/{id}", f.Empty(204), missing).Param("id", visitID).Weighing(1),
		f.Op("GET", "/fhir/Practitioner/{id}", as(200, doctor), missing).Param("id", doctorID).Weighing(4),
		f.Op("GET", "/fhir/Observation", as(200, bundle(observation))).Asks(paging...).Asks(
			f.F("subject", patientID), f.F("code", f.Digits(6)).Sometimes(.5),
		).Weighing(5),
		f.Op(
			"POST", "/fhir",
			as(
				200,
				f.Record(
					f.F("resourceType", f.Const("Bundle")), f.F("type", f.Const("transaction-response")),
					f.F("entry", f.List(
						f.Record(f.F("response", f.Record(
							f.F("status", f.Codes("201 Created", "200 OK")), f.F("location", f.RelativeURI("Patient")),
							f.F("etag", f.EntityVersion()),
						))),
						1, 3,
					)),
				),
			),
		).SendsAs(
			media,
			f.Record(
				f.F("resourceType", f.Const("Bundle")), f.F("type", f.Const("transaction")),
				f.F("entry", f.List(
					f.Record(
						f.F("resource", f.Tagged("resourceType", patient, observation)),
						f.F("request", f.Record(f.F("method", f.Enum("POST", "PUT")), f.F("url", f.Codes("Patient", "Observation")))),
					),
					1, 3,
				)),
			),
		).Weighing(2),
	}
	each(ops, func(op *f.Operation) {
		op.Carries(f.F("Prefer", f.Codes("return=representation")).Sometimes(.3))
		if op.Path != "/fhir/metadata" {
			op.By(bearer(f.JWT())).Or(as(401, outcome).Rarely(.03).ToAnonymous(), as(403, outcome).Rarely(.02))
		}
	})
	return &f.API{
		Name: "clinic", Host: "clinic.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: outcome,
		Forbidden: []f.MethodPath{{Method: "DELETE", Path: "/fhir/metadata"}}}
}
