"""Who may do what."""

from rest_framework.permissions import SAFE_METHODS, BasePermission


class ReadOrStaff(BasePermission):
    """Everybody reads; staff writes."""

    def has_permission(self, request, view):
        return request.method in SAFE_METHODS or bool(request.user and request.user.is_staff)


class OwnerOrStaff(BasePermission):
    """What stands below `/users/<user_pk>/` is for that user and for staff."""

    def has_permission(self, request, view):
        return request.user.is_authenticated and (
            request.user.is_staff or request.user.pk == view.kwargs["user_pk"]
        )
