"""Articles, comments and the feed."""

from xml.etree import ElementTree

from shop.views.articles import ATOM

from .base import ShopTest


class ArticlesTest(ShopTest):
    def test_articles_are_read_by_slug(self):
        articles = self.call("get", "/api/articles/").json()["results"]
        self.assertEqual(len(articles), 4)
        self.assertIn(None, [article["published_on"] for article in articles])
        self.assert_answer(self.call("get", "/api/articles/how-to-brew/"), 200)
        self.assert_answer(self.call("get", "/api/articles/how-to-fly/"), 404, keys=["detail"])

    def test_who_is_logged_in_comments(self):
        path = "/api/articles/how-to-brew/comments/"
        self.assert_answer(self.call("post", path, {"text": "Nice"}), 401)
        plain = self.call("post", path, {"text": "Nice"}, user=self.bob)
        self.assertIsNone(plain.json()["rating"])
        rated = self.call("post", path, {"text": "Nice", "rating": 5}, user=self.bob)
        self.assertEqual(rated.json()["rating"], 5)
        wrong = self.call("post", path, {"text": "Nice", "rating": 6}, user=self.bob)
        self.assert_answer(wrong, 400, keys=["rating"])
        self.assertEqual(self.call("get", path).json()["count"], 2)

    def test_the_feed_holds_what_is_published(self):
        answer = self.client.get("/feed.xml")
        self.assertEqual(answer["Content-Type"], "application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        self.assertEqual(len(feed.findall(f"{{{ATOM}}}entry")), 2)
