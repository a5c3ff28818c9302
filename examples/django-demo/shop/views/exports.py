"""Responses other than a JSON object: streams, CSV, maps, mixed lists."""

import csv
import io
import json

from django.db.models import F, Sum
from django.db.models.functions import TruncDate
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.permissions import AllowAny, IsAdminUser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from ..models import Comment, Item, Order, Product
from ..serializers import ProductSerializer


class EventStreamRenderer(BaseRenderer):
    """Makes DRF accept `Accept: text/event-stream`; the view writes the stream itself."""

    media_type = "text/event-stream"
    format = "event-stream"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return json.dumps(data).encode()


class ProductExport(APIView):
    """All products, one JSON object per line, streamed from the database."""

    permission_classes = [AllowAny]

    def get(self, request):
        lines = (
            json.dumps(ProductSerializer(product).data) + "\n"
            for product in Product.objects.iterator()
        )
        return StreamingHttpResponse(lines, content_type="application/x-ndjson")


class OrderExport(APIView):
    """All orders as CSV."""

    permission_classes = [IsAdminUser]

    def get(self, request):
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(["user", "number", "status", "placed_at", "total"])
        for order in Order.objects.select_related("user").prefetch_related("items"):
            rows.writerow(
                [
                    order.user.username,
                    order.number,
                    order.status,
                    order.placed_at.isoformat(),
                    order.total,
                ]
            )
        return HttpResponse(
            text.getvalue(),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="orders.csv"'},
        )


class OrderEvents(APIView):
    """The latest orders as server-sent events, oldest first."""

    renderer_classes = [EventStreamRenderer, JSONRenderer]

    def get(self, request):
        latest = reversed(Order.objects.filter(user=request.user).order_by("-placed_at")[:5])
        return StreamingHttpResponse(map(self.event, latest), content_type="text/event-stream")

    @staticmethod
    def event(order):
        data = json.dumps({"number": order.number, "status": order.status})
        return f"event: order\ndata: {data}\n\n"


class SalesByDay(APIView):
    """The sales of each day: an object whose keys are dates."""

    permission_classes = [AllowAny]

    def get(self, request):
        days = (
            Item.objects.annotate(day=TruncDate("order__placed_at"))
            .values("day")
            .annotate(items=Sum("quantity"), revenue=Sum(F("quantity") * F("unit_price")))
            .order_by("day")
        )
        return Response(
            {
                str(day["day"]): {"items": day["items"], "revenue": f"{day['revenue']:.2f}"}
                for day in days
            }
        )


class Activity(APIView):
    """The user's activity: a list whose entries differ by `kind`."""

    def get(self, request):
        entries = [{"kind": "sign_up", "at": request.user.date_joined}]
        for order in Order.objects.filter(user=request.user).prefetch_related("items"):
            entries.append(
                {
                    "kind": "order",
                    "at": order.placed_at,
                    "number": order.number,
                    "total": str(order.total),
                }
            )
        for comment in Comment.objects.filter(author=request.user).select_related("article"):
            entries.append(
                {
                    "kind": "comment",
                    "at": comment.created_at,
                    "article": comment.article.slug,
                    "rating": comment.rating,
                }
            )
        return Response(sorted(entries, key=lambda entry: entry["at"]))
