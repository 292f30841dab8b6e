"""What does this migration change?

All tables of the house, as the models say them.
"""

import sqlalchemy as sa
from alembic import op

from app.db.types import Hundredths, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("acting_organisation_id", sa.String(), nullable=True),
        sa.Column("owner_organisation_id", sa.String(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("commitment", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_subject", ["subject_id", "part", "seq"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    # The end of a chain that holds nothing yet.
    head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    op.create_table(
        "call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title_es", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("guidance_es", sa.String(), nullable=False),
        sa.Column("guidance_en", sa.String(), nullable=False),
        sa.Column("format_name", sa.String(), nullable=False),
        sa.Column("format_version", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_call_opens_before_it_closes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("code", name=op.f("uq_call_code")),
    )
    op.create_table(
        "delivered_mail",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivered_mail")),
    )
    with op.batch_alter_table("delivered_mail", schema=None) as batch_op:
        batch_op.create_index("ix_delivered_mail_newest", ["sent_at", "id"], unique=False)

    op.create_table(
        "format_version",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_format_version")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("clock_offset_seconds", sa.Integer(), nullable=False),
        sa.Column("prepared_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "limit_counter",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_limit_counter")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_key")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("leased_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_message_due", ["state", "due_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("factor_kinds", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
        sa.UniqueConstraint("key", name=op.f("uq_person_key")),
    )
    op.create_table(
        "released_summary",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("released_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_summary")),
        sa.UniqueConstraint("reference", name=op.f("uq_released_summary_reference")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attachment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["person.id"], name=op.f("fk_attachment_uploaded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_attachment_organisation_id_id")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attachment_subject", ["organisation_id", "subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "sheet_upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("format_name", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("leaves_out", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_sheet_upload_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "file_id"],
            ["attachment.organisation_id", "attachment.id"],
            name=op.f("fk_sheet_upload_organisation_id_file_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_sheet_upload_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["person.id"], name=op.f("fk_sheet_upload_uploaded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_upload")),
    )
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sheet_upload_of", ["organisation_id", "format_name", "uploaded_at"], unique=False
        )
        batch_op.create_index("ix_sheet_upload_state", ["state"], unique=False)

    op.create_table(
        "call_extension",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("closed_before", Instant(), nullable=False),
        sa.Column("closes_now", Instant(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_call_extension_by_person")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_extension_call_id_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_extension")),
    )
    with op.batch_alter_table("call_extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_extension_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_taken_back",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_taken_back_call_id_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_taken_back")),
    )
    with op.batch_alter_table("call_taken_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_taken_back_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_invitation",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("invited_at", Instant(), nullable=False),
        sa.Column("late_until", Instant(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("late_by", sa.String(), nullable=True),
        sa.Column("late_at", Instant(), nullable=True),
        sa.Column("late_times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_call_invitation_call_id_call")
        ),
        sa.ForeignKeyConstraint(
            ["late_by"], ["person.id"], name=op.f("fk_call_invitation_late_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_call_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("call_id", "organisation_id", name=op.f("pk_call_invitation")),
    )
    op.create_table(
        "call_contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("instead_of", Instant(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_call_contact_by_person")),
        sa.ForeignKeyConstraint(
            ["call_id", "organisation_id"],
            ["call_invitation.call_id", "call_invitation.organisation_id"],
            name=op.f("fk_call_contact_call_id_call_invitation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_contact")),
    )
    with op.batch_alter_table("call_contact", schema=None) as batch_op:
        batch_op.create_index("ix_call_contact_call", ["call_id", "created_at", "id"], unique=False)

    op.create_table(
        "dossier",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=True),
        sa.Column("format_name", sa.String(), nullable=False),
        sa.Column("format_version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_submitted", sa.Boolean(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("filed_from", sa.String(), nullable=False),
        sa.Column("latest_version_id", sa.String(), nullable=True),
        sa.Column("accepted_version_id", sa.String(), nullable=True),
        sa.Column("versions_count", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(), nullable=True),
        sa.Column("discarded_at", Instant(), nullable=True),
        sa.Column("discarded_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_dossier_call_id_call")),
        sa.ForeignKeyConstraint(
            ["discarded_by"], ["person.id"], name=op.f("fk_dossier_discarded_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_dossier_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["person.id"], name=op.f("fk_dossier_started_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_dossier_organisation_id_id")),
        sa.UniqueConstraint(
            "organisation_id", "reference", name=op.f("uq_dossier_organisation_id_reference")
        ),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dossier_call", ["call_id", "organisation_id", "state"], unique=False
        )

    op.create_table(
        "edition",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("as_of", Instant(), nullable=True),
        sa.Column("title_es", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("agenda_item", sa.String(), nullable=False),
        sa.Column("introduction_es", sa.Text(), nullable=False),
        sa.Column("introduction_en", sa.Text(), nullable=False),
        sa.Column("conclusion_es", sa.Text(), nullable=False),
        sa.Column("conclusion_en", sa.Text(), nullable=False),
        sa.Column("proposals_es", sa.Text(), nullable=False),
        sa.Column("proposals_en", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_edition_call_id_call")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_edition_published_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_edition_call_id_number")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_hash", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_idempotency_key_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index("ix_idempotency_key_created_at", ["created_at"], unique=False)

    op.create_table(
        "routing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("released_id", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recalled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_routing_answered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["released_id"],
            ["released_summary.id"],
            name=op.f("fk_routing_released_id_released_summary"),
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_routing_sent_by_person")),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["organisation.id"], name=op.f("fk_routing_sponsor_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing")),
        sa.UniqueConstraint(
            "released_id", "sponsor_id", name=op.f("uq_routing_released_id_sponsor_id")
        ),
    )
    with op.batch_alter_table("routing", schema=None) as batch_op:
        batch_op.create_index("ix_routing_sponsor", ["sponsor_id", "sent_at"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=True),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("factor_at", Instant(), nullable=True),
        sa.Column("former_hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_sign_in_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("former_hash", name=op.f("uq_sign_in_former_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_person_id", ["person_id"], unique=False)

    op.create_table(
        "factor",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("begun_in", sa.String(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        sa.Column("credential_id", sa.String(), nullable=True),
        sa.Column("credential", sa.LargeBinary(), nullable=True),
        sa.Column("sign_count", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_factor_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_factor_credential_id")),
    )
    with op.batch_alter_table("factor", schema=None) as batch_op:
        batch_op.create_index("ix_factor_person_id", ["person_id"], unique=False)

    op.create_table(
        "factor_code",
        sa.Column("factor_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["factor_id"], ["factor.id"], name=op.f("fk_factor_code_factor_id_factor")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_factor_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("factor_id", "number", name=op.f("pk_factor_code")),
    )
    with op.batch_alter_table("factor_code", schema=None) as batch_op:
        batch_op.create_index("ix_factor_code_person_id", ["person_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_unit_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_unit_organisation_id_id")),
    )
    op.create_table(
        "filing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("filed_name", sa.String(), nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_name", sa.String(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reply_file", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_filing_organisation_id_dossier_id_dossier"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "file_id"], ["attachment.organisation_id", "attachment.id"],
            name=op.f("fk_filing_organisation_id_file_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "reply_file"], ["attachment.organisation_id", "attachment.id"],
            name=op.f("fk_filing_organisation_id_reply_file_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["person.id"], name=op.f("fk_filing_filed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_filing_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_filing_dossier_id")),
    )  # fmt: skip
    op.create_table(
        "filing_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_filing_link_organisation_id_dossier_id_dossier"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_filing_link_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_filing_link_asked_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_filing_link_token_hash")),
    )  # fmt: skip
    with op.batch_alter_table("filing_link", schema=None) as batch_op:
        batch_op.create_index("ix_filing_link_dossier", ["dossier_id", "asked_at"], unique=False)

    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.create_index("ix_filing_filed", ["filed_at", "id"], unique=False)
        batch_op.create_index(
            "ix_filing_organisation_id", ["organisation_id", "state"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("format_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("from_version_id", sa.String(), nullable=True),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("ready_at", Instant(), nullable=True),
        sa.Column("ready_by", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_draft_opened_by_person")
        ),
        sa.ForeignKeyConstraint(["ready_by"], ["person.id"], name=op.f("fk_draft_ready_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id"],
            ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_draft_organisation_id_dossier_id_dossier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_draft_organisation_id_id")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_dossier", ["organisation_id", "dossier_id"], unique=False)
        batch_op.create_index(
            "uq_draft_open",
            ["dossier_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "edition_document",
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_document_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "audience", name=op.f("pk_edition_document")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("note_number", sa.String(), nullable=True),
        sa.Column("note_date", sa.Date(), nullable=True),
        sa.Column("note_file", sa.String(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["person.id"], name=op.f("fk_membership_accepted_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "note_file"],
            ["attachment.organisation_id", "attachment.id"],
            name=op.f("fk_membership_organisation_id_note_file_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_membership_organisation_id_unit_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_membership_organisation_id_id")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "role",
            name=op.f("uq_membership_person_id_organisation_id_role"),
        ),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("note_number", sa.String(), nullable=True),
        sa.Column("note_date", sa.Date(), nullable=True),
        sa.Column("note_file", sa.String(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["person.id"], name=op.f("fk_invitation_accepted_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "note_file"],
            ["attachment.organisation_id", "attachment.id"],
            name=op.f("fk_invitation_organisation_id_note_file_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_invitation_organisation_id_unit_id_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "need",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_need_call_id_call")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "id"],
            ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_need_organisation_id_id_dossier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_need_organisation_id_id")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_call_id"), ["call_id"], unique=False)

    op.create_table(
        "report_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.String(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("as_of", Instant(), nullable=True),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("ready_at", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_report_file_asked_by_person")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_report_file_call_id_call")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_report_file_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
    )
    with op.batch_alter_table("report_file", schema=None) as batch_op:
        batch_op.create_index("uq_report_file_asked_by", ["asked_by"], unique=True)
        batch_op.create_index(
            "uq_report_file_kept",
            ["edition_id", "audience", "lang", "ending"],
            unique=True,
            sqlite_where=sa.text("asked_by IS NULL"),
            postgresql_where=sa.text("asked_by IS NULL"),
        )

    op.create_table(
        "edition_need",
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_need_edition_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_edition_need_need_id_need")
        ),
        sa.PrimaryKeyConstraint("edition_id", "need_id", name=op.f("pk_edition_need")),
    )
    op.create_table(
        "summary_opening",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_summary_opening_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_summary_opening_routing_id_routing")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_summary_opening_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_opening")),
    )
    with op.batch_alter_table("summary_opening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_summary_opening_routing_id"), ["routing_id"], unique=False
        )

    op.create_table(
        "summary_question",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("passed_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_summary_question_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_summary_question_routing_id_routing")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_summary_question_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_question")),
    )
    with op.batch_alter_table("summary_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_summary_question_routing_id"), ["routing_id"], unique=False
        )

    op.create_table(
        "version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("format_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("certified_by", sa.String(), nullable=False),
        sa.Column("certified_name", sa.String(), nullable=False),
        sa.Column("certified_role", sa.String(), nullable=False),
        sa.Column("certified_at", Instant(), nullable=False),
        sa.Column("clearance_office", sa.String(), nullable=True),
        sa.Column("clearance_date", sa.Date(), nullable=True),
        sa.Column("clearance_number", sa.String(), nullable=True),
        sa.Column("clearance_file", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certified_by"], ["person.id"], name=op.f("fk_version_certified_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "clearance_file"],
            ["attachment.organisation_id", "attachment.id"],
            name=op.f("fk_version_organisation_id_clearance_file_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id"],
            ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_version_organisation_id_dossier_id_dossier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_version_dossier_id_number")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_version_organisation_id_id")),
        sa.UniqueConstraint(
            "organisation_id", "receipt", name=op.f("uq_version_organisation_id_receipt")
        ),
    )
    op.create_table(
        "answer",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "draft_id"],
            ["draft.organisation_id", "draft.id"],
            name=op.f("fk_answer_organisation_id_draft_id_draft"),
        ),
        sa.PrimaryKeyConstraint("draft_id", "row_id", "key", name=op.f("pk_answer")),
    )
    op.create_table(
        "answer_row",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "draft_id"],
            ["draft.organisation_id", "draft.id"],
            name=op.f("fk_answer_row_organisation_id_draft_id_draft"),
        ),
        sa.PrimaryKeyConstraint("draft_id", "id", name=op.f("pk_answer_row")),
    )
    with op.batch_alter_table("answer_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_answer_row_draft", ["draft_id", "field", "position"], unique=False
        )

    op.create_table(
        "sheet_row",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_sheet_row_call_id_call")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id"],
            ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_sheet_row_organisation_id_dossier_id_dossier"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "call_id", "mark", name=op.f("pk_sheet_row")),
    )
    op.create_table(
        "presence",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "draft_id"],
            ["draft.organisation_id", "draft.id"],
            name=op.f("fk_presence_organisation_id_draft_id_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")
        ),
        sa.PrimaryKeyConstraint("draft_id", "person_id", "page", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(
            "uq_presence_held",
            ["draft_id", "place"],
            unique=True,
            sqlite_where=sa.text("holds"),
            postgresql_where=sa.text("holds"),
        )

    op.create_table(
        "consent",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("members", sa.String(), nullable=False),
        sa.Column("sponsors", sa.String(), nullable=False),
        sa.Column("withheld", sa.JSON(), nullable=False),
        sa.Column("released", sa.JSON(), nullable=False),
        sa.Column("preview_hash", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_consent_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "version_id"],
            ["version.organisation_id", "version.id"],
            name=op.f("fk_consent_organisation_id_version_id_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_need_id"), ["need_id"], unique=False)

    op.create_table(
        "need_fact",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("themes", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=True),
        sa.Column("duration_band", sa.String(), nullable=False),
        sa.Column("duration_unit", sa.String(), nullable=True),
        sa.Column("duration_count", sa.Integer(), nullable=True),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("not_stated", sa.Integer(), nullable=False),
        sa.Column("course_hours", Hundredths(), nullable=False),
        sa.Column("participant_hours", Hundredths(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_to", sa.Date(), nullable=True),
        sa.Column("group_min", sa.Integer(), nullable=True),
        sa.Column("group_max", sa.Integer(), nullable=True),
        sa.Column("can_host", sa.Boolean(), nullable=True),
        sa.Column("joint_course", sa.Boolean(), nullable=True),
        sa.Column("valid_from", Instant(), nullable=True),
        sa.Column("valid_to", Instant(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "version_id"],
            ["version.organisation_id", "version.id"],
            name=op.f("fk_need_fact_organisation_id_version_id_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_need_fact")),
    )
    with op.batch_alter_table("need_fact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_need_fact_in_force", ["call_id", "valid_from", "valid_to"], unique=False
        )
        batch_op.create_index("ix_need_fact_need", ["need_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_name", sa.String(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_review_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "version_id"],
            ["version.organisation_id", "version.id"],
            name=op.f("fk_review_organisation_id_version_id_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_review_organisation_id_id")),
        sa.UniqueConstraint("version_id", name=op.f("uq_review_version_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "summary",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("preview", sa.Text(), nullable=False),
        sa.Column("preview_hash", sa.String(), nullable=False),
        sa.Column("released_id", sa.String(), nullable=True),
        sa.Column("recall_reason", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "version_id"],
            ["version.organisation_id", "version.id"],
            name=op.f("fk_summary_organisation_id_version_id_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_summary_organisation_id_id")),
        sa.UniqueConstraint("version_id", name=op.f("uq_summary_version_id")),
    )
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_need_id"), ["need_id"], unique=False)

    op.create_table(
        "summary_release",
        sa.Column("released_id", sa.String(), nullable=False),
        sa.Column("summary_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("released_at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "summary_id"],
            ["summary.organisation_id", "summary.id"],
            name=op.f("fk_summary_release_organisation_id_summary_id_summary"),
        ),
        sa.ForeignKeyConstraint(
            ["released_id"],
            ["released_summary.id"],
            name=op.f("fk_summary_release_released_id_released_summary"),
        ),
        sa.PrimaryKeyConstraint("released_id", "summary_id", name=op.f("pk_summary_release")),
    )
    with op.batch_alter_table("summary_release", schema=None) as batch_op:
        batch_op.create_index("ix_summary_release_summary", ["summary_id"], unique=False)

    op.create_table(
        "need_audience",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("not_stated", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["need_fact.version_id"],
            name=op.f("fk_need_audience_version_id_need_fact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "profile", name=op.f("pk_need_audience")),
    )
    op.create_table(
        "need_code",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["need_fact.version_id"],
            name=op.f("fk_need_code_version_id_need_fact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "dimension", "code", name=op.f("pk_need_code")),
    )
    op.create_table(
        "need_cost",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("amount", Hundredths(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["need_fact.version_id"],
            name=op.f("fk_need_cost_version_id_need_fact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "line", name=op.f("pk_need_cost")),
    )
    op.create_table(
        "need_group",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("dissolved_by", sa.String(), nullable=True),
        sa.Column("dissolved_at", Instant(), nullable=True),
        sa.Column("merged_into_id", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_need_group_call_id_call")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_need_group_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["dissolved_by"], ["person.id"], name=op.f("fk_need_group_dissolved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["need_group.id"],
            name=op.f("fk_need_group_merged_into_id_need_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_group")),
    )
    with op.batch_alter_table("need_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_group_call_id"), ["call_id"], unique=False)

    op.create_table(
        "need_group_name",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=False),
        sa.Column("valid_to", Instant(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_need_group_name_by_person")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["need_group.id"], name=op.f("fk_need_group_name_group_id_need_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_group_name")),
    )
    with op.batch_alter_table("need_group_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_group_name_group_id"), ["group_id"], unique=False)

    op.create_table(
        "need_group_member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=False),
        sa.Column("valid_to", Instant(), nullable=True),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_need_group_member_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["need_group.id"], name=op.f("fk_need_group_member_group_id_need_group")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "need_id"],
            ["need.organisation_id", "need.id"],
            name=op.f("fk_need_group_member_organisation_id_need_id_need"),
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["person.id"], name=op.f("fk_need_group_member_removed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_group_member")),
    )
    with op.batch_alter_table("need_group_member", schema=None) as batch_op:
        batch_op.create_index("ix_need_group_member_group", ["group_id"], unique=False)
        batch_op.create_index("ix_need_group_member_need", ["need_id", "valid_from"], unique=False)
        batch_op.create_index(
            "uq_need_group_member_held",
            ["need_id"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )

    op.create_table(
        "group_search",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=True),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("declined", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_group_search_call_id_call")
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_group_search")),
    )
    op.create_table(
        "group_proposal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_group_proposal_call_id_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_proposal")),
    )
    with op.batch_alter_table("group_proposal", schema=None) as batch_op:
        batch_op.create_index("ix_group_proposal_call", ["call_id", "place"], unique=False)

    op.create_table(
        "group_dismissal",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_group_dismissal_by_person")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_group_dismissal_call_id_call")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_group_dismissal")),
    )
    op.create_table(
        "group_proposal_need",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_group_proposal_need_need_id_need")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["group_proposal.id"],
            name=op.f("fk_group_proposal_need_proposal_id_group_proposal"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_group_proposal_need_version_id_version")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "need_id", name=op.f("pk_group_proposal_need")),
    )
    with op.batch_alter_table("group_proposal_need", schema=None) as batch_op:
        batch_op.create_index("ix_group_proposal_need_need", ["need_id"], unique=False)

    op.create_table(
        "review_section",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "review_id"],
            ["review.organisation_id", "review.id"],
            name=op.f("fk_review_section_organisation_id_review_id_review"),
        ),
        sa.PrimaryKeyConstraint("review_id", "section", name=op.f("pk_review_section")),
    )
    op.create_table(
        "group_summary",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("released_id", sa.String(), nullable=True),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("prepared_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["need_group.id"], name=op.f("fk_group_summary_group_id_need_group")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by"], ["person.id"], name=op.f("fk_group_summary_prepared_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_summary")),
    )
    with op.batch_alter_table("group_summary", schema=None) as batch_op:
        batch_op.create_index(
            "uq_group_summary_current",
            ["group_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'ended'"),
            postgresql_where=sa.text("state <> 'ended'"),
        )

    op.create_table(
        "summary_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("summary_id", sa.String(), nullable=False),
        sa.Column("grouping_id", sa.String(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("days_off", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_summary_change_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["grouping_id"],
            ["group_summary.id"],
            name=op.f("fk_summary_change_grouping_id_group_summary"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "summary_id"],
            ["summary.organisation_id", "summary.id"],
            name=op.f("fk_summary_change_organisation_id_summary_id_summary"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_summary_change_proposed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_change")),
    )
    with op.batch_alter_table("summary_change", schema=None) as batch_op:
        batch_op.create_index("ix_summary_change_grouping", ["grouping_id"], unique=False)
        batch_op.create_index("ix_summary_change_summary", ["summary_id"], unique=False)

    op.create_table(
        "non_working_day",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_non_working_day_entered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_non_working_day_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_non_working_day")),
        sa.UniqueConstraint(
            "organisation_id", "day", name=op.f("uq_non_working_day_organisation_id_day")
        ),
    )
    op.create_table(
        "routing_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_routing_answer_answered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_routing_answer_routing_id_routing")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_routing_answer_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_answer")),
    )
    with op.batch_alter_table("routing_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_routing_answer_sponsor", ["sponsor_id", "answered_at"], unique=False
        )

    op.create_table(
        "question_relay",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("passed_by", sa.String(), nullable=False),
        sa.Column("passed_at", Instant(), nullable=False),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("replied_by", sa.String(), nullable=True),
        sa.Column("replied_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["passed_by"], ["person.id"], name=op.f("fk_question_relay_passed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["summary_question.id"],
            name=op.f("fk_question_relay_question_id_summary_question"),
        ),
        sa.ForeignKeyConstraint(
            ["replied_by"], ["person.id"], name=op.f("fk_question_relay_replied_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_question_relay_routing_id_routing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_relay")),
    )
    with op.batch_alter_table("question_relay", schema=None) as batch_op:
        batch_op.create_index(
            "uq_question_relay_waiting",
            ["question_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("ix_question_relay_routing", ["routing_id"], unique=False)
        batch_op.create_index(
            "ix_question_relay_organisation", ["organisation_id", "state"], unique=False
        )

    op.create_table(
        "country_request",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_country_request_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_country_request_routing_id_routing")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_country_request_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_request")),
    )
    with op.batch_alter_table("country_request", schema=None) as batch_op:
        batch_op.create_index(
            "uq_country_request_asked",
            ["routing_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.create_index(
            "ix_country_request_routing", ["routing_id", "asked_at"], unique=False
        )
        batch_op.create_index(
            "ix_country_request_sponsor", ["sponsor_id", "asked_at"], unique=False
        )

    op.create_table(
        "country_decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_country_decision_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["country_request.id"],
            name=op.f("fk_country_decision_request_id_country_request"),
        ),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_country_decision_routing_id_routing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_decision")),
    )
    with op.batch_alter_table("country_decision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_country_decision_routing", ["routing_id", "decided_at"], unique=False
        )

    op.create_table(
        "country_reveal",
        sa.Column("routing_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("revealed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["routing_id"], ["routing.id"], name=op.f("fk_country_reveal_routing_id_routing")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_country_reveal_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("routing_id", "country", name=op.f("pk_country_reveal")),
    )
    with op.batch_alter_table("country_reveal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_country_reveal_sponsor", ["sponsor_id", "revealed_at"], unique=False
        )

    op.create_table(
        "comment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_organisation_id", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("resolved_name", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_comment_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["author_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_comment_author_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["person.id"], name=op.f("fk_comment_resolved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id"],
            ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_comment_organisation_id_dossier_id_dossier"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "dossier_id", "circle", "parent_id"],
            [
                "comment.organisation_id",
                "comment.dossier_id",
                "comment.circle",
                "comment.id",
            ],
            name=op.f("fk_comment_organisation_id_dossier_id_circle_parent_id_comment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_comment_organisation_id_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "dossier_id",
            "circle",
            "id",
            name=op.f("uq_comment_organisation_id_dossier_id_circle_id"),
        ),
    )
    is_open = sa.text("parent_id IS NULL AND resolved_at IS NULL AND withdrawn_at IS NULL")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_dossier", ["dossier_id", "created_at", "id"], unique=False
        )
        batch_op.create_index("ix_comment_parent", ["parent_id", "created_at"], unique=False)
        batch_op.create_index(
            "ix_comment_open",
            ["dossier_id", "section", "field"],
            unique=False,
            sqlite_where=is_open,
            postgresql_where=is_open,
        )

    op.create_table(
        "comment_mention",
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "comment_id"],
            ["comment.organisation_id", "comment.id"],
            name=op.f("fk_comment_mention_organisation_id_comment_id_comment"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_comment_mention_person_id_person")
        ),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_comment_mention")),
    )
    with op.batch_alter_table("comment_mention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_mention_person", ["person_id", "comment_id"], unique=False
        )

    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_calendar_feed_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "organisation_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "family", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("dossier_id", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("is_mailed", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_notice_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "event",
            name=op.f("uq_notice_person_id_organisation_id_event"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_newest", ["person_id", "organisation_id", "at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_notice_unread",
            ["person_id", "organisation_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "offer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("provider_type", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("profiles", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("seats_min", sa.Integer(), nullable=True),
        sa.Column("seats_max", sa.Integer(), nullable=True),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("modalities", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("hours_per_day", sa.Integer(), nullable=True),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_to", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("amount", Hundredths(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("last_spending_on", sa.Date(), nullable=True),
        sa.Column("nomination", sa.String(), nullable=False),
        sa.Column("vetting", sa.String(), nullable=False),
        sa.Column("ratio", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("clearance", sa.String(), nullable=False),
        sa.Column("host_needed", sa.Boolean(), nullable=True),
        sa.Column("materials", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("prior_editions", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("date_known", sa.Boolean(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("named_to_sponsors", sa.Boolean(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("warned_of", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_offer_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_offer_organisation_id_id")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_offer_organisation", ["organisation_id", "changed_at"], unique=False
        )
        batch_op.create_index("ix_offer_state", ["state", "valid_until"], unique=False)

    op.create_table(
        "offer_line",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("amount", Hundredths(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.CheckConstraint(
            "amount IS NULL OR amount >= 0", name=op.f("ck_offer_line_not_below_zero")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "offer_id"],
            ["offer.organisation_id", "offer.id"],
            name=op.f("fk_offer_line_organisation_id_offer_id_offer"),
        ),
        sa.PrimaryKeyConstraint("offer_id", "edition", "line", name=op.f("pk_offer_line")),
    )
    op.create_table(
        "offer_move",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_offer_move_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "offer_id"],
            ["offer.organisation_id", "offer.id"],
            name=op.f("fk_offer_move_organisation_id_offer_id_offer"),
        ),
        sa.PrimaryKeyConstraint("offer_id", "number", name=op.f("pk_offer_move")),
    )
    with op.batch_alter_table("offer_move", schema=None) as batch_op:
        batch_op.create_index("ix_offer_move_at", ["at", "offer_id"], unique=False)

    op.create_table(
        "course",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title_es", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("hours_per_day", Hundredths(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("host_id", sa.String(), nullable=True),
        sa.Column("seats_min", sa.Integer(), nullable=True),
        sa.Column("seats_max", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("countries", sa.Integer(), nullable=False),
        sa.Column("vetting", sa.String(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("replicates_id", sa.String(), nullable=True),
        sa.Column("bundle_id", sa.String(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 0 AND countries >= 0", name=op.f("ck_course_counts")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_course_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_course_host_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["replicates_id"], ["course.id"], name=op.f("fk_course_replicates_id_course")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("reference", name=op.f("uq_course_reference")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index("ix_course_newest", ["created_at", "id"], unique=False)

    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("usd", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_exchange_rate_entered_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rate")),
    )
    with op.batch_alter_table("exchange_rate", schema=None) as batch_op:
        batch_op.create_index("ix_exchange_rate_currency", ["currency", "day"], unique=False)

    op.create_table(
        "course_component",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_es", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("hours", Hundredths(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_component_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["organisation.id"],
            name=op.f("fk_course_component_provider_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("course_id", "position", name=op.f("pk_course_component")),
    )
    op.create_table(
        "course_cost",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("amount", Hundredths(), nullable=False),
        sa.Column("per_participant", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_course_cost_amount")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_cost_course_id_course")
        ),
        sa.PrimaryKeyConstraint("course_id", "line", name=op.f("pk_course_cost")),
    )
    op.create_table(
        "course_invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("countries_asked_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("pledges_closed_at", Instant(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("remains", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_invitation_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["person.id"], name=op.f("fk_course_invitation_sent_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_course_invitation_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_invitation")),
        sa.UniqueConstraint(
            "course_id", "sponsor_id", name=op.f("uq_course_invitation_course_id_sponsor_id")
        ),
    )
    with op.batch_alter_table("course_invitation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_course_invitation_sponsor", ["sponsor_id", "sent_at"], unique=False
        )

    op.create_table(
        "course_country_word",
        sa.Column("invitation_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["course_invitation.id"],
            name=op.f("fk_course_country_word_invitation_id_course_invitation"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_country_word_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["person.id"], name=op.f("fk_course_country_word_said_by_person")
        ),
        sa.PrimaryKeyConstraint(
            "invitation_id", "organisation_id", name=op.f("pk_course_country_word")
        ),
    )
    op.create_table(
        "course_country_told",
        sa.Column("invitation_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("sponsor_id", sa.String(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["course_invitation.id"],
            name=op.f("fk_course_country_told_invitation_id_course_invitation"),
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"],
            ["organisation.id"],
            name=op.f("fk_course_country_told_sponsor_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("invitation_id", "country", name=op.f("pk_course_country_told")),
    )
    op.create_table(
        "course_part",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("said_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_part_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_part_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["person.id"], name=op.f("fk_course_part_said_by_person")
        ),
        sa.PrimaryKeyConstraint("course_id", "organisation_id", name=op.f("pk_course_part")),
    )
    op.create_table(
        "course_host_word",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_host_word_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_host_word_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["person.id"], name=op.f("fk_course_host_word_said_by_person")
        ),
        sa.PrimaryKeyConstraint("course_id", "organisation_id", name=op.f("pk_course_host_word")),
    )
    op.create_table(
        "course_role",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_role_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_role_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint(
            "course_id", "role", "organisation_id", name=op.f("pk_course_role")
        ),
    )
    op.create_table(
        "course_sheet",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("released_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_sheet_course_id_course")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_sheet")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_sheet_course_id_number")),
    )
    op.create_table(
        "course_split",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_split_course_id_course")
        ),
        sa.PrimaryKeyConstraint("course_id", "line", "payer", name=op.f("pk_course_split")),
    )
    op.create_table(
        "course_standing",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("cost", Hundredths(), nullable=False),
        sa.Column("funded", Hundredths(), nullable=False),
        sa.Column("promised", Hundredths(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint("funded + promised <= cost", name=op.f("ck_course_standing_room")),
        sa.CheckConstraint("funded >= 0 AND promised >= 0", name=op.f("ck_course_standing_parts")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_standing_course_id_course")
        ),
        sa.PrimaryKeyConstraint("course_id", "line", name=op.f("pk_course_standing")),
    )
    op.create_table(
        "course_standing_change",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cost", Hundredths(), nullable=False),
        sa.Column("funded", Hundredths(), nullable=False),
        sa.Column("promised", Hundredths(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_standing_change_course_id_course")
        ),
        sa.PrimaryKeyConstraint(
            "course_id", "line", "number", name=op.f("pk_course_standing_change")
        ),
    )
    op.create_table(
        "course_need",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=False),
        sa.Column("valid_to", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_course_need_call_id_call")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_need_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["dossier.id"], name=op.f("fk_course_need_need_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_need")),
    )
    with op.batch_alter_table("course_need", schema=None) as batch_op:
        batch_op.create_index("ix_course_need_call", ["call_id"], unique=False)
        batch_op.create_index(
            "uq_course_need_now",
            ["course_id", "need_id"],
            unique=True,
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )

    op.create_table(
        "pledge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_pledge_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_pledge_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pledge_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.create_index("ix_pledge_organisation", ["organisation_id"], unique=False)
        batch_op.create_index("ix_pledge_stale", ["state", "expires_on"], unique=False)
        batch_op.create_index(
            "uq_pledge_undecided",
            ["course_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('interest', 'offered', 'returned', 'accepted')"),
            postgresql_where=sa.text("state IN ('interest', 'offered', 'returned', 'accepted')"),
        )

    op.create_table(
        "course_seat",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_course_seat_seats")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_seat_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "need_id"],
            ["need.organisation_id", "need.id"],
            name=op.f("fk_course_seat_organisation_id_need_id_need"),
        ),
        sa.PrimaryKeyConstraint("course_id", "need_id", name=op.f("pk_course_seat")),
    )
    with op.batch_alter_table("course_seat", schema=None) as batch_op:
        batch_op.create_index("ix_course_seat_need", ["need_id"], unique=False)
        batch_op.create_index("ix_course_seat_organisation", ["organisation_id"], unique=False)

    op.create_table(
        "pledge_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pledge_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("amount", Hundredths(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("rate_day", sa.Date(), nullable=True),
        sa.Column("usd", Hundredths(), nullable=False),
        sa.CheckConstraint("amount > 0 AND usd > 0", name=op.f("ck_pledge_line_amounts")),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_line_pledge_id_pledge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_line")),
        sa.UniqueConstraint(
            "pledge_id",
            "round",
            "line",
            "form",
            name=op.f("uq_pledge_line_pledge_id_round_line_form"),
        ),
    )
    op.create_table(
        "pledge_move",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pledge_id", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_move_pledge_id_pledge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_move")),
    )
    with op.batch_alter_table("pledge_move", schema=None) as batch_op:
        batch_op.create_index("ix_pledge_move_pledge", ["pledge_id", "at"], unique=False)

    op.create_table(
        "pledge_review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pledge_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_pledge_review_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_pledge_review_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_review_pledge_id_pledge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_review")),
        sa.UniqueConstraint(
            "pledge_id",
            "round",
            "organisation_id",
            name=op.f("uq_pledge_review_pledge_id_round_organisation_id"),
        ),
    )
    op.create_table(
        "match_weights",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=True),
        sa.Column("set_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_match_weights_set_by_person")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_match_weights")),
    )
    weights = sa.table(
        "match_weights",
        sa.column("version"),
        sa.column("weights", sa.JSON()),
        sa.column("note"),
    )
    points = {
        "theme": 30,
        "profile": 15,
        "level": 5,
        "language": 10,
        "window": 10,
        "seats": 10,
        "eligibility": 5,
        "costs": 10,
        "modality": 5,
        "validity": 0,
    }
    first = {"points": points, "not_stated": 50}
    op.bulk_insert(weights, [{"version": 1, "weights": first, "note": ""}])
    op.create_table(
        "match_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("weights_version", sa.Integer(), nullable=False),
        sa.Column("inputs_digest", sa.String(), nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_match_run_made_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["weights_version"],
            ["match_weights.version"],
            name=op.f("fk_match_run_weights_version_match_weights"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index(
            "ix_match_run_subject", ["subject_kind", "subject_id", "made_at"], unique=False
        )

    op.create_table(
        "bundle",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("gist", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ready_at", Instant(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_bundle_call_id_call")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_bundle_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    with op.batch_alter_table("bundle", schema=None) as batch_op:
        batch_op.create_index("ix_bundle_newest", ["made_at", "id"], unique=False)

    op.create_table(
        "bundle_adoption",
        sa.Column("bundle_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("host_offer_id", sa.String(), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("payments", sa.JSON(), nullable=False),
        sa.Column("adopted_by", sa.String(), nullable=False),
        sa.Column("adopted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adopted_by"], ["person.id"], name=op.f("fk_bundle_adoption_adopted_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_adoption_bundle_id_bundle")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_bundle_adoption_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["host_offer_id"], ["offer.id"], name=op.f("fk_bundle_adoption_host_offer_id_offer")
        ),
        sa.PrimaryKeyConstraint("bundle_id", "place", name=op.f("pk_bundle_adoption")),
        sa.UniqueConstraint("course_id", name=op.f("uq_bundle_adoption_course_id")),
    )
    op.create_table(
        "cost_basis",
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("amount", Hundredths(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_cost_basis_amount")),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_cost_basis_set_by_person")
        ),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_cost_basis")),
    )
    op.create_table(
        "year_figure",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("year", "what", name=op.f("pk_year_figure")),
    )
    op.create_table(
        "attendance",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("not_stated", sa.Integer(), nullable=False),
        sa.Column("finished_women", sa.Integer(), nullable=False),
        sa.Column("finished_men", sa.Integer(), nullable=False),
        sa.Column("finished_not_stated", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "finished_women <= women AND finished_men <= men AND finished_not_stated <= not_stated",
            name=op.f("ck_attendance_finished"),
        ),
        sa.CheckConstraint(
            "finished_women >= 0 AND finished_men >= 0 AND finished_not_stated >= 0",
            name=op.f("ck_attendance_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_attendance_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attendance_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_attendance_recorded_by_person")
        ),
        sa.PrimaryKeyConstraint("course_id", "organisation_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "course_evaluation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question_es", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("before_answers", sa.Integer(), nullable=False),
        sa.Column("before_average", Hundredths(), nullable=True),
        sa.Column("before_counts", sa.JSON(), nullable=True),
        sa.Column("after_answers", sa.Integer(), nullable=False),
        sa.Column("after_average", Hundredths(), nullable=True),
        sa.Column("after_counts", sa.JSON(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "before_answers >= 0 AND after_answers >= 0", name=op.f("ck_course_evaluation_answers")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_evaluation_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_course_evaluation_recorded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_evaluation")),
    )
    with op.batch_alter_table("course_evaluation", schema=None) as batch_op:
        batch_op.create_index("ix_course_evaluation_course", ["course_id"], unique=False)

    op.create_table(
        "course_replication",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_course_replication_participants")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_replication_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_course_replication_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_course_replication_recorded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_replication")),
    )
    with op.batch_alter_table("course_replication", schema=None) as batch_op:
        batch_op.create_index(
            "ix_course_replication_course", ["course_id", "held_on"], unique=False
        )

    op.create_table(
        "course_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("topic_es", sa.String(), nullable=False),
        sa.Column("topic_en", sa.String(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_course_session_hours")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_session_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["organisation.id"],
            name=op.f("fk_course_session_provider_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_session")),
    )
    with op.batch_alter_table("course_session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_course_session_course", ["course_id", "day", "starts"], unique=False
        )

    op.create_table(
        "course_step",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_step_course_id_course")
        ),
        sa.PrimaryKeyConstraint("course_id", "verb", name=op.f("pk_course_step")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "reminders >= 0 AND reminders <= 2", name=op.f("ck_follow_up_reminders")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_follow_up_answered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_follow_up_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_follow_up_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint(
            "course_id", "organisation_id", name=op.f("uq_follow_up_course_id_organisation_id")
        ),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(
            "ix_follow_up_organisation", ["organisation_id", "answered_at"], unique=False
        )

    op.create_table(
        "nomination",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("host_told", sa.Boolean(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_nomination_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_nomination_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["person.id"], name=op.f("fk_nomination_sent_by_person")
        ),
        sa.PrimaryKeyConstraint("course_id", "organisation_id", name=op.f("pk_nomination")),
    )
    op.create_table(
        "nomination_row",
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("not_stated", sa.Integer(), nullable=False),
        sa.CheckConstraint("women + men + not_stated > 0", name=op.f("ck_nomination_row_somebody")),
        sa.CheckConstraint(
            "women >= 0 AND men >= 0 AND not_stated >= 0", name=op.f("ck_nomination_row_counts")
        ),
        sa.ForeignKeyConstraint(
            ["course_id", "organisation_id"],
            ["nomination.course_id", "nomination.organisation_id"],
            name=op.f("fk_nomination_row_course_id_organisation_id_nomination"),
        ),
        sa.PrimaryKeyConstraint(
            "course_id", "organisation_id", "position", name=op.f("pk_nomination_row")
        ),
    )
    op.create_table(
        "master_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("introduced_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_key")),
    )
    op.create_table(
        "organisation_key",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("master_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["master_id"], ["master_key.id"], name=op.f("fk_organisation_key_master_id_master_key")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_key_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "version", name=op.f("pk_organisation_key")),
    )
    op.create_table(
        "record_key",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("destroyed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "record_id", name=op.f("pk_record_key")),
    )
    op.create_table(
        "wrapped_key",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("organisation_key_version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "organisation_key_version"],
            ["organisation_key.organisation_id", "organisation_key.version"],
            name=op.f("fk_wrapped_key_organisation_key"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "record_id"],
            ["record_key.organisation_id", "record_key.record_id"],
            name=op.f("fk_wrapped_key_organisation_id_record_id_record_key"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "record_id", name=op.f("pk_wrapped_key")),
    )
    with op.batch_alter_table("wrapped_key", schema=None) as batch_op:
        batch_op.create_index(
            "ix_wrapped_key_version", ["organisation_id", "organisation_key_version"], unique=False
        )

    op.create_table(
        "erasure",
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.Column("erased_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "record_id", name=op.f("pk_erasure")),
    )

    op.create_table(
        "format_opt_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("format_name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_in", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_format_opt_in_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["person.id"], name=op.f("fk_format_opt_in_said_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_format_opt_in")),
        sa.UniqueConstraint(
            "organisation_id",
            "format_name",
            "number",
            name=op.f("uq_format_opt_in_organisation_id_format_name_number"),
        ),
    )
    op.create_table(
        "format_standing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("format_name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_format_standing_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_format_standing")),
        sa.UniqueConstraint(
            "format_name",
            "version",
            "number",
            name=op.f("uq_format_standing_format_name_version_number"),
        ),
    )
    op.create_table(
        "reservation_text",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_name", sa.String(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_reservation_text_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_reservation_text_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation_text")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_reservation_text_organisation_id_id")
        ),
        sa.UniqueConstraint(
            "series_id", "version", name=op.f("uq_reservation_text_series_id_version")
        ),
    )
    with op.batch_alter_table("reservation_text", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reservation_text_organisation", ["organisation_id", "written_at"], unique=False
        )

    op.create_table(
        "reservation_rule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("counterparts", sa.JSON(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("mask", sa.String(), nullable=True),
        sa.Column("discloses", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_name", sa.String(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_name", sa.String(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_reservation_rule_ended_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "text_id"],
            ["reservation_text.organisation_id", "reservation_text.id"],
            name=op.f("fk_reservation_rule_organisation_id_text_id_reservation_text"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_reservation_rule_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation_rule")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_reservation_rule_organisation_id_id")
        ),
        sa.UniqueConstraint(
            "series_id", "version", name=op.f("uq_reservation_rule_series_id_version")
        ),
    )
    with op.batch_alter_table("reservation_rule", schema=None) as batch_op:
        batch_op.create_index("ix_reservation_rule_country", ["country", "state"], unique=False)
        batch_op.create_index(
            "ix_reservation_rule_organisation", ["organisation_id", "state"], unique=False
        )

    op.create_table(
        "exchange",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("answers_id", sa.String(), nullable=True),
        sa.Column("is_exercise", sa.Boolean(), nullable=False),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("retention_until", sa.Date(), nullable=True),
        sa.Column("hides_recipients", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.Column("recalled_at", Instant(), nullable=True),
        sa.Column("recall_reason", sa.String(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closing_outcome", sa.String(), nullable=True),
        sa.Column("closing_reason", sa.String(), nullable=False),
        sa.Column("warned_days", sa.Integer(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.Column("tombstone", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_exchange_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "id"],
            ["dossier.organisation_id", "dossier.id"],
            name=op.f("fk_exchange_organisation_id_id_dossier"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_exchange_organisation_id_unit_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["person.id"], name=op.f("fk_exchange_released_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_exchange_organisation_id_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_exchange_reference")),
    )
    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.create_index("ix_exchange_retention", ["retention_until"], unique=False)
        batch_op.create_index("ix_exchange_thread", ["thread_id"], unique=False)
        batch_op.create_index(
            "ix_exchange_unit", ["organisation_id", "unit_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "addressee",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("exchange_id", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("forwarded_by_id", sa.String(), nullable=True),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("released", sa.String(), nullable=False),
        sa.Column("access_until", sa.Date(), nullable=True),
        sa.Column("warned_days", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("queued_at", Instant(), nullable=False),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["forwarded_by_id"],
            ["addressee.id"],
            name=op.f("fk_addressee_forwarded_by_id_addressee"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_addressee_organisation_id_unit_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_addressee_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_id", "exchange_id"],
            ["exchange.organisation_id", "exchange.id"],
            name=op.f("fk_addressee_sender_id_exchange_id_exchange"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["organisation.id"], name=op.f("fk_addressee_sender_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
        sa.UniqueConstraint(
            "exchange_id", "unit_id", name=op.f("uq_addressee_exchange_id_unit_id")
        ),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_addressee_organisation_id_id")),
    )
    with op.batch_alter_table("addressee", schema=None) as batch_op:
        batch_op.create_index("ix_addressee_access", ["access_until"], unique=False)
        batch_op.create_index(
            "ix_addressee_unit", ["organisation_id", "unit_id", "queued_at", "id"], unique=False
        )

    op.create_table(
        "delivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("addressee_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("format_version", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("outside", sa.String(), nullable=False),
        sa.Column("delivered_at", Instant(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "addressee_id"],
            ["addressee.organisation_id", "addressee.id"],
            name=op.f("fk_delivery_organisation_id_addressee_id_addressee"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("addressee_id", "number", name=op.f("uq_delivery_addressee_id_number")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_delivery_organisation_id_id")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("addressee_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["addressee_id"], ["addressee.id"], name=op.f("fk_receipt_addressee_id_addressee")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_receipt_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("addressee_id", "number", name=op.f("uq_receipt_addressee_id_number")),
    )
    op.create_table(
        "delivery_sealed",
        sa.Column("delivery_id", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("klass", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "delivery_id"],
            ["delivery.organisation_id", "delivery.id"],
            name=op.f("fk_delivery_sealed_organisation_id_delivery_id_delivery"),
        ),
        sa.PrimaryKeyConstraint("delivery_id", "row_id", "key", name=op.f("pk_delivery_sealed")),
    )
    op.create_table(
        "version_sealed",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("klass", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "version_id"],
            ["version.organisation_id", "version.id"],
            name=op.f("fk_version_sealed_organisation_id_version_id_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "row_id", "key", name=op.f("pk_version_sealed")),
    )
    op.create_table(
        "case_follow_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pair_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("exchange_id", sa.String(), nullable=True),
        sa.Column("addressee_id", sa.String(), nullable=True),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("with_label", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_days", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_case_follow_up_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_case_follow_up_opened_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "addressee_id"],
            ["addressee.organisation_id", "addressee.id"],
            name=op.f("fk_case_follow_up_organisation_id_addressee_id_addressee"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "exchange_id"],
            ["exchange.organisation_id", "exchange.id"],
            name=op.f("fk_case_follow_up_organisation_id_exchange_id_exchange"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "unit_id"],
            ["unit.organisation_id", "unit.id"],
            name=op.f("fk_case_follow_up_organisation_id_unit_id_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_follow_up")),
        sa.UniqueConstraint(
            "addressee_id",
            "unit_id",
            "row_id",
            "kind",
            name=op.f("uq_case_follow_up_addressee_id_unit_id_row_id_kind"),
        ),
        sa.UniqueConstraint(
            "exchange_id",
            "unit_id",
            "row_id",
            "kind",
            name=op.f("uq_case_follow_up_exchange_id_unit_id_row_id_kind"),
        ),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_case_follow_up_organisation_id_id")
        ),
    )
    with op.batch_alter_table("case_follow_up", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_follow_up_due", ["organisation_id", "unit_id", "due_on", "id"], unique=False
        )

    op.create_table(
        "case_follow_up_step",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("follow_up_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("klass", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["person.id"], name=op.f("fk_case_follow_up_step_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "follow_up_id"],
            ["case_follow_up.organisation_id", "case_follow_up.id"],
            name="fk_case_follow_up_step_case_follow_up",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_follow_up_step")),
        sa.UniqueConstraint(
            "follow_up_id", "number", name=op.f("uq_case_follow_up_step_follow_up_id_number")
        ),
    )
    op.create_table(
        "case_follow_up_handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("follow_up_id", sa.String(), nullable=False),
        sa.Column("exchange_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("taken_over_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_case_follow_up_handover_begun_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "exchange_id"],
            ["exchange.organisation_id", "exchange.id"],
            name="fk_case_follow_up_handover_exchange",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "follow_up_id"],
            ["case_follow_up.organisation_id", "case_follow_up.id"],
            name="fk_case_follow_up_handover_case_follow_up",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_follow_up_handover")),
        sa.UniqueConstraint("exchange_id", name=op.f("uq_case_follow_up_handover_exchange_id")),
    )
    with op.batch_alter_table("case_follow_up_handover", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_follow_up_handover_follow_up", ["follow_up_id"], unique=False
        )
    op.create_table(
        "sealed_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("klass", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_sealed_file_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_sealed_file_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_file")),
        sa.UniqueConstraint(
            "organisation_id", "id", name=op.f("uq_sealed_file_organisation_id_id")
        ),
    )
    with op.batch_alter_table("sealed_file", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sealed_file_record", ["organisation_id", "record_id"], unique=False
        )

    op.create_table(
        "file_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("sign_in_id", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id", "file_id"],
            ["sealed_file.organisation_id", "sealed_file.id"],
            name=op.f("fk_file_link_organisation_id_file_id_sealed_file"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_file_link_person_id_person")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_file_link")),
    )

    op.create_table(
        "case_erasure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("exchange_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_name", sa.String(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_name", sa.String(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by",
            name=op.f("ck_case_erasure_by_two"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_case_erasure_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "exchange_id"],
            ["exchange.organisation_id", "exchange.id"],
            name="fk_case_erasure_exchange",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_case_erasure_proposed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_erasure")),
    )
    with op.batch_alter_table("case_erasure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_erasure_exchange",
            ["organisation_id", "exchange_id", "proposed_at"],
            unique=False,
        )
        batch_op.create_index(
            "uq_case_erasure_open",
            ["exchange_id"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )


def downgrade():
    with op.batch_alter_table("case_erasure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_case_erasure_open",
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )
        batch_op.drop_index("ix_case_erasure_exchange")

    op.drop_table("case_erasure")
    op.drop_table("file_link")
    with op.batch_alter_table("sealed_file", schema=None) as batch_op:
        batch_op.drop_index("ix_sealed_file_record")

    op.drop_table("sealed_file")
    with op.batch_alter_table("case_follow_up_handover", schema=None) as batch_op:
        batch_op.drop_index("ix_case_follow_up_handover_follow_up")

    op.drop_table("case_follow_up_handover")
    op.drop_table("case_follow_up_step")
    with op.batch_alter_table("case_follow_up", schema=None) as batch_op:
        batch_op.drop_index("ix_case_follow_up_due")

    op.drop_table("case_follow_up")
    op.drop_table("version_sealed")
    op.drop_table("erasure")
    with op.batch_alter_table("wrapped_key", schema=None) as batch_op:
        batch_op.drop_index("ix_wrapped_key_version")

    op.drop_table("wrapped_key")
    op.drop_table("record_key")
    op.drop_table("organisation_key")
    op.drop_table("master_key")
    op.drop_table("delivery_sealed")
    op.drop_table("receipt")
    op.drop_table("delivery")
    with op.batch_alter_table("addressee", schema=None) as batch_op:
        batch_op.drop_index("ix_addressee_unit")
        batch_op.drop_index("ix_addressee_access")

    op.drop_table("addressee")
    with op.batch_alter_table("exchange", schema=None) as batch_op:
        batch_op.drop_index("ix_exchange_unit")
        batch_op.drop_index("ix_exchange_thread")
        batch_op.drop_index("ix_exchange_retention")

    op.drop_table("exchange")
    with op.batch_alter_table("reservation_rule", schema=None) as batch_op:
        batch_op.drop_index("ix_reservation_rule_organisation")
        batch_op.drop_index("ix_reservation_rule_country")

    op.drop_table("reservation_rule")
    with op.batch_alter_table("reservation_text", schema=None) as batch_op:
        batch_op.drop_index("ix_reservation_text_organisation")

    op.drop_table("reservation_text")
    op.drop_table("format_standing")
    op.drop_table("format_opt_in")

    op.drop_table("nomination_row")
    op.drop_table("nomination")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index("ix_follow_up_organisation")

    op.drop_table("follow_up")
    op.drop_table("course_step")
    with op.batch_alter_table("course_session", schema=None) as batch_op:
        batch_op.drop_index("ix_course_session_course")

    op.drop_table("course_session")
    with op.batch_alter_table("course_replication", schema=None) as batch_op:
        batch_op.drop_index("ix_course_replication_course")

    op.drop_table("course_replication")
    with op.batch_alter_table("course_evaluation", schema=None) as batch_op:
        batch_op.drop_index("ix_course_evaluation_course")

    op.drop_table("course_evaluation")
    op.drop_table("attendance")
    op.drop_table("year_figure")
    op.drop_table("cost_basis")
    op.drop_table("bundle_adoption")
    with op.batch_alter_table("bundle", schema=None) as batch_op:
        batch_op.drop_index("ix_bundle_newest")

    op.drop_table("bundle")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index("ix_match_run_subject")

    op.drop_table("match_run")
    op.drop_table("match_weights")
    op.drop_table("pledge_review")
    with op.batch_alter_table("pledge_move", schema=None) as batch_op:
        batch_op.drop_index("ix_pledge_move_pledge")

    op.drop_table("pledge_move")
    op.drop_table("pledge_line")
    with op.batch_alter_table("course_seat", schema=None) as batch_op:
        batch_op.drop_index("ix_course_seat_organisation")
        batch_op.drop_index("ix_course_seat_need")

    op.drop_table("course_seat")
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pledge_undecided",
            sqlite_where=sa.text("state IN ('interest', 'offered', 'returned', 'accepted')"),
            postgresql_where=sa.text("state IN ('interest', 'offered', 'returned', 'accepted')"),
        )
        batch_op.drop_index("ix_pledge_stale")
        batch_op.drop_index("ix_pledge_organisation")

    op.drop_table("pledge")
    with op.batch_alter_table("course_need", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_course_need_now",
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )
        batch_op.drop_index("ix_course_need_call")

    op.drop_table("course_need")
    op.drop_table("course_standing_change")
    op.drop_table("course_standing")
    op.drop_table("course_split")
    op.drop_table("course_sheet")
    op.drop_table("course_role")
    op.drop_table("course_part")
    op.drop_table("course_country_told")
    op.drop_table("course_country_word")
    op.drop_table("course_host_word")
    with op.batch_alter_table("course_invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_course_invitation_sponsor")

    op.drop_table("course_invitation")
    op.drop_table("course_cost")
    op.drop_table("course_component")
    with op.batch_alter_table("exchange_rate", schema=None) as batch_op:
        batch_op.drop_index("ix_exchange_rate_currency")

    op.drop_table("exchange_rate")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index("ix_course_newest")

    op.drop_table("course")
    with op.batch_alter_table("offer_move", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_move_at")

    op.drop_table("offer_move")
    op.drop_table("offer_line")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_state")
        batch_op.drop_index("ix_offer_organisation")

    op.drop_table("offer")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_unread")
        batch_op.drop_index("ix_notice_newest")

    op.drop_table("notice")
    op.drop_table("mail_choice")
    op.drop_table("calendar_feed")
    with op.batch_alter_table("comment_mention", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_mention_person")

    op.drop_table("comment_mention")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_open")
        batch_op.drop_index("ix_comment_parent")
        batch_op.drop_index("ix_comment_dossier")

    op.drop_table("comment")
    op.drop_table("country_reveal")
    op.drop_table("country_decision")
    op.drop_table("country_request")
    op.drop_table("question_relay")
    op.drop_table("routing_answer")
    op.drop_table("non_working_day")
    with op.batch_alter_table("summary_change", schema=None) as batch_op:
        batch_op.drop_index("ix_summary_change_summary")
        batch_op.drop_index("ix_summary_change_grouping")

    op.drop_table("summary_change")
    with op.batch_alter_table("group_summary", schema=None) as batch_op:
        batch_op.drop_index("uq_group_summary_current")

    op.drop_table("group_summary")
    op.drop_table("review_section")
    with op.batch_alter_table("group_proposal_need", schema=None) as batch_op:
        batch_op.drop_index("ix_group_proposal_need_need")

    op.drop_table("group_proposal_need")
    op.drop_table("group_dismissal")
    with op.batch_alter_table("group_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_group_proposal_call")

    op.drop_table("group_proposal")
    op.drop_table("group_search")
    with op.batch_alter_table("need_group_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_need_group_member_held",
            sqlite_where=sa.text("valid_to IS NULL"),
            postgresql_where=sa.text("valid_to IS NULL"),
        )
        batch_op.drop_index("ix_need_group_member_need")
        batch_op.drop_index("ix_need_group_member_group")

    op.drop_table("need_group_member")
    with op.batch_alter_table("need_group_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_group_name_group_id"))

    op.drop_table("need_group_name")
    with op.batch_alter_table("need_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_group_call_id"))

    op.drop_table("need_group")
    op.drop_table("need_cost")
    op.drop_table("need_code")
    op.drop_table("need_audience")
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_need_id"))

    with op.batch_alter_table("summary_release", schema=None) as batch_op:
        batch_op.drop_index("ix_summary_release_summary")

    op.drop_table("summary_release")
    op.drop_table("summary")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_dossier_id"))

    op.drop_table("review")
    with op.batch_alter_table("need_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_need_fact_need")
        batch_op.drop_index("ix_need_fact_in_force")

    op.drop_table("need_fact")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_need_id"))

    op.drop_table("consent")
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_presence_held",
            sqlite_where=sa.text("holds"),
            postgresql_where=sa.text("holds"),
        )

    op.drop_table("presence")
    op.drop_table("sheet_row")
    with op.batch_alter_table("answer_row", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_row_draft")

    op.drop_table("answer_row")
    op.drop_table("answer")
    op.drop_table("version")
    op.drop_table("edition_need")
    with op.batch_alter_table("report_file", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_report_file_kept",
            sqlite_where=sa.text("asked_by IS NULL"),
            postgresql_where=sa.text("asked_by IS NULL"),
        )
        batch_op.drop_index("uq_report_file_asked_by")

    op.drop_table("report_file")
    with op.batch_alter_table("summary_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_question_routing_id"))

    op.drop_table("summary_question")
    with op.batch_alter_table("summary_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_opening_routing_id"))

    op.drop_table("summary_opening")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_call_id"))

    op.drop_table("need")
    op.drop_table("invitation")
    op.drop_table("membership")
    op.drop_table("edition_document")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_draft_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_draft_dossier")

    op.drop_table("draft")
    op.drop_table("unit")
    with op.batch_alter_table("factor_code", schema=None) as batch_op:
        batch_op.drop_index("ix_factor_code_person_id")

    op.drop_table("factor_code")
    with op.batch_alter_table("factor", schema=None) as batch_op:
        batch_op.drop_index("ix_factor_person_id")

    op.drop_table("factor")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_person_id")

    op.drop_table("sign_in")
    with op.batch_alter_table("routing", schema=None) as batch_op:
        batch_op.drop_index("ix_routing_sponsor")

    op.drop_table("routing")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index("ix_idempotency_key_created_at")

    op.drop_table("idempotency_key")
    op.drop_table("edition")
    with op.batch_alter_table("filing_link", schema=None) as batch_op:
        batch_op.drop_index("ix_filing_link_dossier")

    op.drop_table("filing_link")
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.drop_index("ix_filing_organisation_id")
        batch_op.drop_index("ix_filing_filed")

    op.drop_table("filing")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index("ix_dossier_call")

    op.drop_table("dossier")
    with op.batch_alter_table("call_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_call_contact_call")

    op.drop_table("call_contact")
    op.drop_table("call_invitation")
    with op.batch_alter_table("call_taken_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_taken_back_call_id"))

    op.drop_table("call_taken_back")
    with op.batch_alter_table("call_extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_extension_call_id"))

    op.drop_table("call_extension")
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.drop_index("ix_sheet_upload_state")
        batch_op.drop_index("ix_sheet_upload_of")

    op.drop_table("sheet_upload")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_subject")

    op.drop_table("attachment")
    op.drop_table("released_summary")
    op.drop_table("person")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_due")

    op.drop_table("outbox_message")
    op.drop_table("organisation")
    op.drop_table("limit_counter")
    op.drop_table("installation")
    op.drop_table("format_version")
    op.drop_table("delivered_mail")
    op.drop_table("call")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_subject")

    op.drop_table("audit_event")
