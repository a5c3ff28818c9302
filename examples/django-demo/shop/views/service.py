"""Endpoints about the service itself."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView


@require_safe
def healthz(request):
    """Reports that the process is running."""
    return JsonResponse({"status": "ok"})


class Broken(APIView):
    """Always fails, as an example of an exception."""

    permission_classes = [AllowAny]

    def get(self, request):
        raise RuntimeError("this view fails on purpose")
