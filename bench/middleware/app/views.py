"""A small REST API without a database, because only the layers around it are measured."""

from __future__ import annotations

from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

BOOKS = [
    {
        "id": number,
        "title": f"A book of some length, volume {number}",
        "author": "Ada Byron",
        "isbn": f"978-3-16-{148000 + number}-0",
        "price": f"{10 + number}.50",
        "in_stock": number % 3 > 0,
        "added": "2026-03-14T09:26:53Z",
    }
    for number in range(12)
]


class BookSerializer(serializers.Serializer):
    """Validates and renders a book."""

    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=200)
    author = serializers.CharField(max_length=80)
    isbn = serializers.RegexField(r"^[0-9-]{13,17}$")
    price = serializers.DecimalField(max_digits=8, decimal_places=2, min_value=0)
    in_stock = serializers.BooleanField(default=True)
    added = serializers.DateTimeField(required=False)


class BookViewSet(viewsets.ViewSet):
    """List, detail, and creation with validation."""

    def list(self, request: Request) -> Response:
        """Return about 2 KB of stored data."""
        return Response({"count": len(BOOKS), "next": None, "results": BOOKS})

    def retrieve(self, request: Request, pk: str) -> Response:
        """Return one book, through the serializer."""
        return Response(BookSerializer(BOOKS[int(pk) % len(BOOKS)]).data)

    def create(self, request: Request) -> Response:
        """Validate a book; answer 400 if it is not valid."""
        serializer = BookSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response({"id": len(BOOKS), **serializer.data}, status=201)
