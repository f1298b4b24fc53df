"""The database itself refuses to change the record and stored documents; and trigram indexes for search."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = """
CREATE FUNCTION agreements_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER agreements_evidence_guard BEFORE UPDATE OR DELETE ON agreements_evidenceentry
    FOR EACH ROW EXECUTE FUNCTION agreements_refuse();
CREATE TRIGGER agreements_document_guard BEFORE UPDATE OR DELETE ON agreements_issueddocument
    FOR EACH ROW WHEN (OLD.state = 'ready') EXECUTE FUNCTION agreements_refuse();
CREATE INDEX agreements_agreement_words ON agreements_agreement USING gin (search_text gin_trgm_ops);
"""
UNDO_POSTGRESQL = """
DROP INDEX IF EXISTS agreements_agreement_words;
DROP TRIGGER IF EXISTS agreements_document_guard ON agreements_issueddocument;
DROP TRIGGER IF EXISTS agreements_evidence_guard ON agreements_evidenceentry;
DROP FUNCTION IF EXISTS agreements_refuse();
"""
# SQLite guards against changes only: emptying a test database there means deleting rows.
SQLITE = {
    "agreements_evidence_guard": "BEFORE UPDATE ON agreements_evidenceentry",
    "agreements_document_guard": "BEFORE UPDATE ON agreements_issueddocument WHEN OLD.state = 'ready'",
}


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL, params=None)
        return
    for name, when in SQLITE.items():
        editor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'append-only'); END")


def unmake(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(UNDO_POSTGRESQL, params=None)
        return
    for name in SQLITE:
        editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
