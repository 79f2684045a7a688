"""The audit log that ODK Collect keeps beside a submission: when each question was on the screen."""

AUDIT_FILE = "audit.csv"
_HEADER = "event,node,start,end"


class AuditLog:
    """The events of one interview, in the order they happened; times in milliseconds since 1970."""

    def __init__(self, begins: int) -> None:
        self._rows = [f"form start,,{begins},"]

    def question(self, reference: str, start: int, end: int) -> None:
        """A question was shown; `reference` as `/data/member[2]/age`."""
        self._rows.append(f"question,{reference},{start},{end}")

    def closed(self, end: int) -> bytes:
        """The file as Collect writes it when the form is finalised."""
        last = [f"end screen,,{end},{end}", f"form save,,{end},", f"form exit,,{end},", f"form finalize,,{end},"]
        return ("\n".join([_HEADER, *self._rows, *last]) + "\n").encode()
