"""Orders and items below their user."""

from shop.models import Product

from .base import ShopTest


class OrdersTest(ShopTest):
    def setUp(self):
        self.path = f"/api/users/{self.bob.pk}/orders/"

    def order(self):
        """Place an order for bob; return its path."""
        answer = self.call("post", self.path, {"note": None}, user=self.bob)
        self.assert_answer(answer, 201)
        return f"{self.path}{answer.json()['number']}/"

    def test_orders_are_for_their_owner_and_staff(self):
        rows = [(None, 401), (self.carol, 403), (self.bob, 200), (self.alice, 200)]
        for user, status in rows:
            with self.subTest(user=user):
                self.assert_answer(self.call("get", self.path, user=user), status)
                self.assert_answer(self.call("get", self.path + "1/", user=user), status)

    def test_an_order_holds_its_items(self):
        path = self.order()
        item = self.call(
            "post", path + "items/", {"product": "TEA-0002", "quantity": 3}, user=self.bob
        )
        self.assert_answer(item, 201, keys=["id", "product", "quantity", "unit_price"])
        order = self.call("get", path, user=self.bob).json()
        self.assertEqual(order["total"], "16.50")
        self.assertEqual(order["items"], [item.json()])
        self.assertEqual(self.call("get", path + "items/", user=self.bob).json(), [item.json()])
        item_path = f"{path}items/{item.json()['id']}/"
        self.assert_answer(self.call("get", item_path, user=self.bob), 200)
        self.assert_answer(self.call("delete", item_path, user=self.bob), 204)
        self.assertEqual(Product.objects.get(sku="TEA-0002").stock, 2000)

    def test_more_than_there_is_cannot_be_ordered(self):
        path = self.order() + "items/"
        answer = self.call("post", path, {"product": "TEA-0001", "quantity": 1001}, user=self.bob)
        self.assert_answer(answer, 409, keys=["detail"])
        self.assertEqual(Product.objects.get(sku="TEA-0001").stock, 1000)

    def test_wrong_items_are_refused(self):
        path = self.order() + "items/"
        for data, wrong in [
            ({"product": "TEA-0001"}, ["quantity"]),
            ({"product": "COFFEE", "quantity": 1}, ["product"]),
            ({"product": "TEA-0001", "quantity": 0}, ["quantity"]),
        ]:
            with self.subTest(data):
                self.assert_answer(self.call("post", path, data, user=self.bob), 400, keys=wrong)

    def test_a_shipped_order_stays(self):
        path = self.order()
        shipped = self.call("patch", path, {"status": "shipped"}, user=self.bob)
        self.assertEqual(shipped.json()["status"], "shipped")
        self.assert_answer(self.call("delete", path, user=self.bob), 409)
        self.assert_answer(self.call("patch", path, {"status": "lost"}, user=self.bob), 400)

    def test_an_open_order_goes(self):
        path = self.order()
        self.assert_answer(self.call("delete", path, user=self.bob), 204)
        self.assert_answer(self.call("get", path, user=self.bob), 404)
