"""The product that this process measures, from the environment."""

from __future__ import annotations

import os

from products import PRODUCTS, Product

PRODUCT: Product = PRODUCTS[os.environ["BENCH_PRODUCT"]](os.environ.get("BENCH_SINK", ""))
