"""How is a file of a record taken away?"""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wsgi import FileWrapper

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
    body = files.open_file(attachment.sha256)
    response = download(FileWrapper(body), attachment.name, attachment.media_type)
    response.call_on_close(body.close)
    response.content_length = attachment.size
    return response
