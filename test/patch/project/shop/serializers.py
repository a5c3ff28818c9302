"""What the shop declares. The views do otherwise: see views.py."""

from rest_framework import serializers


class LineSerializer(serializers.Serializer):
    sku = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1)


class AddressSerializer(serializers.Serializer):
    city = serializers.CharField()


class OrderSerializer(serializers.Serializer):
    id = serializers.UUIDField(read_only=True)
    status = serializers.ChoiceField(choices=["open", "paid"])
    total = serializers.IntegerField()
    note = serializers.CharField()
    email = serializers.EmailField()
    placed = serializers.DateTimeField()
    items = LineSerializer(many=True)
    address = AddressSerializer()


class CartSerializer(serializers.Serializer):
    name = serializers.CharField()
    owner = serializers.IntegerField()


class ProfileSerializer(serializers.Serializer):
    name = serializers.CharField()
    password = serializers.CharField(write_only=True)


class TagSerializer(serializers.Serializer):
    name = serializers.CharField()
    children = serializers.ListField(child=serializers.CharField())


class PriceSerializer(serializers.Serializer):
    amount = serializers.IntegerField()
