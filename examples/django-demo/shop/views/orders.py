"""A user's orders and their items: nested resources."""

from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import generics

from ..errors import Conflict
from ..models import Item, Order, Product
from ..permissions import OwnerOrStaff
from ..serializers import ItemSerializer, OrderSerializer


class OrderList(generics.ListCreateAPIView):
    serializer_class = OrderSerializer
    permission_classes = [OwnerOrStaff]

    def get_queryset(self):
        return Order.objects.filter(user=self.kwargs["user_pk"]).prefetch_related("items__product")

    @transaction.atomic
    def perform_create(self, serializer):
        last = self.get_queryset().order_by("-number").first()
        serializer.save(
            user_id=self.kwargs["user_pk"],
            number=last.number + 1 if last else 1,
            placed_at=timezone.now(),
        )


class OrderDetail(generics.RetrieveUpdateDestroyAPIView):
    serializer_class = OrderSerializer
    permission_classes = [OwnerOrStaff]
    http_method_names = ["get", "patch", "delete", "head", "options"]

    def get_object(self):
        return get_object_or_404(Order, user=self.kwargs["user_pk"], number=self.kwargs["number"])

    def perform_destroy(self, instance):
        if instance.status == Order.Status.SHIPPED:
            raise Conflict("The order has been shipped.")
        instance.delete()


class ItemsOfOrder:
    """The common part of the two views of an order's items."""

    serializer_class = ItemSerializer
    permission_classes = [OwnerOrStaff]

    def get_queryset(self):
        return Item.objects.filter(order=self.order).select_related("product")

    @property
    def order(self):
        return get_object_or_404(Order, user=self.kwargs["user_pk"], number=self.kwargs["number"])


class ItemList(ItemsOfOrder, generics.ListCreateAPIView):
    pagination_class = None

    @transaction.atomic
    def perform_create(self, serializer):
        product = Product.objects.select_for_update().get(
            pk=serializer.validated_data["product"].pk
        )
        product.stock -= serializer.validated_data["quantity"]
        if product.stock < 0:
            raise Conflict(f"There is not enough of {product.sku}.")
        product.save(update_fields=["stock"])
        serializer.save(order=self.order, unit_price=product.price)


class ItemDetail(ItemsOfOrder, generics.RetrieveDestroyAPIView):
    @transaction.atomic
    def perform_destroy(self, instance):
        Product.objects.filter(pk=instance.product_id).update(stock=F("stock") + instance.quantity)
        instance.delete()
