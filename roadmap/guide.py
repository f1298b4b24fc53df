"""Help for each stage: what it is for, how its state is decided, how its figures are worked out."""

from dataclasses import dataclass

from roadmap.journey import stages, tiles
from roadmap.metrics import all_metrics
from roadmap.slots import Metric, Stage, Tile, Words


class StageUnknownError(LookupError):
    """The roadmap has no stage of this number."""


@dataclass(frozen=True)
class Guide:
    """A stage with its figures, those of its card first; `before` and `after` are its neighbours on the way."""

    stage: Stage
    tile: Tile | None
    metrics: list[Metric]
    before: Stage | None = None
    after: Stage | None = None

    @property
    def name(self) -> Words:
        return self.stage.short or self.stage.title


def guides() -> list[Guide]:
    """Return all stages in their order; no query."""
    of_stage = tiles()
    return [_guide(stage, of_stage.get(stage.number)) for stage in stages()]


def guide_to(number: int) -> Guide:
    """Raises StageUnknownError."""
    every = stages()
    found = next((at for at, stage in enumerate(every) if stage.number == number), None)
    if found is None:
        raise StageUnknownError(number)
    before = every[found - 1] if found else None
    after = every[found + 1] if found + 1 < len(every) else None
    return _guide(every[found], tiles().get(number), before, after)


def _guide(stage: Stage, tile: Tile | None, before: Stage | None = None, after: Stage | None = None) -> Guide:
    on_card = [figure.metric for figure in tile.figures] if tile else []
    own = [metric for metric in all_metrics() if metric.stage == stage.number or metric.key in on_card]
    first = {key: at for at, key in enumerate(on_card)}
    return Guide(stage, tile, sorted(own, key=lambda metric: first.get(metric.key, len(first))), before, after)
