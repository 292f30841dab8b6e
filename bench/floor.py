"""What is the smallest honest Flask program for the same work?

A form of fifteen fields with CSRF and a signed-in user, rendered by WTForms widgets; a POST that
validates and commits one row and one audit row. No layout, no languages, no walls, no history.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import UTC, datetime

from flask import Flask, render_template, request, session
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import event
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

YES_NO = [("yes", "Yes"), ("no", "No")]
MODALITIES = [(str(n), f"Modality {n}") for n in range(8)]
LANGUAGES = [(str(n), f"Language {n}") for n in range(9)]


class Form(FlaskForm):
    """Fifteen fields of the kinds of Enlace's section on when, where and how."""

    modality = SelectField("Modality", choices=MODALITIES, validators=[Optional()])
    languages = SelectMultipleField(
        "Languages", choices=LANGUAGES, option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False), validators=[Optional()],
    )  # fmt: skip
    interpretation = RadioField("Interpretation", choices=YES_NO, validators=[Optional()])
    interpretation_detail = StringField("Which", validators=[Length(max=200)])
    window_from = DateField("From", validators=[Optional()])
    window_to = DateField("To", validators=[Optional()])
    blocked = StringField("Blocked dates", validators=[Length(max=500)])
    group_min = IntegerField("Smallest group", validators=[Optional()])
    group_max = IntegerField("Largest group", validators=[Optional()])
    place = StringField("Place", validators=[Length(max=200)])
    can_host = RadioField("Can host", choices=YES_NO, validators=[Optional()])
    host_offer = TextAreaField("What the host offers", validators=[Length(max=4000)])
    accessibility = TextAreaField("Accessibility", validators=[Length(max=4000)])
    childcare = RadioField("Childcare", choices=YES_NO, validators=[Optional()])
    gender = StringField("Balance", validators=[Length(max=200)])


PAGE = """<!doctype html><html lang="en"><head><title>Form</title></head><body>
<p>Signed in as {{ user.name }}</p>
<form method="post">{{ form.hidden_tag() }}
{% for field in form if field.name != "csrf_token" %}<div>{{ field.label }}
{% for error in field.errors %}<p>{{ error }}</p>{% endfor %}{{ field }}</div>{% endfor %}
<button>Save</button></form></body></html>"""

app = Flask(__name__)
FORM_PAGE = app.jinja_env.from_string(PAGE)  # once, as a file of templates/ would be
app.secret_key = "the floor's secret, of no use elsewhere"
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["FLOOR_DATABASE_URL"]
app.config["WTF_CSRF_TIME_LIMIT"] = None
db = SQLAlchemy(app)
CSRFProtect(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, nullable=False)


class Row(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, nullable=False)
    answers = db.Column(db.Text, nullable=False)
    saved_at = db.Column(db.DateTime(timezone=True), nullable=False)


class Audit(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, nullable=False)
    what = db.Column(db.String, nullable=False)
    at = db.Column(db.DateTime(timezone=True), nullable=False)


with app.app_context():
    if db.engine.dialect.name == "sqlite":

        @event.listens_for(db.engine, "connect")
        def open_as_enlace_does(connection, _record):
            connection.isolation_level = None
            for pragma in ("foreign_keys=ON", "busy_timeout=5000", "journal_mode=DELETE",
                           "synchronous=FULL"):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(db.engine, "begin")
        def begin(connection):
            writes = request and request.method == "POST"
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@app.get("/make")
def make():
    db.create_all()
    db.session.add(User(name="Somebody"))
    db.session.commit()
    return "made"


@app.get("/sign-in")
def sign_in():
    session["user_id"] = 1
    return "signed in"


@app.route("/form", methods=["GET", "POST"])
def form():
    user = db.session.get_one(User, session["user_id"])
    posted = Form()
    if posted.validate_on_submit():
        now = datetime.now(UTC)
        answers = {name: value for name, value in posted.data.items() if name != "csrf_token"}
        db.session.add(Row(user_id=user.id, answers=json.dumps(answers, default=str), saved_at=now))
        db.session.add(Audit(user_id=user.id, what=secrets.token_hex(8), at=now))
        db.session.commit()
        return "", 303, {"Location": "/form"}
    status = 422 if request.method == "POST" else 200
    return render_template(FORM_PAGE, form=posted, user=user), status
