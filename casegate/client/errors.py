"""What a client raises."""


class ClientError(Exception):
    """The API refused, or could not be reached.

    `code`, `detail` and `remedy` are those of the problem document; `status` is 0 when there was no
    answer at all.
    """

    def __init__(self, code: str, detail: str, *, remedy: str = "", status: int = 0) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.remedy = remedy
        self.status = status

    @property
    def signed_out(self) -> bool:
        """Tell whether signing in again would help."""
        return self.code == "not_signed_in"
