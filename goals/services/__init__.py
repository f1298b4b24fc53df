"""What people do with programmes, years, goals and figures."""

from goals.services.cycles import add_cycle, agree_cycle, change_cycle, close_cycle, start_cycle
from goals.services.goals import add_goal, agree_goal, change_goal, close_goal, drop_goal, hold_goal, resume_goal
from goals.services.measures import change_target, note_reading
from goals.services.programmes import add_programme, change_programme
from goals.services.rollover import take_over_goals

__all__ = [
    "add_cycle",
    "add_goal",
    "add_programme",
    "agree_cycle",
    "agree_goal",
    "change_cycle",
    "change_goal",
    "change_programme",
    "change_target",
    "close_cycle",
    "close_goal",
    "drop_goal",
    "hold_goal",
    "note_reading",
    "resume_goal",
    "start_cycle",
    "take_over_goals",
]
