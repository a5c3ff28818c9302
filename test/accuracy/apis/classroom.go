package apis

import f "akita/test/accuracy/fiction"

// classroom is a school's learning platform: numbers as ids everywhere, terms with names,
// lists in brackets, questions of several types, rubrics that are trees, grades by student,
// calendars as text, and "self" in the place of an id.
func classroom() *f.API {
	course, student, task := f.Int(1000, 1400), f.Int(20000, 24000), f.Serial()
	term := f.Words("2025-fall", "2026-spring", "2026-summer", "2026-fall")
	person := f.Record(
		f.F("id", student), f.F("name", f.PersonName()), f.F("sortable_name", f.PersonName()), f.F("login_id", f.Email()),
		f.F("avatar_url", f.URI("https://school.example.test/a").Nullable(.4)),
		f.F("pronouns", f.Codes("she/her", "he/him", "they/them").Nullable(.6)),
	)
	rubric := f.Tree("criteria", f.F("id", f.Hex(12)), f.F("description", f.Sentence()), f.F("points", f.Mixed(1, 20)))
	assignment := f.Record(
		f.F("id", task), f.F("course_id", course), f.F("name", f.Title()), f.F("due_at", f.Instant().Nullable(.2)),
		f.F("points_possible", f.Mixed(5, 100)), f.F("grading_type", f.Enum("points", "pass_fail", "letter_grade")),
		f.F("submission_types", f.List(f.Enum("online_upload", "online_text_entry", "on_paper"), 1, 2)),
		f.F("published", f.Bool(.8)), f.F("rubric", rubric).Sometimes(.4),
		f.F("lock_info", f.Record(f.F("unlock_at", f.Instant()), f.F("manually_locked", f.Bool(.2)))).Sometimes(.2),
	)
	submission := f.Record(
		f.F("id", f.Serial()), f.F("user_id", student), f.F("attempt", f.Int(1, 4).Nullable(.1)),
		f.F("workflow_state", f.Enum("submitted", "unsubmitted", "graded", "pending_review")),
		f.F("score", f.Mixed(0, 100).Nullable(.3)), f.F("grade", f.Codes("A", "B+", "C", "87.5").Nullable(.3)),
		f.F("submitted_at", f.Instant().Nullable(.2)), f.F("late", f.Bool(.2)),
		f.F("attachments", f.List(
			f.Record(
				f.F("id", f.Serial()), f.F("filename", f.FileName("pdf", "docx")), f.F("size", f.Int(100, 9000000)),
				f.F("content-type", f.Codes("application/pdf", "application/msword")),
			),
			0, 2,
		)),
		f.F("submission_comments", f.List(
			f.Record(
				f.F("author", f.Record(f.F("id", student), f.F("display_name", f.PersonName()))), f.F("comment", f.Sentence()),
				f.F("created_at", f.Instant()),
			),
			0, 2,
		)).Sometimes(.5),
	)
	question := f.Tagged("question_type",
		f.Record(
			f.F("id", f.Serial()), f.F("question_type", f.Const("multiple_choice")), f.F("question_text", f.Sentence()),
			f.F("answers", f.List(
				f.Record(f.F("id", f.Serial()), f.F("text", f.Sentence()), f.F("weight", f.Int(0, 100))), 2, 4,
			)),
		),
		f.Record(
			f.F("id", f.Serial()), f.F("question_type", f.Const("numerical")), f.F("question_text", f.Sentence()),
			f.F("exact", f.Num(0, 99)), f.F("margin", f.Num(0, 1)),
		),
		f.Record(
			f.F("id", f.Serial()), f.F("question_type", f.Const("essay")), f.F("question_text", f.Sentence()),
			f.F("max_words", f.Int(100, 2000).Nullable(.4)),
		),
	)
	courseType := f.Record(
		f.F("id", course), f.F("name", f.Title()), f.F("course_code", f.Numbered("BIO-", 3)), f.F("term", term),
		f.F("start_at", f.Instant().Nullable(.3)),
		f.F("enrollments", f.List(
			f.Record(
				f.F("type", f.Enum("student", "teacher", "ta", "observer")), f.F("enrollment_state", f.Enum("active", "invited")),
			),
			1, 2,
		)),
		f.F("calendar", f.Record(f.F("ics", f.URI("https://school.example.test/feeds")))),
		f.F("total_students", f.Int(1, 300)).Sometimes(.5), f.F("blueprint", f.Bool(.1)),
	)
	errors := f.Record(
		f.F("errors", f.List(f.Record(f.F("message", f.Sentence())), 1, 2)),
		f.F("error_report_id", f.Int(1, 99999)).Sometimes(.4),
	)
	missing := f.JSON(404, errors).Rarely(.05)
	paged := []f.Field{
		f.F("Link", f.Phrase("<https://school.example.test/api/v1/x?page=2> <https://school.example.test/api/v1/x?page=3>")),
		f.F("X-Request-Cost", f.Num(0, 2)),
	}
	paging := []f.Field{f.F("page", f.Int(1, 30)).Sometimes(.5), f.F("per_page", f.Int(10, 100)).Sometimes(.5)}
	ops := []*f.Operation{
		f.Op("GET", "/api/v1/courses", f.JSON(200, f.List(courseType, 0, 4)).Returning(paged...)).Asks(paging...).Asks(
			f.F("include[]", f.List(f.Codes("term", "total_students", "teachers"), 1, 3)).Sometimes(.5),
			f.F("enrollment_type", f.Enum("student", "teacher")).Sometimes(.4),
		).Weighing(8),
		f.Op("GET", "/api/v1/courses/{course_id}", f.JSON(200, courseType), missing).Asks(f.F("include[]", f.List(
			f.Codes("term", "total_students"), 1, 2,
		)).Sometimes(.5)).Weighing(9),
		f.Op(
			"PUT", "/api/v1/courses/{course_id}", f.JSON(200, courseType), f.JSON(400, errors).Rarely(.1),
		).SendsAs("application/x-www-form-urlencoded", f.Record(
			f.F("course[name]", f.Title()).Sometimes(.7), f.F("course[start_at]", f.Instant()).Sometimes(.4),
			f.F("offer", f.Bool(.5)).Sometimes(.4),
		)).Weighing(2),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/users",
			f.JSON(200, f.List(person.With(f.F("email", f.Email()).Sometimes(.7)), 0, 5)).Returning(paged...),
		).Asks(paging...).Asks(
			f.F("search_term", f.Word()).Sometimes(.3),
			f.F("enrollment_type[]", f.List(f.Enum("student", "teacher", "ta"), 1, 2)).Sometimes(.4),
		).Weighing(5),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/assignments", f.JSON(200, f.List(assignment, 0, 3)).Returning(paged...),
		).Asks(paging...).Asks(
			f.F("bucket", f.Enum("past", "overdue", "upcoming", "ungraded")).Sometimes(.4),
			f.F("order_by", f.Enum("position", "name", "due_at")).Sometimes(.4),
		).Weighing(7),
		f.Op(
			"POST", "/api/v1/courses/{course_id}/assignments", f.JSON(201, assignment),
			f.JSON(400, errors).Rarely(.2).ToSpoiled(),
		).Sends(f.Record(f.F("assignment", f.Record(
			f.F("name", f.Title()), f.F("points_possible", f.Mixed(5, 100)).Sometimes(.8),
			f.F("due_at", f.Instant().Nullable(.2)).Sometimes(.7),
			f.F("submission_types", f.List(f.Enum("online_upload", "on_paper"), 1, 2)),
		)))).Weighing(3),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/assignments/{id}", f.JSON(200, assignment), missing,
		).Param("id", task).Weighing(8),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/assignments/{id}/submissions",
			f.JSON(200, f.List(submission, 0, 4)).Returning(paged...),
		).Param("id", task).Asks(paging...).Weighing(5),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/assignments/{id}/submissions/{user_id}", f.JSON(200, submission), missing,
		).Param("id", task).Param("user_id", student).Weighing(4),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/assignments/{id}/submissions/self",
			f.JSON(
				200,
				submission.With(
					f.F("rubric_assessment", f.Map(
						f.Hex(12), f.Record(f.F("points", f.Mixed(0, 20)), f.F("comments", f.Sentence()).Sometimes(.4)), 1, 3,
					)).Sometimes(.6),
					f.F("seconds_late", f.Int(0, 90000)),
				),
			),
			missing,
		).Param("id", task).Weighing(5),
		f.Op(
			"POST", "/api/v1/courses/{course_id}/assignments/{id}/submissions", f.JSON(201, submission),
			f.JSON(403, errors).Rarely(.08),
		).Param("id", task).SendsAs("multipart/form-data", f.Record(
			f.F("submission[submission_type]", f.Enum("online_upload", "online_text_entry")),
			f.F("comment[text_comment]", f.Sentence()).Sometimes(.4), f.F("file", f.File()),
		)).Weighing(4),
		f.Op(
			"POST", "/api/v1/courses/{course_id}/assignments/{id}/submissions/update_grades",
			f.JSON(
				200,
				f.Record(
					f.F("id", f.Serial()), f.F("workflow_state", f.Enum("queued", "running")),
					f.F("url", f.URI("https://school.example.test/p")),
				),
			),
			f.JSON(400, errors).Rarely(.05),
		).Param("id", task).Sends(f.Record(f.F("grade_data", f.Map(
			student,
			f.Record(
				f.F("posted_grade", f.Either(f.Int(0, 100), f.Codes("A", "B", "pass"))), f.F("excuse", f.Bool(.1)).Sometimes(.3),
			),
			1, 4,
		)))).Weighing(3),
		f.Op(
			"GET", "/api/v1/courses/{course_id}/quizzes/{quiz_id}/questions", f.JSON(200, f.List(question, 0, 4)), missing,
		).Param("quiz_id", f.Serial()).Weighing(4),
		f.Op(
			"GET", "/api/v1/users/self",
			f.JSON(
				200,
				person.With(
					f.F("permissions", f.Record(f.F("can_update_name", f.Bool(.5)), f.F("limit_parent_app", f.Bool(.1)))),
					f.F("effective_locale", f.Language()),
				),
			),
		).Weighing(6),
		f.Op("GET", "/api/v1/users/{user_id}", f.JSON(200, person), missing).Param("user_id", student).Weighing(5),
		f.Op(
			"GET", "/api/v1/users/self/upcoming_events",
			f.JSON(
				200,
				f.List(
					f.Record(
						f.F("id", f.Numbered("assignment_", 5)), f.F("title", f.Title()), f.F("context_code", f.Numbered("course_", 4)),
						f.F("all_day", f.Bool(.2)), f.F("all_day_date", f.Date().Nullable(.8)),
					),
					0, 3,
				),
			),
		).Weighing(4),
		f.Op(
			"GET", "/api/v1/terms/{term}/courses", f.JSON(200, f.List(courseType, 0, 3)), missing,
		).Param("term", term).Weighing(3),
		f.Op(
			"GET", "/feeds/calendars/{feed}.ics",
			f.Opaque(200, "text/calendar", fixed("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")),
			f.Empty(404).Rarely(.05),
		).Param("feed", f.Token(32)).Weighing(3),
	}
	each(ops, func(op *f.Operation) {
		if op.Params["course_id"] == nil {
			op.Param("course_id", course)
		}
		if op.Path != "/feeds/calendars/{feed}.ics" {
			op.By(
				bearer(f.Token(64)), session("_normandy_session", "X-CSRF-Token"),
			).Or(f.JSON(401, errors).Rarely(.03).ToAnonymous())
		}
	})
	return &f.API{
		Name: "classroom", Host: "school.example.test", Routes: f.DjangoPattern, Operations: ops, Noise: scans,
		Missing: errors, Forbidden: []f.MethodPath{{Method: "DELETE", Path: "/api/v1/users/self"}},
	}
}
