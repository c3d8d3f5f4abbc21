"""A person's record, who acts for whom, what they have agreed to, and two records that are of one person."""

from schemas.people import consents as of_consents
from schemas.people import links as of_links
from schemas.people import merges as of_merges
from schemas.people import persons as of_persons
from schemas.people import retention as of_retention
from schemas.token import ROLES
from services.district.authority import working_in
from services.kit.entrypoints import command, due, query
from services.people.model.keys import keys_of
from services.people.rules import consents as consent_rules
from services.people.rules import links as link_rules
from services.people.rules import merges as merge_rules
from services.people.rules import persons as person_rules
from services.people.rules import retention
from services.people.table.askers import HOSTS, KEEPERS
from services.people.views import audit as audit_views
from services.people.views import consents as consent_views
from services.people.views import links as link_views
from services.people.views import merges as merge_views
from services.people.views import persons as person_views
from services.people.views import retention as retention_views

PERSON = ("persons", "person")
LINK = ("links", "link")
CONSENT = ("consents", "consent")
MERGE = ("merges", "merge")


class Persons:
    # A person's record.
    record_person = command(
        of_persons.RecordPerson,
        person_rules.record,
        by=working_in("community"),
        shows=PERSON,
    )
    change_person = command(
        of_persons.ChangePerson, person_rules.change, by=ROLES, shows=PERSON
    )
    move_person = command(
        of_persons.MovePerson, person_rules.move, by=KEEPERS, shows=PERSON
    )
    reveal_person = command(
        of_persons.RevealPerson, person_rules.reveal, by=KEEPERS, shows=PERSON
    )
    erase_person = command(
        of_persons.ErasePerson, person_rules.erase, by=ROLES, shows=PERSON
    )
    get_person = query(of_persons.OfPerson, person_views.get_person, by=ROLES)
    get_me = query(of_persons.OfMine, person_views.get_me, by=ROLES)
    list_persons = query(of_persons.ListPersons, person_views.list_persons, by=KEEPERS)
    find_persons = query(
        of_persons.FindPersons, person_views.find_persons, by=KEEPERS, apart=True
    )
    name_persons = query(of_persons.NamePersons, person_views.name_persons, by=KEEPERS)
    find_by_number = query(
        of_persons.FindByNumber,
        person_views.find_by_number,
        by=(*KEEPERS, *HOSTS),
        given=keys_of,
    )
    list_looks = query(of_persons.ListLooks, audit_views.list_looks, by=ROLES)
    keep_no_longer = due(
        "persons", {"state": "recorded"}, retention.run_out, by="keep_until"
    )
    count_overdue = query(
        of_retention.AskOverdue, retention_views.count_overdue, by=KEEPERS
    )

    # Who acts for whom.
    begin_link = command(of_links.BeginLink, link_rules.begin, by=KEEPERS, shows=LINK)
    end_link = command(of_links.EndLink, link_rules.end, by=ROLES, shows=LINK)
    lapse_link = due("links", {"state": "active"}, link_rules.lapse, by="ends")
    list_links = query(of_links.ListLinks, link_views.list_links, by=ROLES)
    list_my_links = query(of_links.ListMyLinks, link_views.list_my_links, by=ROLES)

    # What they have agreed to.
    give_consent = command(
        of_consents.GiveConsent, consent_rules.give, by=ROLES, shows=CONSENT
    )
    withdraw_consent = command(
        of_consents.WithdrawConsent, consent_rules.withdraw, by=ROLES, shows=CONSENT
    )
    list_consents = query(
        of_consents.ListConsents, consent_views.list_consents, by=ROLES
    )

    # Two records of one person.
    find_duplicates = query(
        of_merges.FindDuplicates, merge_views.find_duplicates, by=KEEPERS, apart=True
    )
    compare_persons = query(of_merges.OfTwo, merge_views.compare_persons, by=KEEPERS)
    propose_merge = command(
        of_merges.ProposeMerge, merge_rules.propose, by=KEEPERS, shows=MERGE
    )
    confirm_merge = command(
        of_merges.OfMerge, merge_rules.confirm, by=ROLES, shows=MERGE
    )
    withdraw_merge = command(
        of_merges.OfMerge, merge_rules.withdraw, by=ROLES, shows=MERGE
    )
    undo_merge = command(of_merges.UndoMerge, merge_rules.undo, by=KEEPERS, shows=MERGE)
    lapse_merge = due("merges", {"state": "proposed"}, merge_rules.lapse, by="until")
    get_merge = query(of_merges.OfMerge, merge_views.get_merge, by=ROLES)
    list_merges = query(of_merges.ListMerges, merge_views.list_merges, by=ROLES)
