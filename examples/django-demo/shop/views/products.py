"""Products: a viewset on a router, addressed by SKU."""

from django.db.models import ProtectedError
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.viewsets import ModelViewSet

from ..errors import Conflict
from ..models import Product
from ..permissions import ReadOrStaff
from ..serializers import ProductSerializer


class ProductViewSet(ModelViewSet):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    permission_classes = [ReadOrStaff]
    lookup_field = "sku"
    filter_backends = [SearchFilter, OrderingFilter]
    search_fields = ["name", "sku"]
    ordering_fields = ["price", "name", "stock"]

    def perform_destroy(self, instance):
        try:
            instance.delete()
        except ProtectedError as error:
            raise Conflict("The product is in an order; set its stock to 0 instead.") from error
