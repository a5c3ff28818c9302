"""`manage.py seed` creates the same users, products, orders and articles each time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction

from shop.models import Article, Item, Order, Product

USERS = [("alice", True), ("bob", False), ("carol", False)]
PRODUCTS = [
    "Assam",
    "Darjeeling",
    "Genmaicha",
    "Gunpowder",
    "Keemun",
    "Lapsang",
    "Matcha",
    "Oolong",
    "Puerh",
    "Rooibos",
    "Sencha",
    "Yunnan",
]
ARTICLES = ["How to brew", "Where tea grows", "Why water matters", "Caring for a teapot"]
EPOCH = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


class Command(BaseCommand):
    help = "Fill an empty database; leave one that is filled as it is."

    @transaction.atomic
    def handle(self, *args, **options):
        if User.objects.filter(username=USERS[0][0]).exists():
            self.stdout.write("The database is filled already.")
            return
        users = [self.user(name, staff) for name, staff in USERS]
        products = [self.product(i, name) for i, name in enumerate(PRODUCTS, start=1)]
        for i in range(15):
            self.order(i, users[i % len(users)], products)
        for i, title in enumerate(ARTICLES):
            self.article(i, title, users[0])
        self.stdout.write(
            f"Filled the database; {', '.join(name for name, _ in USERS)} can log in."
        )

    @staticmethod
    def user(name, staff):
        return User.objects.create_user(
            name,
            f"{name}@example.com",
            settings.SEED_PASSWORD,
            first_name=name.title(),
            is_staff=staff,
        )

    @staticmethod
    def product(i, name):
        return Product.objects.create(
            sku=f"TEA-{i:04}",
            name=name,
            price=Decimal("3.50") + i,
            stock=1000 * i,
            tags=["organic", "new"][: i % 3],
            discount_percent=10 if i % 4 == 0 else None,
            discontinued_on=date(2025, 6, i) if i % 5 == 0 else None,
        )

    @staticmethod
    def order(i, user, products):
        order = Order.objects.create(
            user=user,
            number=user.orders.count() + 1,
            status=Order.Status.values[i // 3 % 3],
            note="Please ring twice." if i % 4 == 0 else None,
            placed_at=EPOCH + timedelta(days=i, minutes=7 * i),
        )
        for j in range(1 + i % 3):
            product = products[(i + j) % len(products)]
            Item.objects.create(
                order=order, product=product, quantity=j + 1, unit_price=product.price
            )

    @staticmethod
    def article(i, title, author):
        Article.objects.create(
            slug=title.lower().replace(" ", "-"),
            title=title,
            body=f"{title}: a few words. " * 5,
            author=author,
            published_on=date(2025, 4, 1 + i) if i % 2 == 0 else None,
        )
