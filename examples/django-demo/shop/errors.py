"""The API's own errors."""

from rest_framework import status
from rest_framework.exceptions import APIException


class Conflict(APIException):
    """The request is valid but conflicts with the current state."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This does not fit the current state."
    default_code = "conflict"
