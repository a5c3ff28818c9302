"""Products by SKU."""

from .base import ShopTest

PATH = "/api/products/"
CHAI = {"sku": "TEA-9001", "name": "Chai", "price": "4.20", "stock": 7, "tags": ["spicy"]}


class ProductsTest(ShopTest):
    def test_pages_searches_and_orders(self):
        self.assertEqual(len(self.call("get", PATH).json()["results"]), 10)
        self.assertEqual(len(self.call("get", PATH + "?page=2").json()["results"]), 2)
        found = self.call("get", PATH + "?search=matcha").json()
        self.assertEqual([product["name"] for product in found["results"]], ["Matcha"])
        dearest = self.call("get", PATH + "?ordering=-price").json()["results"][0]
        self.assertEqual(dearest["sku"], "TEA-0012")
        self.assert_answer(self.call("get", PATH + "?page=99"), 404, keys=["detail"])

    def test_a_discount_is_there_or_not(self):
        self.assertIn("discount_percent", self.call("get", PATH + "TEA-0004/").json())
        self.assertNotIn("discount_percent", self.call("get", PATH + "TEA-0001/").json())

    def test_staff_creates_changes_and_removes(self):
        self.assert_answer(self.call("post", PATH, CHAI, user=self.alice), 201)
        path = PATH + CHAI["sku"] + "/"
        replaced = self.call("put", path, CHAI | {"price": "5.00"}, user=self.alice)
        self.assertEqual(replaced.json()["price"], "5.00")
        changed = self.call("patch", path, {"discontinued_on": "2026-01-31"}, user=self.alice)
        self.assertEqual(changed.json()["discontinued_on"], "2026-01-31")
        self.assert_answer(self.call("delete", path, user=self.alice), 204)
        self.assert_answer(self.call("get", path), 404)

    def test_nobody_else_writes(self):
        self.assert_answer(self.call("post", PATH, CHAI), 401)
        self.assert_answer(self.call("post", PATH, CHAI, user=self.bob), 403)

    def test_wrong_fields_are_named(self):
        answer = self.call(
            "post", PATH, CHAI | {"price": "free", "sku": "TEA-0001"}, user=self.alice
        )
        self.assert_answer(answer, 400, keys=["price", "sku"])

    def test_a_product_that_was_ordered_stays(self):
        answer = self.call("delete", PATH + "TEA-0001/", user=self.alice)
        self.assert_answer(answer, 409, keys=["detail"])
