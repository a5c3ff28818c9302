"""Permissions."""

from rest_framework.permissions import SAFE_METHODS, BasePermission


class ReadOrStaff(BasePermission):
    """Everyone may read; staff may write."""

    def has_permission(self, request, view):
        return request.method in SAFE_METHODS or bool(request.user and request.user.is_staff)


class OwnerOrStaff(BasePermission):
    """Paths below `/users/<user_pk>/` are for that user and for staff."""

    def has_permission(self, request, view):
        return request.user.is_authenticated and (
            request.user.is_staff or request.user.pk == view.kwargs["user_pk"]
        )
