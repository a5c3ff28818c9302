"""Uploads and downloads."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.views import APIView

from ..models import Document
from ..serializers import DocumentSerializer

MAX_BYTES = 1024 * 1024


class OwnDocuments:
    """Users see only their own documents."""

    serializer_class = DocumentSerializer

    def get_queryset(self):
        return Document.objects.filter(owner=self.request.user)


class DocumentList(OwnDocuments, generics.ListCreateAPIView):
    parser_classes = [MultiPartParser]

    def perform_create(self, serializer):
        size = serializer.validated_data["file"].size
        if size > MAX_BYTES:
            raise ValidationError({"file": [f"The file is larger than {MAX_BYTES} bytes."]})
        serializer.save(owner=self.request.user, size=size)


class DocumentDetail(OwnDocuments, generics.RetrieveDestroyAPIView):
    def perform_destroy(self, instance):
        instance.file.delete(save=False)
        instance.delete()


class DocumentFile(APIView):
    """The file as it was uploaded."""

    def get(self, request, pk):
        document = get_object_or_404(Document, pk=pk, owner=request.user)
        return FileResponse(
            document.file.open(),
            as_attachment=True,
            filename=document.title,
            content_type="application/octet-stream",
        )
