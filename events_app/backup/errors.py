"""Why nothing is restored, or no copy made."""

from pathlib import Path

from events_app.shared.errors import DomainError


class BackupRefusedError(DomainError):
    """A file that is no backup of ours, or not a whole one."""

    def __init__(self, why: str) -> None:
        super().__init__(f"nothing was restored: {why}")
        self.why = why


class OtherRevisionError(DomainError):
    """A backup, or a database, whose tables are not those of this release."""

    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"the tables are of revision {found or 'none'}, this release has {wanted}")
        self.found, self.wanted = found, wanted


class NotEmptyError(DomainError):
    """A database that holds data already."""

    def __init__(self) -> None:
        super().__init__("the database is not empty; say --replace to lose what it holds")


class WorkerAtWorkError(DomainError):
    """A worker that is alive, and might send or note something meanwhile."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"the worker {owner} is running; stop it first")
        self.owner = owner


class FileExistsAlreadyError(DomainError):
    """A file that is not written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already")
        self.path = path
