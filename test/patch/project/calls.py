"""The calls of the shop's clients."""

BASIC = {"Authorization": "Basic YTpi"}


def drive(client):
    for page in ("1", "2", "last"):
        client.get("/api/orders/", {"page": page, "sort": "-placed"}, headers={"X-Tenant": "north"})
    for number in range(30):
        client.get(f"/api/orders/{number}/", {"expand": "items"} if number % 2 else {})
    client.get("/api/orders/1/?as=csv&expand=1")
    for number in range(12):
        order = {
            "status": "draft" if number % 3 == 0 else "open",
            "total": None if number % 4 == 0 else 3,
            "note": "a",
            "placed": "2026-03-02T10:00:00Z",
            "items": [{"sku": "a", "quantity": "two", "gift": True}],
            "address": {"city": "Paris", "floor": 3},
            "locale": "fr",
            "extra": {"a": 1, "b": "c"},
        }
        client.post("/api/orders/", order, "application/json")
        client.patch(f"/api/orders/{number}/", {"locale": "fr"}, "application/json")
        client.post(f"/api/orders/{number}/refund/", {"reason": "late"}, "application/json")
        client.get("/api/carts/")
        client.post("/api/carts/", "name=a&owner=1", "application/x-www-form-urlencoded")
        client.get("/api/tags/")
        client.get("/api/profile/")
        client.put("/api/profile/", {"name": "ada", "password": "x"}, "application/json")
        client.put("/api/profile/")
        client.get("/api/secret/", headers=BASIC if number % 3 == 0 else {})
        client.get("/api/secret/", headers={"Authorization": "Bearer abcdef"})
        client.get("/api/hidden/")
        client.post("/api/unlisted/", {"when": "2026-03-02T10:00:00Z", "tags": ["a"]}, "application/json")
        client.delete("/api/unlisted/")
        client.get("/api/ping/")
        client.get("/api/price/", {"currency": "EUR"})
        client.post("/api/price/", {"amount": 1}, "application/json")

    categories = [
        client.post("/api/categories/", {"name": name, "parent": parent}, "application/json").json()["id"]
        for name, parent in (("all", None), ("tools", 1), ("saws", 2))
    ]
    for number, category in enumerate(categories * 8):
        product = {
            "name": f"saw {number}",
            "kind": "tool",
            "price": "9.50",
            "category": category,
            "released": "2026-03-02" if number % 2 else None,
            "homepage": "https://shop.example.com/saw",
            "tags": ["new"],
        }
        made = client.post("/api/products/", product, "application/json").json()["id"]
        client.get(f"/api/products/{made}/")
        client.get(f"/api/products/{made}/stock/")
        client.post(f"/api/products/{made}/stock/", {"amount": 4}, "application/json")
        client.patch(f"/api/products/{made}/", {"price": "8.50"}, "application/json")
        client.get(f"/api/categories/{category}/")
        client.get(f"/api/shelves/{category}/", {"deep": "true"})
        client.get(f"/api/reviews/{number + 1}/")
        client.get(f"/api/coupons/WINTER{number}/")
        client.get(f"/api/parcels/{number}/")
    client.post("/api/products/", {"kind": "tool"}, "application/json")
    client.delete("/api/products/1/")
    client.get("/api/products/1/")
    client.get("/api/products/", {"limit": "3"})
    client.get("/api/categories/")
    client.get("/api/reviews/")
    client.get("/api/reviews/?stars=no")
    client.delete("/api/parcels/3/")
