"""The shop's models."""

import uuid
from decimal import Decimal

from django.contrib.auth.models import User
from django.core.validators import MinValueValidator
from django.db import models


class Product(models.Model):
    """A product, identified by its SKU (`TEA-0042`)."""

    sku = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    price = models.DecimalField(
        max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    stock = models.PositiveIntegerField(default=0)
    tags = models.JSONField(default=list)
    discount_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    discontinued_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sku"]


class Order(models.Model):
    """A user's order; `number` counts per user."""

    class Status(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        SHIPPED = "shipped"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="orders")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    note = models.TextField(null=True, blank=True)
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="order_number_of_user")
        ]

    @property
    def total(self) -> Decimal:
        return sum((item.quantity * item.unit_price for item in self.items.all()), Decimal("0.00"))


class Item(models.Model):
    """A line of an order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    unit_price = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["pk"]


class Article(models.Model):
    """A page, identified by its slug."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    body = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]


class Comment(models.Model):
    """A reader's comment on an article, with an optional rating."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.CASCADE)
    text = models.TextField(max_length=1000)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]


class Document(models.Model):
    """A file that a user uploaded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
    title = models.CharField(max_length=120)
    file = models.FileField(upload_to="documents/")
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["uploaded_at"]
