"""Views of models: generic ones, one with several paths, and one with an action for two methods."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Category, Product


class CategorySerializer(serializers.ModelSerializer):
    class Meta:
        model = Category
        fields = ["id", "name", "parent"]

    def get_fields(self):
        fields = super().get_fields()
        fields["children"] = CategorySerializer(many=True, read_only=True)
        return fields

    def to_representation(self, instance):
        return {**super().to_representation(instance), "depth": 1, "class": "shelf", "2nd-line": ""}


class ProductSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        fields = ["id", "name", "kind", "price", "category", "released", "homepage"]

    def to_representation(self, instance):
        told = super().to_representation(instance)
        told["price"] = float(told["price"])
        told["category"] = CategorySerializer(instance.category).data
        return {**told, "stock": 3, "discount": None, "badges": []}


class StockSerializer(serializers.Serializer):
    amount = serializers.IntegerField()


class ProductViewSet(viewsets.ModelViewSet):
    queryset = Product.objects.order_by("id")
    serializer_class = ProductSerializer

    @extend_schema(request=StockSerializer, responses=StockSerializer)
    @action(detail=True, methods=["get", "post"])
    def stock(self, request, pk):
        amount = {"amount": 3, "reserved": 1} if request.method == "GET" else {"amount": 4}
        return Response(amount)


class CategoryList(generics.ListCreateAPIView):
    queryset = Category.objects.filter(parent=None).order_by("id")
    serializer_class = CategorySerializer


class CategoryDetail(generics.RetrieveUpdateDestroyAPIView):
    """It has two paths."""

    queryset = Category.objects.all()
    serializer_class = CategorySerializer


class ReviewSerializer(serializers.Serializer):
    stars = serializers.IntegerField(min_value=1, max_value=5)


class ReviewView(APIView):
    """It answers a list at one path, and an object at the other."""

    serializer_class = ReviewSerializer

    def get(self, request, pk=None):
        review = {"stars": 5, "by": "ada"}
        if pk is None:
            if request.GET.get("stars", "1") == "no":
                raise ValidationError({"stars": ["no number"]})
            return Response([review])
        return Response(review)


class CouponView(APIView):
    @extend_schema(
        parameters=[OpenApiParameter("code", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        responses=StockSerializer,
    )
    def get(self, request, code):
        return Response({"amount": 1})


@extend_schema(exclude=True)
@api_view(["GET", "DELETE"])
def parcel(request, number):
    if request.method == "DELETE":
        return Response(status=204)
    return Response({"number": number, "state": "sent" if number % 2 else "lost"})
