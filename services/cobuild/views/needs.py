"""Needs: what everybody with a role may see, and what only those who have to do with it."""

from schemas.documents import Json, if_any, pick_present, without
from services.cobuild.folds.needs import NEEDS as RAISED
from services.cobuild.model.lifecycles import LISTED
from services.cobuild.rules.rights import NEEDS, is_of, sees_need, serves, works_on
from services.cobuild.views.units import with_unit_name
from services.district import territory
from services.district.authority import STREET, held_within
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads

HANDLERS = ("community_worker", *STREET)
OF_THOSE_CONCERNED = {"by", "beneficiary", "origin", "similar", "notes", "written"}
OF_THE_SEARCH = {"suggested_to", "answer_by", "told", "let_go"}
# For who does it, too: where it is, and why it is to be done again.
OF_THE_WORK = {"grid", "reason"}
TO_JUDGE = {
    "raised": ("words", "answer"),
    "appealed": ("words", "appeal"),
    "disputed": ("words", "complaint"),
}


def get_need(views: Reads, question: Json, asked: Asked) -> Json:
    """With the words of those concerned, for those who have to do with it."""
    need = NEEDS.found(views, question["need"], asked, sees=sees_need)
    need_shown = _need(views, need, asked)
    if "by" not in need_shown and not works_on(views, need, asked):
        return need_shown
    return need_shown | texts(need["notes"], asked)


def list_needs(views: Reads, question: Json, asked: Asked) -> Json:
    """What is not on the list yet, or any more, to who serves the place."""
    finds = []
    for state in question["state"]:
        for place in _where(state, question, asked):
            for category in each(question, "category"):
                where = place | category | {"state": state}
                finds.append(Find("needs", where, "raised_at"))
    found = listed(views, RAISED, question, *finds)
    return shown(views, found, asked, _to_judge)


def my_needs(views: Reads, question: Json, asked: Asked) -> Json:
    """Those that are the actor's, and those they raised where they still work."""
    me = asked.actor.id
    places = held_within(asked.actor, HANDLERS, "")
    raised = (territory.within({"division": place}) | {"by": me} for place in places)
    wheres = [{"beneficiary": me}, *raised]
    finds = (Find("needs", where, "raised_at", newest_first=True) for where in wheres)
    return shown(views, page(views, question, *finds), asked, _to_judge)


def texts(notes: dict[str, str], asked: Asked) -> Json:
    """What the notes say, each by its name; without those that were erased."""
    return if_any(**{name: asked.note(id) for name, id in notes.items()})


def _where(state: str, question: Json, asked: Asked) -> list[dict[str, str]]:
    """In which places the needs in the state are that the actor sees."""
    if state in LISTED:
        return [territory.within(question)]
    served = held_within(asked.actor, HANDLERS, question.get("division", ""))
    return [territory.within({"division": place}) for place in served]


def _to_judge(views: Reads, need: Json, asked: Asked) -> Json:
    """What is to be judged, with the words it is judged by, for those to whom it shows them."""
    need = _need(views, need, asked)
    judged_by = TO_JUDGE.get(need["state"], ())
    notes = pick_present(need.get("notes", {}), *judged_by)
    return need | texts(notes, asked)


def _need(views: Reads, need: Json, asked: Asked) -> Json:
    """The need as the actor may see it."""
    if "unit" in need:
        need = with_unit_name(views, need, asked)
    if is_of(need, asked) or serves(asked, need["community"]):
        return need
    hidden = OF_THOSE_CONCERNED | OF_THE_SEARCH
    if not works_on(views, need, asked):
        hidden |= OF_THE_WORK
    if _is_suggested(views, need, asked):
        hidden -= {"suggested_to", "answer_by"}
    return without(need, *hidden)


def _is_suggested(views: Reads, need: Json, asked: Asked) -> bool:
    """A unit that is asked sees that it is, and until when; not who was before it."""
    if "suggested_to" not in need:
        return False
    return works_on(views, {"unit": need["suggested_to"]}, asked)
