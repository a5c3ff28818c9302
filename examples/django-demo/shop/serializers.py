"""The shop's objects as JSON."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from rest_framework import serializers

from .models import Article, Comment, Document, Item, Order, Product


class UserSerializer(serializers.ModelSerializer):
    """A user; the password is never returned."""

    password = serializers.CharField(
        write_only=True, required=False, validators=[validate_password]
    )
    email = serializers.EmailField(required=True)

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "date_joined",
            "last_login",
            "password",
        ]
        read_only_fields = ["date_joined", "last_login"]


class NewUserSerializer(UserSerializer):
    """A user who signs up."""

    password = serializers.CharField(write_only=True, validators=[validate_password])

    def create(self, validated_data):
        return User.objects.create_user(**validated_data)


class ProductSerializer(serializers.ModelSerializer):
    tags = serializers.ListField(child=serializers.CharField(max_length=20), required=False)

    class Meta:
        model = Product
        fields = ["sku", "name", "price", "stock", "tags", "discount_percent", "discontinued_on"]

    def to_representation(self, instance):
        """Omit `discount_percent` if there is none, as an example of an optional field."""
        fields = super().to_representation(instance)
        if fields["discount_percent"] is None:
            del fields["discount_percent"]
        return fields


class ItemSerializer(serializers.ModelSerializer):
    product = serializers.SlugRelatedField("sku", queryset=Product.objects.all())

    class Meta:
        model = Item
        fields = ["id", "product", "quantity", "unit_price"]
        read_only_fields = ["unit_price"]


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True)
    items = ItemSerializer(many=True, read_only=True)

    class Meta:
        model = Order
        fields = ["number", "status", "note", "placed_at", "total", "items"]
        read_only_fields = ["number", "placed_at"]


class ArticleSerializer(serializers.ModelSerializer):
    author = serializers.SlugRelatedField("username", read_only=True)

    class Meta:
        model = Article
        fields = ["slug", "title", "body", "author", "published_on"]


class CommentSerializer(serializers.ModelSerializer):
    author = serializers.SlugRelatedField("username", read_only=True)
    rating = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True)

    class Meta:
        model = Comment
        fields = ["id", "author", "text", "rating", "created_at"]


class DocumentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Document
        fields = ["id", "title", "size", "uploaded_at", "file"]
        read_only_fields = ["size"]
        extra_kwargs = {"file": {"write_only": True}}
