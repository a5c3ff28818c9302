package apis

import (
	"strings"

	f "akita/test/accuracy/fiction"
)

// chat is RPC: over a hundred names of methods that are words and code, all POST under one
// path, one envelope, and arguments as JSON or as a form.
func chat() *f.API {
	id := f.Prefixed("u")
	subjects := map[string]*f.Type{
		"users": f.Record(
			f.F("id", id), f.F("real_name", f.PersonName()), f.F("deleted", f.Bool(.1)), f.F("tz_offset", f.Int(-43200, 43200)),
		),
		"channels": f.Record(
			f.F("channel_id", id), f.F("topic", f.Sentence()), f.F("is_private", f.Bool(.3)), f.F("members", f.Int(1, 900)),
		),
		"messages": f.Record(
			f.F("ts", f.Decimal()), f.F("text", f.Sentence()),
			f.F("edited", f.Record(f.F("at", f.UnixSeconds()), f.F("by", id)).Nullable(.5)),
		),
		"files": f.Record(
			f.F("file_id", f.ULID()), f.F("size", f.Int(1, 9999999)), f.F("url", f.URI("https://files.example.test")),
		),
		"reactions": f.Record(f.F("emoji", f.Word()), f.F("count", f.Int(1, 90)), f.F("users", f.List(id, 1, 3))),
		"reminders": f.Record(f.F("reminder", f.UUID()), f.F("due", f.Instant()), f.F("recurring", f.Bool(.3))),
		"bookmarks": f.Record(
			f.F("link", f.URI("https://example.test")), f.F("title", f.Title()), f.F("rank", f.Int(1, 30)),
		),
		"calls": f.Record(
			f.F("call", f.UUID()), f.F("seconds", f.Int(1, 9000)), f.F("participants", f.List(id, 1, 4)),
		),
		"teams": f.Record(
			f.F("team", id), f.F("domain", f.WordSlug(40)), f.F("plan", f.Enum("free", "standard", "plus")),
		),
		"usergroups": f.Record(f.F("handle", f.WordSlug(40)), f.F("user_count", f.Int(0, 90)), f.F("auto", f.Bool(.2))),
		"conversations": f.Record(
			f.F("conversation", id), f.F("latest", f.Decimal().Nullable(.3)), f.F("unread", f.Int(0, 99)),
		),
		"workflows": f.Record(
			f.F("workflow", f.ULID()),
			f.F("steps", f.List(f.Record(f.F("name", f.Title()), f.F("state", f.Enum("waiting", "running", "done"))), 1, 3)),
		),
	}
	names := strings.Fields("users channels messages files reactions reminders bookmarks calls teams usergroups " +
		"conversations workflows")
	verbs := strings.Fields("list info create update delete archive search invite rename history")
	var ops []*f.Operation
	for _, subject := range names {
		of := subjects[subject]
		for i, verb := range verbs {
			ops = append(ops, rpc(subject, verb, of).Weighing(1/float64(i+1)))
		}
	}
	problem := f.Record(f.F("ok", f.Bool(0)), f.F("error", f.Enum("not_authed", "invalid_auth")))
	each(ops, func(op *f.Operation) {
		op.By(bearer(f.Token(48))).Or(f.JSON(401, problem).Rarely(.02).ToAnonymous())
	})
	ops = append(ops, f.Op("POST", "/api/api.test", f.JSON(200, f.Record(f.F("ok", f.Bool(1))))).Weighing(.5))
	return &f.API{Name: "chat", Host: "chat.example.test", Routes: f.Template, Operations: ops, Noise: scans}
}

// rpc is one method: what it takes and gives depends on its verb.
func rpc(subject, verb string, of *f.Type) *f.Operation {
	ok := f.F("ok", f.Bool(1))
	singular := strings.TrimSuffix(subject, "s")
	answer := f.Record(ok, f.F(singular, of))
	switch verb {
	case "list", "search", "history":
		answer = f.Record(
			ok, f.F(subject, f.List(of, 0, 3)), f.F("response_metadata", f.Record(f.F("next_cursor", f.Short(16)))),
		)
	case "delete", "archive":
		answer = f.Record(ok)
	}
	op := f.Op("POST", "/api/"+subject+"."+verb, f.JSON(200, answer))
	switch verb {
	case "create", "update", "rename":
		return op.Sends(of)
	case "search":
		return op.SendsAs(
			"application/x-www-form-urlencoded", f.Record(f.F("query", f.Word()), f.F("count", f.Int(1, 100)).Sometimes(.5)),
		)
	case "list":
		return op.SendsAs(
			"application/x-www-form-urlencoded", f.Record(f.F("cursor", f.Short(16)).Sometimes(.5), f.F("limit", f.Int(1, 200))),
		)
	}
	return op.Sends(f.Record(f.F(singular, f.Prefixed("x"))))
}
