"""Articles by slug, their comments, and an Atom feed."""

from xml.etree import ElementTree

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from rest_framework import generics
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly

from ..models import Article, Comment
from ..serializers import ArticleSerializer, CommentSerializer

ATOM = "http://www.w3.org/2005/Atom"


class ArticleList(generics.ListAPIView):
    """All articles; `published_on` is null for a draft."""

    queryset = Article.objects.select_related("author")
    serializer_class = ArticleSerializer
    permission_classes = [AllowAny]


class ArticleDetail(generics.RetrieveAPIView):
    queryset = Article.objects.select_related("author")
    serializer_class = ArticleSerializer
    permission_classes = [AllowAny]
    lookup_field = "slug"


class CommentList(generics.ListCreateAPIView):
    serializer_class = CommentSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self):
        return Comment.objects.filter(article=self.article).select_related("author")

    def perform_create(self, serializer):
        serializer.save(article=self.article, author=self.request.user)

    @property
    def article(self):
        return get_object_or_404(Article, slug=self.kwargs["slug"])


@require_safe
def feed(request):
    """The published articles as an Atom feed."""
    root = ElementTree.Element("feed", xmlns=ATOM)
    ElementTree.SubElement(root, "title").text = "The shop's articles"
    for article in Article.objects.exclude(published_on=None):
        entry = ElementTree.SubElement(root, "entry")
        ElementTree.SubElement(entry, "id").text = f"urn:shop:{article.slug}"
        ElementTree.SubElement(entry, "title").text = article.title
        ElementTree.SubElement(entry, "updated").text = f"{article.published_on}T00:00:00Z"
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/atom+xml")
