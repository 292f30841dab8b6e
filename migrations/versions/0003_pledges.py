"""What keeps a pledge to its course of life, and the cover of a course's lines even, whoever asks?

On both: a pledge takes the steps of its table and no others, is accepted by every country with seats,
and each step leaves `course_standing` as the sum of what stands. On PostgreSQL also: each side takes its
own steps alone, and a sponsor reads no sheet but the newest.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOVES = (
    ("interest", "offer", "offered"),
    ("returned", "offer", "offered"),
    ("offered", "offer", "offered"),
    ("accepted", "offer", "offered"),
    ("offered", "accept", "accepted"),
    ("offered", "return", "returned"),
    ("accepted", "ask", "offered"),
    ("accepted", "confirm", "confirmed"),
    ("confirmed", "schedule", "scheduled"),
    ("scheduled", "deliver", "delivered"),
    ("delivered", "evaluate", "evaluated"),
    ("evaluated", "close", "closed"),
    ("interest", "withdraw", "withdrawn"),
    ("offered", "withdraw", "withdrawn"),
    ("returned", "withdraw", "withdrawn"),
    ("accepted", "withdraw", "withdrawn"),
    ("confirmed", "withdraw", "withdrawn"),
    ("scheduled", "withdraw", "withdrawn"),
    ("interest", "expire", "expired"),
    ("offered", "expire", "expired"),
    ("returned", "expire", "expired"),
    ("accepted", "expire", "expired"),
)
"""(state, verb, state after it); a review leaves a pledge where it stands."""
GIVER = ("offer", "confirm", "withdraw")
COUNTRIES = ("accept", "return")
SECRETARIAT = ("accept", "ask", "schedule", "deliver", "evaluate", "close", "withdraw", "expire")
"""The verbs of each side; accepted for want of others' words is written by the Secretariat."""
PROMISED = ("offered", "accepted")
FUNDED = ("confirmed", "scheduled", "delivered", "evaluated", "closed")
APP_UPDATES = {
    "country_request": "state, answered_at",
    "pledge": "state, round, expires_on, conditions, reason, revision",
    "course_standing": "cost, changes",
}
"""What a request changes in these tables; how far a line is covered, nobody does."""


def _list(words):
    return ", ".join(f"'{word}'" for word in words)


OF_SIDE = f"""AND ((is_giver AND m.column2 IN ({_list(GIVER)}))
 OR (is_country AND m.column2 IN ({_list(COUNTRIES)}))
 OR (is_secretariat AND m.column2 IN ({_list(SECRETARIAT)})))"""
STEPPED = "(NEW.state <> OLD.state OR NEW.round <> OLD.round)"
NO_STEP = f"""NOT EXISTS (SELECT 1 FROM (VALUES {", ".join(f"({_list(move)})" for move in MOVES)}) AS m
 WHERE m.column1 = OLD.state AND m.column3 = NEW.state
 AND NEW.round = OLD.round + CASE WHEN m.column2 = 'offer' THEN 1 ELSE 0 END {{of_side}})"""
SAID = """EXISTS (SELECT 1 FROM pledge_review w WHERE w.pledge_id = NEW.id AND w.round = NEW.round
 AND w.verdict = '{}' AND {})"""
UNSAID = f"""(NEW.state <> OLD.state AND (
 (NEW.state = 'returned' AND NOT {SAID.format("returned", "true")})
 OR (NEW.state IN ('accepted', 'confirmed') AND (NOT {SAID.format("accepted", "true")}
 OR EXISTS (SELECT 1 FROM course_seat s WHERE s.course_id = NEW.course_id
 AND NOT {SAID.format("accepted", "w.organisation_id = s.organisation_id")})))))"""
NO_LINE = f"""(NEW.state IN ({_list(PROMISED + FUNDED)}) AND EXISTS (
 SELECT 1 FROM pledge_line l WHERE l.pledge_id = NEW.id AND l.round = NEW.round AND NOT EXISTS (
 SELECT 1 FROM course_standing s WHERE s.course_id = NEW.course_id AND s.line = l.line)))"""
REFUSED = {
    "a pledge takes no such step": NO_STEP,
    "the countries have not said so": UNSAID,
    "the course has no such line": NO_LINE,
}
"""What is said of a step that is refused, and when."""
SUM = """(SELECT coalesce(sum(l.usd), 0) FROM pledge p
 JOIN pledge_line l ON l.pledge_id = p.id AND l.round = p.round
 WHERE p.course_id = course_standing.course_id AND l.line = course_standing.line
 AND p.state IN ({}))"""
IS_PROMISED, IS_FUNDED = SUM.format(_list(PROMISED)), SUM.format(_list(FUNDED))
STAND = f"""UPDATE course_standing
 SET promised = {IS_PROMISED}, funded = {IS_FUNDED}, changes = changes + 1
 WHERE course_id = NEW.course_id AND (promised <> {IS_PROMISED} OR funded <> {IS_FUNDED})"""
PLEDGE = f"""
CREATE FUNCTION enlace_pledge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  org text := nullif(current_setting('app.organisation', true), '');
  kind text := nullif(current_setting('app.kind', true), '');
  is_giver boolean := kind IS NULL OR org = OLD.organisation_id;
  is_secretariat boolean := kind IS NULL OR kind = 'secretariat';
  is_country boolean := kind IS NULL OR (kind = 'delegation' AND EXISTS (SELECT 1 FROM course_seat s
    WHERE s.course_id = OLD.course_id AND s.organisation_id = org));
BEGIN
  IF NEW.round = OLD.round
    AND (NEW.conditions, NEW.expires_on) IS DISTINCT FROM (OLD.conditions, OLD.expires_on) THEN
    RAISE EXCEPTION 'an offer is what it was' USING ERRCODE = '23514';
  END IF;
  IF NOT {STEPPED} THEN
    IF NEW.reason <> OLD.reason THEN
      RAISE EXCEPTION 'an offer is what it was' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
  END IF;
  {{refused}}
  PERFORM 1 FROM course_standing WHERE course_id = NEW.course_id ORDER BY line FOR UPDATE;
  {STAND};
  RETURN NULL;
END $$
"""
"""Who has come as nobody, by the clock or a command, may take each step of the table."""
NEWEST = """
CREATE FUNCTION enlace_newest_sheet(course text) RETURNS integer LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT max(number) FROM course_sheet WHERE course_id = course $$
"""


def upgrade():
    if op.get_bind().dialect.name == "postgresql":
        _upgrade_postgresql()
    else:
        _upgrade_sqlite()


def _upgrade_postgresql():
    refused = "\n  ".join(
        f"IF {when.format(of_side=OF_SIDE)} THEN RAISE EXCEPTION '{said}' USING ERRCODE = '23514'; END IF;"
        for said, when in REFUSED.items()
    )
    op.execute(PLEDGE.format(refused=refused))
    op.execute(
        "CREATE TRIGGER pledge_stands AFTER UPDATE ON pledge FOR EACH ROW"
        " EXECUTE FUNCTION enlace_pledge()"
    )
    op.execute(NEWEST)
    _let_the_owner_run("enlace_pledge()", "enlace_newest_sheet(text)")
    for table, columns in APP_UPDATES.items():
        op.execute(f"REVOKE UPDATE ON {table} FROM enlace_app")
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO enlace_app")
    op.execute("REVOKE EXECUTE ON FUNCTION enlace_newest_sheet(text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION enlace_newest_sheet(text) TO enlace_sponsor")
    op.execute(
        "CREATE POLICY newest ON course_sheet AS RESTRICTIVE FOR SELECT TO enlace_sponsor"
        " USING (number = enlace_newest_sheet(course_id))"
    )


def _let_the_owner_run(*functions):
    """They see what `enlace_owner` sees, whoever migrates, and are nobody's who could do more."""
    op.execute("GRANT CREATE ON SCHEMA public TO enlace_owner")
    for function in functions:
        op.execute(f"ALTER FUNCTION {function} OWNER TO enlace_owner")
    op.execute("REVOKE CREATE ON SCHEMA public FROM enlace_owner")


def _upgrade_sqlite():
    refused = "".join(
        f"SELECT RAISE(ABORT, '{said}') WHERE {when.format(of_side='')}; "
        for said, when in REFUSED.items()
    )
    op.execute(
        f"CREATE TRIGGER pledge_stands AFTER UPDATE OF state, round ON pledge WHEN {STEPPED}"
        f" BEGIN {refused}{STAND}; END"
    )


def downgrade():
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TRIGGER pledge_stands")
        return
    op.execute("DROP POLICY newest ON course_sheet")
    op.execute("DROP FUNCTION enlace_newest_sheet(text)")
    for table, columns in APP_UPDATES.items():
        op.execute(f"REVOKE UPDATE ({columns}) ON {table} FROM enlace_app")
        op.execute(f"GRANT UPDATE ON {table} TO enlace_app")
    op.execute("DROP TRIGGER pledge_stands ON pledge")
    op.execute("DROP FUNCTION enlace_pledge()")
