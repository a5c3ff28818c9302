"""Sign-up, the two ways to log in, and permissions on users."""

from .base import Client, ShopTest


class LogInTest(ShopTest):
    def test_a_session_needs_the_csrf_token(self):
        browser = Client(enforce_csrf_checks=True)
        credentials = {"username": "bob", "password": self.password}
        self.assert_answer(browser.post("/api/auth/login/", credentials), 403)

        token = browser.get("/api/auth/csrf/").json()["csrf_token"]
        headers = {"X-CSRFToken": token}
        answer = browser.post("/api/auth/login/", credentials, headers=headers)
        self.assert_answer(answer, 200)
        self.assertEqual(browser.get("/api/users/me/").json()["username"], "bob")

        headers = {"X-CSRFToken": browser.cookies["csrftoken"].value}
        self.assert_answer(browser.post("/api/auth/logout/"), 403)
        self.assert_answer(browser.post("/api/auth/logout/", headers=headers), 204)
        self.assert_answer(browser.get("/api/users/me/"), 401)

    def test_a_wrong_password_is_refused(self):
        wrong = {"username": "bob", "password": "wrong"}
        for path in ("/api/auth/login/", "/api/auth/token/"):
            with self.subTest(path):
                answer = self.call("post", path, wrong)
                self.assert_answer(answer, 400, keys=["non_field_errors"])

    def test_a_token_logs_in(self):
        answer = self.client.post(
            "/api/auth/token/", {"username": "carol", "password": self.password}
        )
        self.assert_answer(answer, 200, keys=["token"])
        headers = {"Authorization": f"Token {answer.json()['token']}"}
        me = self.client.get("/api/users/me/", headers=headers)
        self.assertEqual(me.json()["username"], "carol")


class UsersTest(ShopTest):
    def test_staff_lists_and_searches_users_page_by_page(self):
        page = self.call("get", "/api/users/", user=self.alice)
        self.assert_answer(page, 200, keys=["count", "next", "previous", "results"])
        self.assertEqual(page.json()["count"], 3)
        found = self.call("get", "/api/users/?search=carol", user=self.alice)
        self.assertEqual([user["username"] for user in found.json()["results"]], ["carol"])

    def test_users_are_not_for_everybody(self):
        for path in ("/api/users/", f"/api/users/{self.carol.pk}/"):
            with self.subTest(path):
                self.assert_answer(self.call("get", path), 401)
                self.assert_answer(self.call("get", path, user=self.bob), 403)

    def test_signing_up(self):
        dora = {"username": "dora", "email": "dora@example.com", "password": "ninety elephants"}
        created = self.call("post", "/api/users/", dora)
        self.assert_answer(created, 201)
        self.assertNotIn("password", created.json())
        self.assertIsNone(created.json()["last_login"])
        self.assert_answer(self.call("post", "/api/auth/token/", dora), 200)

    def test_signing_up_wrongly_says_what_is_wrong(self):
        rows = [
            ({"username": "eve"}, ["email", "password"]),
            (
                {"username": "bob", "email": "b@example.com", "password": "ninety elephants"},
                ["username"],
            ),
            ({"username": "eve", "email": "nowhere", "password": "short"}, ["email", "password"]),
        ]
        for data, wrong in rows:
            with self.subTest(data):
                self.assert_answer(self.call("post", "/api/users/", data), 400, keys=wrong)

    def test_me_changes_what_is_mine(self):
        answer = self.call("patch", "/api/users/me/", {"first_name": "Robert"}, user=self.bob)
        self.assert_answer(answer, 200)
        self.assertEqual(answer.json()["first_name"], "Robert")
        self.assert_answer(self.call("put", "/api/users/me/", {}, user=self.bob), 405)

    def test_a_new_password_works(self):
        new = {"password": "ninety elephants"}
        self.assert_answer(self.call("patch", "/api/users/me/", new, user=self.bob), 200)
        answer = self.call("post", "/api/auth/token/", {"username": "bob", **new})
        self.assert_answer(answer, 200)

    def test_staff_reads_and_removes_a_user(self):
        path = f"/api/users/{self.carol.pk}/"
        self.assertEqual(self.call("get", path, user=self.alice).json()["username"], "carol")
        self.assert_answer(self.call("delete", path, user=self.alice), 204)
        self.assert_answer(self.call("get", path, user=self.alice), 404)
