"""The database schema, step by step. `upgrade` is safe to call from several processes at once."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from casegate.errors import StorageUnavailable
from casegate.storage.engine import writing


def upgrade(engine: Engine) -> None:
    """Bring the schema to this program's version.

    Raises:
        StorageUnavailable: the schema is of a version that this program does not know, or the
            database holds tables that are not Casegate's.
    """
    with writing(engine) as connection:
        found = _revision(connection)
        if found == _head():
            return
        if found is None and inspect(connection).get_table_names():
            raise StorageUnavailable("the database holds tables but no Casegate schema version")
        if found is not None and found not in _known():
            raise _other_version(found)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(connection: Connection) -> None:
    """Refuse a database of another schema version.

    Raises:
        StorageUnavailable: names the version found and the one wanted.
    """
    found = _revision(connection)
    if found != _head():
        raise _other_version(found)


def _other_version(found: str | None) -> StorageUnavailable:
    return StorageUnavailable(
        f"the database has schema version {found!r}, this program works with {_head()!r}",
        remedy="Run the program version that made the database, or let it be upgraded by this one.",
    )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files(__package__)))
    config.set_main_option("path_separator", "os")
    return config


def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
