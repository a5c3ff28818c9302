"""Uploads and downloads."""

from django.core.files.uploadedfile import SimpleUploadedFile

from shop.views.documents import MAX_BYTES

from .base import ShopTest

PATH = "/api/documents/"


class DocumentsTest(ShopTest):
    def setUp(self):
        self.client.force_login(self.bob)

    def upload(self, content):
        file = SimpleUploadedFile("note.bin", content)
        return self.client.post(PATH, {"title": "A note", "file": file})

    def test_what_goes_up_comes_down(self):
        content = bytes(range(256))
        created = self.upload(content)
        self.assert_answer(created, 201, keys=["id", "title", "size", "uploaded_at"])
        path = f"{PATH}{created.json()['id']}/"
        self.assertEqual(self.client.get(path).json()["size"], 256)
        download = self.client.get(path + "file/")
        self.assertEqual(b"".join(download.streaming_content), content)
        self.assertEqual(self.client.get(PATH).json()["count"], 1)
        self.assert_answer(self.client.delete(path), 204)
        self.assert_answer(self.client.get(path + "file/"), 404)

    def test_a_document_is_its_owners(self):
        path = f"{PATH}{self.upload(b'private').json()['id']}/"
        for part in ("", "file/"):
            with self.subTest(part):
                self.assert_answer(self.call("get", path + part, user=self.carol), 404)

    def test_wrong_uploads_are_refused(self):
        self.assert_answer(self.client.post(PATH, {"title": "Nothing"}), 400, keys=["file"])
        self.assert_answer(self.upload(b"x" * (MAX_BYTES + 1)), 400, keys=["file"])
        self.assert_answer(self.call("post", PATH, {"title": "JSON"}), 415, keys=["detail"])
