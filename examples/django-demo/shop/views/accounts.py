"""Users, and two ways to log in: a session with CSRF, and a token."""

from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from rest_framework import generics, status
from rest_framework.authtoken.serializers import AuthTokenSerializer
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.filters import SearchFilter
from rest_framework.permissions import AllowAny, IsAdminUser
from rest_framework.response import Response
from rest_framework.views import APIView

from ..serializers import NewUserSerializer, UserSerializer


class CsrfToken(APIView):
    """Sets the CSRF cookie and returns its token, which unsafe calls of a session send back."""

    permission_classes = [AllowAny]

    def get(self, request):
        return Response({"csrf_token": get_token(request)})


@method_decorator(csrf_protect, name="dispatch")
class Login(APIView):
    """Starts a session."""

    permission_classes = [AllowAny]

    def post(self, request):
        credentials = AuthTokenSerializer(data=request.data, context={"request": request})
        credentials.is_valid(raise_exception=True)
        user = credentials.validated_data["user"]
        login(request, user)
        return Response(UserSerializer(user).data)


class Logout(APIView):
    """Ends the session."""

    def post(self, request):
        logout(request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ObtainToken(ObtainAuthToken):
    """Returns the token for `Authorization: Token …`."""


class UserList(generics.ListCreateAPIView):
    """Staff may list users; anyone may sign up."""

    queryset = User.objects.order_by("pk")
    filter_backends = [SearchFilter]
    search_fields = ["username", "email"]

    def get_permissions(self):
        return [AllowAny()] if self.request.method == "POST" else [IsAdminUser()]

    def get_serializer_class(self):
        return NewUserSerializer if self.request.method == "POST" else UserSerializer


class UserDetail(generics.RetrieveDestroyAPIView):
    queryset = User.objects.all()
    serializer_class = UserSerializer
    permission_classes = [IsAdminUser]


class Me(generics.RetrieveUpdateAPIView):
    """The current user."""

    serializer_class = UserSerializer
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self):
        return self.request.user

    def perform_update(self, serializer):
        password = serializer.validated_data.pop("password", None)
        user = serializer.save()
        if password is not None:
            user.set_password(password)
            user.save(update_fields=["password"])
