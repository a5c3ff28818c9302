"""Errors that are the API's own."""

from rest_framework import status
from rest_framework.exceptions import APIException


class Conflict(APIException):
    """The request is valid but does not fit what is there now."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This does not fit the current state."
    default_code = "conflict"
