package apis

import f "akita/test/accuracy/fiction"

// pipeline builds software: owners and repositories in paths, runs with numbers, logs as
// text and as streams, artifacts, secrets that only have names, matrices, and webhooks.
func pipeline() *f.API {
	owner, repo := f.Handle(60), f.Slug(90)
	run, sha := f.Serial(), f.Hex(40)
	status := f.Enum("queued", "in_progress", "completed", "waiting")
	conclusion := f.Enum("success", "failure", "cancelled", "skipped", "timed_out")
	actor := f.Record(
		f.F("login", owner), f.F("id", f.Serial()), f.F("avatar_url", f.URI("https://ci.example.test/a")),
		f.F("site_admin", f.Bool(.05)),
	)
	step := f.Record(
		f.F("number", f.Int(1, 20)), f.F("name", f.Title()), f.F("status", status),
		f.F("conclusion", conclusion.Nullable(.3)), f.F("started_at", f.Instant().Nullable(.2)),
		f.F("seconds", f.Num(0, 900).Nullable(.2)),
	)
	job := f.Record(
		f.F("id", f.Serial()), f.F("run_id", run), f.F("name", f.Title()), f.F("status", status),
		f.F("conclusion", conclusion.Nullable(.3)),
		f.F("labels", f.List(f.Codes("ubuntu-latest", "macos-14", "self-hosted"), 1, 2)), f.F("steps", f.List(step, 0, 4)),
		f.F("runner", f.Record(f.F("id", f.Int(1, 90)), f.F("group", f.Title())).Nullable(.2)),
		f.F("matrix", f.Map(
			f.Words("os", "python", "node", "arch", "db", "browser", "go", "rust", "java", "ruby", "php", "shard"),
			f.Codes("3.12", "20", "arm64", "linux"), 0, 3,
		)),
	)
	runType := f.Record(
		f.F("id", run), f.F("run_number", f.Int(1, 9000)),
		f.F("event", f.Enum("push", "pull_request", "schedule", "workflow_dispatch")), f.F("status", status),
		f.F("conclusion", conclusion.Nullable(.3)), f.F("head_sha", sha),
		f.F("head_branch", f.Codes("main", "develop", "release/2.1").Nullable(.1)), f.F("actor", actor),
		f.F("created_at", f.Instant()), f.F("html_url", f.URI("https://ci.example.test/r")),
		f.F("pull_requests", f.List(
			f.Record(
				f.F("number", f.Int(1, 9000)), f.F("base", f.Record(f.F("ref", f.Codes("main", "develop")), f.F("sha", sha))),
			),
			0, 2,
		)),
		f.F("previous_attempt_url", f.URI("https://ci.example.test/r").Nullable(.7)),
	)
	problem := f.Record(
		f.F("message", f.Sentence()), f.F("documentation_url", f.URI("https://docs.example.test")),
		f.F("errors", f.List(
			f.Record(
				f.F("resource", f.Codes("Workflow", "Secret")), f.F("field", f.Word()),
				f.F("code", f.Enum("missing_field", "invalid")),
			),
			1, 2,
		)).Sometimes(.3),
	)
	missing := f.JSON(404, problem).Rarely(.05)
	paging := []f.Field{f.F("per_page", f.Int(1, 100)).Sometimes(.5), f.F("page", f.Int(1, 30)).Sometimes(.4)}
	limit := []f.Field{
		f.F("X-RateLimit-Remaining", f.Int(0, 5000)), f.F("X-RateLimit-Reset", f.UnixSeconds()),
		f.F("ETag", f.ETag()).Sometimes(.7),
	}
	list := func(name string, of *f.Type) *f.Type {
		return f.Record(f.F("total_count", f.Int(0, 900)), f.F(name, f.List(of, 0, 4)))
	}
	ops := []*f.Operation{
		f.Op(
			"GET", "/user",
			f.JSON(
				200,
				actor.With(
					f.F("email", f.Email().Nullable(.4)),
					f.F("plan", f.Record(f.F("name", f.Codes("free", "team")), f.F("seats", f.Int(1, 90)))).Sometimes(.5),
				),
			).Returning(limit...),
		).Weighing(4),
		f.Op(
			"GET", "/repos/{owner}/{repo}",
			f.JSON(
				200,
				f.Record(
					f.F("id", f.Serial()), f.F("full_name", f.Phrase("acme/ globex/")), f.F("owner", actor),
					f.F("private", f.Bool(.4)), f.F("description", f.Sentence().Nullable(.3)), f.F("topics", f.List(f.Word(), 0, 3)),
					f.F("license", f.Record(
						f.F("key", f.Codes("mit", "apache-2.0")), f.F("spdx_id", f.Codes("MIT", "Apache-2.0")),
					).Nullable(.3)),
					f.F("languages", f.Map(
						f.Words("Go", "Python", "TypeScript", "Shell", "Rust", "Java", "Ruby", "HTML", "CSS", "Kotlin", "Swift"),
						f.Int(100, 900000), 1, 4,
					)),
				),
			).Returning(limit...),
			missing,
		).Weighing(8),
		f.Op(
			"GET", "/repos/{owner}/{repo}/runs", f.JSON(200, list("workflow_runs", runType)).Returning(limit...), missing,
		).Asks(paging...).Asks(
			f.F("branch", f.Codes("main", "develop")).Sometimes(.4),
			f.F("event", f.Enum("push", "pull_request", "schedule")).Sometimes(.3),
			f.F("created", f.Phrase(">=2026-01-01 <2026-02-01")).Sometimes(.2),
		).Weighing(9),
		f.Op("GET", "/repos/{owner}/{repo}/runs/{run_id}", f.JSON(200, runType).Returning(limit...), missing).Weighing(9),
		f.Op(
			"POST", "/repos/{owner}/{repo}/runs/{run_id}/cancel", f.JSON(202, f.Record()), f.JSON(409, problem).Rarely(.15),
		).Weighing(2),
		f.Op(
			"POST", "/repos/{owner}/{repo}/runs/{run_id}/rerun", f.JSON(201, f.Record()), f.JSON(403, problem).Rarely(.1),
		).Sends(f.Record(f.F("enable_debug_logging", f.Bool(.3)).Sometimes(.6))).Weighing(2),
		f.Op(
			"GET", "/repos/{owner}/{repo}/runs/{run_id}/jobs", f.JSON(200, list("jobs", job)), missing,
		).Asks(f.F("filter", f.Enum("latest", "all")).Sometimes(.5)).Asks(paging...).Weighing(7),
		f.Op(
			"GET", "/repos/{owner}/{repo}/jobs/{job_id}/logs",
			f.Opaque(200, "text/plain", fixed("2026-01-05T09:00:00Z start\n")), f.Empty(410).Rarely(.05),
		).Param("job_id", f.Serial()).Weighing(4),
		f.Op(
			"GET", "/repos/{owner}/{repo}/jobs/{job_id}/events",
			f.Stream(
				200, "text/event-stream", f.Record(f.F("step", f.Int(1, 20)), f.F("line", f.Sentence()), f.F("at", f.UnixMillis())),
			),
		).Param("job_id", f.Serial()).Weighing(3),
		f.Op(
			"GET", "/repos/{owner}/{repo}/artifacts/{artifact_id}/zip",
			f.Empty(302).Returning(f.F("Location", f.URI("https://blob.example.test/z"))), f.JSON(410, problem).Rarely(.05),
		).Param("artifact_id", f.Serial()).Weighing(3),
		f.Op(
			"GET", "/repos/{owner}/{repo}/secrets",
			f.JSON(
				200,
				list("secrets", f.Record(
					f.F("name", f.Codes("DEPLOY_KEY", "NPM_TOKEN", "AWS_ROLE")), f.F("created_at", f.Instant()),
					f.F("updated_at", f.Instant()),
				)),
			),
		).Asks(paging...).Weighing(3),
		f.Op(
			"PUT", "/repos/{owner}/{repo}/secrets/{secret_name}", f.Empty(201), f.Empty(204).Rarely(.5),
			f.JSON(422, problem).Rarely(.1),
		).Param("secret_name", f.Words("DEPLOY_KEY", "NPM_TOKEN", "AWS_ROLE", "PYPI_TOKEN")).Sends(f.Record(
			f.F("encrypted_value", f.Base64(60)), f.F("key_id", f.Numbered("01", 16)),
		)).Weighing(2),
		f.Op(
			"POST", "/repos/{owner}/{repo}/dispatches", f.Empty(204), f.JSON(422, problem).Rarely(.2).ToSpoiled(),
		).Sends(f.Record(
			f.F("event_type", f.Codes("deploy", "nightly")), f.F("client_payload", f.Free()).Sometimes(.6),
		)).Weighing(3),
		f.Op(
			"GET", "/repos/{owner}/{repo}/commits/{sha}/status",
			f.JSON(
				200,
				f.Record(
					f.F("state", f.Enum("success", "pending", "failure")), f.F("sha", sha),
					f.F("statuses", f.List(
						f.Record(
							f.F("context", f.Codes("ci/build", "ci/lint")), f.F("state", f.Enum("success", "pending", "failure", "error")),
							f.F("description", f.Sentence().Nullable(.3)),
							f.F("target_url", f.URI("https://ci.example.test/s").Nullable(.3)),
						),
						0, 3,
					)),
				),
			),
		).Param("sha", sha).Weighing(5),
	}
	each(ops, func(op *f.Operation) {
		op.Param("owner", owner).Param("repo", repo).Param("run_id", run)
		op.By(bearer(f.Token(40)), basic("octo:swordfish")).Or(
			f.JSON(401, problem).Rarely(.02).ToAnonymous(),
		).Heads(f.F("X-Api-Version", f.Date()).Sometimes(.6))
	})
	return &f.API{
		Name: "pipeline", Host: "api.ci.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "PATCH", Path: "/user"}},
	}
}
