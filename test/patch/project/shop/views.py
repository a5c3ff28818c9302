"""Views that do what their serializers do not declare."""

import uuid

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.authentication import BasicAuthentication
from rest_framework.decorators import action, api_view
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import FormParser, JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView

from . import serializers

ORDERS = [
    {
        "id": f"ord-{number}",
        "status": ("open", "paid", "refunded")[number % 3],
        "total": (12, "12.50", 12.5)[number % 3],
        "note": None if number % 2 else "gift",
        "placed": "2026-03-02",
        "items": [{"sku": "a", "quantity": 1, "discount": 3, "tax": {"rate": 0.2, "name": "VAT"}}],
        "address": None if number % 5 == 0 else {"city": "Paris", "postal-code": "75001"},
        "labels": {str(uuid.uuid5(uuid.NAMESPACE_URL, str(number))): number},
        "history": ["open", "paid"],
        "gift": number % 2 == 0,
        "coupon": None if number % 3 else "spring",
        "import": "file",
        'odd "name" \u00e9\\': 1,
    }
    for number in range(30)
]


class Pages(PageNumberPagination):
    page_size = 10


class OrderViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    serializer_class = serializers.OrderSerializer
    pagination_class = Pages
    queryset = ORDERS

    def list(self, request):
        page = ORDERS[:10]
        return Response({"count": 30, "next": None, "previous": None, "results": page, "took": 0.5})

    @extend_schema(parameters=[OpenApiParameter("expand", int, required=True)])
    def retrieve(self, request, pk):
        number = int(pk)
        if number == 29:
            return Response({"reason": "gone", "since": "2026-01-01"}, status=410)
        if request.GET.get("as") == "csv":
            return HttpResponse("id,name\n1,a", content_type="text/csv")
        return Response(ORDERS[number], headers={"X-Next-Cursor": str(number)})

    def create(self, request):
        return Response(ORDERS[1], status=201)

    def partial_update(self, request, pk):
        return Response(ORDERS[int(pk)])

    @extend_schema(exclude=True)
    @action(detail=True, methods=["post"])
    def refund(self, request, pk):
        return Response({"amount": 3, "to": "card"}, status=202, headers={"X-Refund": "1"})


class CartViewSet(viewsets.ViewSet):
    """It answers with a list that is not paginated."""

    serializer_class = serializers.CartSerializer
    parser_classes = [JSONParser, FormParser]

    def list(self, request):
        return Response([{"name": "a", "owner": "me", "size": 1}, {"name": "b", "owner": 1, "size": 2}])

    @extend_schema(request={"application/json": serializers.CartSerializer})
    def create(self, request):
        return Response({"name": "a", "owner": 1}, status=201)


class TagViewSet(viewsets.ViewSet):
    serializer_class = serializers.TagSerializer

    def list(self, request):
        tag = {"name": "a", "children": [{"name": "b", "children": []}], "weights": [[1, 2], [3]]}
        return Response({"tags": [tag], "total": 1})


class ProfileView(APIView):
    serializer_class = serializers.ProfileSerializer

    def get(self, request):
        return Response({"name": "ada", "password": "secret"})

    def put(self, request):
        return Response(status=204)


class Anybody(BasePermission):
    """It lets everybody in, and drf-spectacular does not know."""


class SecretView(APIView):
    serializer_class = serializers.PriceSerializer
    authentication_classes = [BasicAuthentication]
    permission_classes = [Anybody]

    def perform_authentication(self, request):
        """Ignore who it is."""

    def get(self, request):
        return Response({"amount": 1})


class HiddenView(APIView):
    schema = None

    def get(self, request):
        return Response({"hidden": True, "level": 3})


@extend_schema(exclude=True)
class UnlistedView(APIView):
    def post(self, request):
        return Response({"done": True, "at": "2026-03-02T10:00:00Z"}, status=201)

    def delete(self, request):
        return Response(status=204)


@extend_schema(exclude=True)
@api_view(["GET"])
def ping(request):
    return Response({"pong": True})


@extend_schema(request=serializers.PriceSerializer, responses=serializers.PriceSerializer)
@api_view(["GET", "POST"])
def price(request):
    return Response({"amount": 1, "currency": "EUR"})
