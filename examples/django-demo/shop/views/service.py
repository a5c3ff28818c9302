"""What is about the service itself."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView


@require_safe
def healthz(request):
    """Says that the process answers."""
    return JsonResponse({"status": "ok"})


class Broken(APIView):
    """Fails always, so that there is an exception to look at."""

    permission_classes = [AllowAny]

    def get(self, request):
        raise RuntimeError("this view fails on purpose")
