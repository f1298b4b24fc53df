"""Today, search and figures: everybody reads them."""

from tests.permissions import EVERYBODY, Row, to

ROWS = {
    "roadmap:today": Row(get=to(EVERYBODY)),
    "roadmap:search": Row(get=to(EVERYBODY)),
    "roadmap:more": Row(get=to(EVERYBODY)),
    "roadmap:metric": Row(get=to(EVERYBODY, 404), make=lambda _user: {"key": "no.such.figure"}),
}
