"""How is a file of a record taken away?"""

from __future__ import annotations

from flask import Blueprint, Response

from app.attachments import queries
from app.attachments.models import Attachment
from app.policy.permissions import Permission
from app.storage import files
from app.web.downloads import download
from app.web.guard import guarded

blueprint = Blueprint("attachments", __name__)


@blueprint.get("/files/<attachment_id>")
@guarded(Permission.FILE_READ, load=queries.get)
def show(attachment: Attachment) -> Response:
    """The file, always as a download and never to be run."""
    response = download(files.pieces(attachment.sha256), attachment.name, attachment.media_type)
    response.content_length = attachment.size
    return response
