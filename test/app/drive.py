"""Drives doccano with its own client library, and records every HTTP request.

usage: drive.py URL PASSWORD CALLS

CALLS is a file of JSON lines, one for each request, in the order of their responses.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from doccano_client import DoccanoClient
from doccano_client.exceptions import DoccanoAPIError
from doccano_client.models.data_upload import Task
from doccano_client.models.project import ProjectType
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

ROUNDS = 3
"""How often everything is done, so that numbers in paths differ."""


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Recorder(HTTPAdapter):
    """Sends requests and writes each with its response."""

    def __init__(self, calls: TextIO) -> None:
        super().__init__()
        self._calls = calls

    def send(
        self,
        request: PreparedRequest,
        *args: Any,  # noqa: ANN401 -- it passes on what the client was given
        **kwargs: Any,  # noqa: ANN401
    ) -> Response:
        """Send a request."""
        response = super().send(request, *args, **kwargs)
        call = {
            "method": request.method,
            "path": request.path_url.partition("?")[0],
            "request": body(request.body, request.headers.get("content-type")),
            "status": response.status_code,
            "response": body(response.content, response.headers.get("content-type")),
        }
        self._calls.write(json.dumps(call) + "\n")
        return response


def body(content: Any, media_type: str | None) -> dict[str, str] | None:  # noqa: ANN401 -- the client takes any JSON
    """Return a body as JSON; ``None`` without one."""
    if not content:
        return None
    data = content.encode() if isinstance(content, str) else content
    data = data if isinstance(data, bytes) else b""  # a stream of a form with files
    media_type = (media_type or "").partition(";")[0]
    return {"media_type": media_type, "base64": base64.b64encode(data).decode()}


def main(url: str, password: str, calls: str) -> None:
    """Use every operation of the client, several times."""
    with Path(calls).open("w") as file, tempfile.TemporaryDirectory() as folder:
        client = DoccanoClient(url)
        client._base_repository._session.mount(url, Recorder(file))
        refused(lambda: client.login("admin", "not the password"))
        client.login("admin", password)
        for number in range(ROUNDS):
            people(client, number)
            text_project(client, Path(folder), number)
            classification_project(client, number)
            translation_project(client, number)
            image_projects(client, Path(folder), number)
        client.list_roles()
        list(client.list_projects())
        client.logout()


def refused(call: Callable[[], object]) -> None:
    """Make a call that doccano must refuse."""
    try:
        call()
    except DoccanoAPIError:
        return
    raise AssertionError("doccano accepted a call that it should refuse")


def people(client: DoccanoClient, number: int) -> None:
    """Use the operations on users."""
    client.create_user(f"user-{number}", "a cup of tea")
    refused(lambda: client.create_user(f"user-{number}", "a cup of tea"))
    client.search_users("user")
    client.find_user_by_name(f"user-{number}")
    client.get_profile()
    client.user_details.get_current_user_details()
    client.update_current_user_details(
        username=f"admin-{number}", first_name=f"Ada {number}", last_name="Byron"
    )


def text_project(client: DoccanoClient, folder: Path, number: int) -> None:
    """Label spans and relations, comment, and import and export examples."""
    project = client.create_project(
        f"Spans {number}", ProjectType.SEQUENCE_LABELING, "Names in texts", use_relation=True, tags=["a", "b"]
    ).id
    client.find_project_by_id(project)
    client.update_project(project, guideline=f"Guideline {number}")
    refused(lambda: client.find_project_by_id(10_000 + number))
    span_type, relation_type = (
        label_types(client, project, folder, "span"),
        label_types(client, project, folder, "relation"),
    )

    client.list_upload_options(project)
    texts = folder / f"texts-{number}.txt"
    texts.write_text("Ada met Charles.\nCharles met Mary.\n")
    client.upload(project, [str(texts)], Task.SEQUENCE_LABELING, "TextLine")
    example = client.create_example(project, "Ada met Charles.", meta={"page": number}).id
    client.update_example(project, example, text="Ada met Mary.")
    client.find_example_by_id(project, example)
    client.count_examples(project)
    client.update_example_state(project, example)
    list(client.list_examples(project))
    list(client.list_examples(project, is_confirmed=True))

    first = client.create_span(project, example, 0, 3, span_type).id
    second = client.create_span(project, example, 8, 12, span_type, confidence=0.5).id
    client.update_span(project, example, first, end_offset=2)
    client.find_span_by_id(project, example, first)
    client.list_spans(project, example)
    relation = client.create_relation(project, example, first, second, relation_type).id
    client.update_relation(project, example, relation, human_annotated=True)
    client.find_relation_by_id(project, example, relation)
    client.list_relations(project, example)
    client.get_label_distribution(project, "span")
    client.get_label_distribution(project, "relation")
    client.get_progress(project)
    client.get_members_progress(project)
    client.delete_relation(project, example, relation)
    client.delete_all_relations(project, example)
    client.delete_span(project, example, first)
    client.delete_all_spans(project, example)

    members(client, project, number)
    comments(client, project, example)
    client.list_download_options(project)
    client.download(project, "JSONL", dir_name=str(folder))
    client.delete_example(project, example)
    client.bulk_delete_examples(project, [client.create_example(project, "More").id])
    client.delete_all_examples(project)
    client.delete_project(project)


def label_types(client: DoccanoClient, project: int, folder: Path, kind: str) -> str:
    """Use the operations on label types; return the name of one that stays."""
    name = f"{kind} kept"
    kept = client.create_label_type(project, kind, name, color="#112233")
    gone = client.create_label_type(project, kind, "gone")
    client.update_label_type(project, gone.id, kind, text="going")
    client.find_label_type_by_id(project, kept.id, kind)
    client.list_label_types(project, kind)
    client.delete_label_type(project, gone.id, kind)
    more = client.create_label_type(project, kind, "more")
    client.bulk_delete_label_types(project, [more.id], kind)
    file = folder / "labels.json"
    file.write_text(json.dumps([{"text": f"{kind} of a file", "suffix_key": "z"}]))
    client.upload_label_type(project, str(file), kind)
    return name


def members(client: DoccanoClient, project: int, number: int) -> None:
    """Use the operations on members."""
    member = client.add_member(project, f"user-{number}", "annotator")
    client.list_members(project)
    client.find_member_by_id(project, member.id)
    client.update_member(project, member.id, "annotation_approver")
    client.delete_member(project, member.id)
    client.bulk_delete_members(project, [client.add_member(project, f"user-{number}", "annotator").id])


def comments(client: DoccanoClient, project: int, example: int) -> None:
    """Use the operations on comments."""
    comment = client.create_comment(project, example, "Is this a name?").id
    client.find_comment_by_id(project, comment)
    client.update_comment(project, comment, "It is.")
    list(client.list_comments(project, example))
    client.delete_comment(project, comment)
    client.bulk_delete_comments(project, [client.create_comment(project, example, "Gone").id])


def classification_project(client: DoccanoClient, number: int) -> None:
    """Label texts with categories."""
    project = client.create_project(
        f"Texts {number}", ProjectType.DOCUMENT_CLASSIFICATION, "Kinds of texts"
    ).id
    for name in ("good", "bad"):
        client.create_label_type(project, "category", name)
    example = client.create_example(project, "A text").id
    category = client.create_category(project, example, "good").id
    client.update_category(project, example, category, label="bad")
    client.find_category_by_id(project, example, category)
    client.list_categories(project, example)
    client.get_label_distribution(project, "category")
    client.delete_category(project, example, category)
    client.delete_all_categories(project, example)
    client.delete_project(project)


def translation_project(client: DoccanoClient, number: int) -> None:
    """Label texts with texts."""
    project = client.create_project(f"Translations {number}", ProjectType.SEQ2SEQ, "English to German").id
    example = client.create_example(project, "Tea").id
    text = client.create_text(project, example, "Tee").id
    client.update_text(project, example, text, text="Der Tee")
    client.find_text_by_id(project, example, text)
    client.list_texts(project, example)
    client.delete_text(project, example, text)
    client.delete_all_texts(project, example)
    client.delete_project(project)


def image_projects(client: DoccanoClient, folder: Path, number: int) -> None:
    """Label images with boxes and segments."""
    image = folder / f"pixel-{number}.png"
    image.write_bytes(PIXEL)

    boxes = client.create_project(f"Boxes {number}", ProjectType.BOUNDING_BOX, "Things in images").id
    client.create_label_type(boxes, "category", "thing")
    client.upload(boxes, [str(image)], Task.BOUNDING_BOX, "ImageFile")
    example = next(iter(client.list_examples(boxes))).id
    box = client.create_bounding_box(boxes, example, 0, 0, 1, 1.5, "thing").id
    client.update_bounding_box(boxes, example, box, width=0.5)
    client.find_bounding_box_by_id(boxes, example, box)
    client.list_bounding_boxes(boxes, example)
    client.delete_bounding_box(boxes, example, box)
    client.delete_all_bounding_boxes(boxes, example)
    client.delete_project(boxes)

    segments = client.create_project(f"Segments {number}", ProjectType.SEGMENTATION, "Parts of images").id
    client.create_label_type(segments, "category", "part")
    client.upload(segments, [str(image)], Task.SEGMENTATION, "ImageFile")
    example = next(iter(client.list_examples(segments))).id
    segment = client.create_segment(segments, example, [0, 0, 1, 1.5], "part").id
    client.update_segment(segments, example, segment, points=[0, 0, 1, 1])
    client.find_segment_by_id(segments, example, segment)
    client.list_segments(segments, example)
    client.delete_segment(segments, example, segment)
    client.delete_all_segments(segments, example)
    client.delete_project(segments)


if __name__ == "__main__":
    main(*sys.argv[1:])
