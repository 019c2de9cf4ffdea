"""What goes wrong with a file."""


class ReadError(Exception):
    """A file gave no report: `status` is that of the table `files`, `reason` what stood in the way."""

    def __init__(self, path: str, status: str, reason: str | None) -> None:
        super().__init__(f"{path}: {status}" + (f": {reason}" if reason else ""))
        self.path = path
        self.status = status
        self.reason = reason

    def __reduce__(self) -> tuple[type["ReadError"], tuple[str, str, str | None]]:
        # Engines send exceptions between processes.
        return ReadError, (self.path, self.status, self.reason)
