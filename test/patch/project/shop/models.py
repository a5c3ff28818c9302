from django.db import models


class Category(models.Model):
    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")


class Product(models.Model):
    class Kind(models.TextChoices):
        FOOD = "food"
        TOOL = "tool"

    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    category = models.ForeignKey(Category, models.PROTECT)
    released = models.DateField(null=True)
    homepage = models.URLField(blank=True)
