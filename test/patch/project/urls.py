from django.urls import include, path
from rest_framework.routers import DefaultRouter

from shop import catalog, views

router = DefaultRouter()
router.include_root_view = False
router.register("orders", views.OrderViewSet, basename="order")
router.register("carts", views.CartViewSet, basename="cart")
router.register("tags", views.TagViewSet, basename="tag")
router.register("products", catalog.ProductViewSet)

urlpatterns = [
    path("api/", include(router.urls)),
    path("api/profile/", views.ProfileView.as_view()),
    path("api/secret/", views.SecretView.as_view()),
    path("api/hidden/", views.HiddenView.as_view()),
    path("api/unlisted/", views.UnlistedView.as_view()),
    path("api/ping/", views.ping),
    path("api/price/", views.price),
    path("api/categories/", catalog.CategoryList.as_view()),
    path("api/categories/<int:pk>/", catalog.CategoryDetail.as_view()),
    path("api/shelves/<int:pk>/", catalog.CategoryDetail.as_view()),
    path("api/reviews/", catalog.ReviewView.as_view()),
    path("api/reviews/<int:pk>/", catalog.ReviewView.as_view()),
    path("api/coupons/<str:code>/", catalog.CouponView.as_view()),
    path("api/parcels/<int:number>/", catalog.parcel),
]
