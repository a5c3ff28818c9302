"""The base class of the tests."""

import io

import akita_django.test
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import TestCase, override_settings
from rest_framework.authtoken.models import Token

IN_MEMORY = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class Client(akita_django.test.Client):
    """Django's test client, extended to write its calls to a HAR file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, har_file_path=settings.DATA_DIR / "tests.har", **kwargs)


@override_settings(
    MIDDLEWARE=settings.MIDDLEWARE[1:],  # without Akita: tests are not traffic
    STORAGES=IN_MEMORY,
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
)
class ShopTest(TestCase):
    """A test against the seeded shop."""

    client_class = Client

    @classmethod
    def setUpTestData(cls):
        call_command("seed", stdout=io.StringIO())
        cls.alice, cls.bob, cls.carol = User.objects.order_by("pk")
        cls.password = settings.SEED_PASSWORD

    def call(self, method, path, data=None, *, user=None):
        """Call the API with a JSON body, with the token of `user` if given."""
        options = {}
        if user is not None:
            token, _ = Token.objects.get_or_create(user=user)
            options["headers"] = {"Authorization": f"Token {token.key}"}
        if data is not None:
            options |= {"data": data, "content_type": "application/json"}
        return getattr(self.client, method)(path, **options)

    def assert_answer(self, response, status, *, keys=None):
        self.assertEqual(response.status_code, status, response.content[:500])
        if keys is not None:
            self.assertEqual(set(response.json()), set(keys))
