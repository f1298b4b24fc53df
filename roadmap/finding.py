"""One search over everything that the stages let themselves be found by."""

from dataclasses import dataclass

from accounts.models import User
from roadmap import registry
from roadmap.search import words_of
from roadmap.slots import SearchHit, SearchSource, Words

SHOWN_OF_EACH = 5
SHOWN_OF_ONE = 50
# Two letters are looked for at the beginning of names; one would find everybody.
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class ResultGroup:
    """What one kind of record found; `more` says that there is more than is shown."""

    key: str
    label: Words
    hits: list[SearchHit]
    more: bool
    all_url: str

    @property
    def count_text(self) -> str:
        return f"{len(self.hits)}+" if self.more else str(len(self.hits))


def find_everywhere(user: User, query: str, kind: str = "") -> list[ResultGroup]:
    """Return a group for each kind that found something: a few of each kind, or many of the one asked for."""
    words = words_of(query)
    if sum(map(len, words)) < FEWEST_LETTERS:
        return []
    groups = [_group(user, source, query, words, kind) for source in registry.of(SearchSource)]
    return [group for group in groups if group.hits]


def _group(user: User, source: SearchSource, query: str, words: list[str], kind: str) -> ResultGroup:
    shown = SHOWN_OF_ONE if source.key == kind else SHOWN_OF_EACH
    hits = source.find(user, words, shown + 1)
    return ResultGroup(
        key=source.key,
        label=source.label,
        hits=hits[:shown],
        more=len(hits) > shown,
        all_url=source.all_url(query) if source.all_url else "",
    )
