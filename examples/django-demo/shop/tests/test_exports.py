"""Streams, CSV, maps and mixed lists."""

import csv
import datetime
import json

from .base import ShopTest


class ExportsTest(ShopTest):
    def test_products_come_one_a_line(self):
        answer = self.client.get("/api/products/export/")
        self.assertEqual(answer["Content-Type"], "application/x-ndjson")
        lines = answer.getvalue().splitlines()
        self.assertEqual([json.loads(line)["sku"] for line in lines][0], "TEA-0001")
        self.assertEqual(len(lines), 12)

    def test_orders_come_as_csv_for_staff(self):
        answer = self.call("get", "/api/orders/export/", user=self.alice)
        self.assertEqual(answer["Content-Type"], "text/csv; charset=utf-8")
        rows = list(csv.DictReader(answer.content.decode().splitlines()))
        self.assertEqual(len(rows), 15)
        self.assert_answer(self.call("get", "/api/orders/export/", user=self.bob), 403)

    def test_order_events_are_a_stream(self):
        answer = self.call("get", "/api/orders/events/", user=self.bob)
        self.assertEqual(answer["Content-Type"], "text/event-stream")
        events = answer.getvalue().decode().strip().split("\n\n")
        self.assertEqual(len(events), 5)
        self.assertTrue(events[0].startswith("event: order\ndata: {"))

    def test_sales_are_a_map_by_day(self):
        days = self.call("get", "/api/stats/sales/").json()
        self.assertEqual(len(days), 15)
        first = min(days)
        self.assertEqual(datetime.date.fromisoformat(first), datetime.date(2025, 3, 1))
        self.assertEqual(days[first], {"items": 1, "revenue": "4.50"})

    def test_activity_mixes_kinds(self):
        self.call("post", "/api/articles/how-to-brew/comments/", {"text": "Hm"}, user=self.bob)
        entries = self.call("get", "/api/activity/", user=self.bob).json()
        self.assertEqual({entry["kind"] for entry in entries}, {"sign_up", "order", "comment"})


class ServiceTest(ShopTest):
    def test_healthz(self):
        self.assertEqual(self.client.get("/healthz").json(), {"status": "ok"})

    def test_a_broken_view_answers_500(self):
        self.client.raise_request_exception = False
        with self.assertLogs("django.request", "ERROR"):
            self.assertEqual(self.client.get("/api/broken/").status_code, 500)
