"""Today, the roadmap and its help, search and figures: everybody reads them."""

from tests.permissions import EVERYBODY, Row, to

ROWS = {
    "roadmap:today": Row(get=to(EVERYBODY)),
    "roadmap:journey": Row(get=to(EVERYBODY)),
    "roadmap:help_index": Row(get=to(EVERYBODY)),
    "roadmap:help": Row(get=to(EVERYBODY), make=lambda _user: {"number": 2}),
    "roadmap:search": Row(get=to(EVERYBODY)),
    "roadmap:more": Row(get=to(EVERYBODY)),
    "roadmap:metric": Row(get=to(EVERYBODY, 404), make=lambda _user: {"key": "no.such.figure"}),
}
