"""The API's routes. `/api/users/me/` comes before `/api/users/<int:pk>/` on purpose."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from shop.views import accounts, articles, documents, exports, orders, products, service

router = SimpleRouter()
router.register("products", products.ProductViewSet, basename="product")

orders_of_a_user = [
    path("", orders.OrderList.as_view()),
    path("<int:number>/", orders.OrderDetail.as_view()),
    path("<int:number>/items/", orders.ItemList.as_view()),
    path("<int:number>/items/<int:pk>/", orders.ItemDetail.as_view()),
]

api = [
    path("auth/csrf/", accounts.CsrfToken.as_view()),
    path("auth/login/", accounts.Login.as_view()),
    path("auth/logout/", accounts.Logout.as_view()),
    path("auth/token/", accounts.ObtainToken.as_view()),
    path("users/", accounts.UserList.as_view()),
    path("users/me/", accounts.Me.as_view()),
    path("users/<int:pk>/", accounts.UserDetail.as_view()),
    path("users/<int:user_pk>/orders/", include(orders_of_a_user)),
    path("articles/", articles.ArticleList.as_view()),
    path("articles/<slug:slug>/", articles.ArticleDetail.as_view()),
    path("articles/<slug:slug>/comments/", articles.CommentList.as_view()),
    path("documents/", documents.DocumentList.as_view()),
    path("documents/<uuid:pk>/", documents.DocumentDetail.as_view()),
    path("documents/<uuid:pk>/file/", documents.DocumentFile.as_view()),
    path("products/export/", exports.ProductExport.as_view()),
    path("orders/export/", exports.OrderExport.as_view()),
    path("orders/events/", exports.OrderEvents.as_view()),
    path("stats/sales/", exports.SalesByDay.as_view()),
    path("activity/", exports.Activity.as_view()),
    path("broken/", service.Broken.as_view()),
    path("", include(router.urls)),
]

urlpatterns = [
    path("api/", include(api)),
    path("feed.xml", articles.feed),
    path("healthz", service.healthz),
]
