"""What happens to partners; logs have three versions of what they say of themselves."""

from schemas import fields
from schemas.appeals import Appealed
from schemas.decisions import reason
from schemas.events import event
from schemas.partners.partners import (
    MOST_SIMILAR,
    DecidePartnerAppeal,
    JoinAlliance,
    OfPartner,
    Reject,
    WithdrawPartnerApproval,
    similar,
)
from schemas.partners.profile import (
    Credentials,
    NotedProfile,
    OldProfile,
    Profile,
    contact_role,
    name,
)
from schemas.places import community


class OldApplication(OldProfile, Credentials, OfPartner):
    community = community()


class ApplicationV2(Profile, Credentials, OfPartner):
    community = community()
    similar = similar()


class Application(NotedProfile, Credentials, OfPartner):
    """`similar` are the partners the applicant was told of, so that the same request is answered the same again."""

    community = community()
    similar = fields.Many(fields.Id(), 0, MOST_SIMILAR, required=True)


@event("partner_applied.v1")
class PartnerAppliedV1(OldApplication):
    by = fields.Id(required=True)


@event("partner_reapplied.v1")
class PartnerReappliedV1(OldApplication):
    pass


@event("partner_profile_updated.v1")
class PartnerProfileUpdatedV1(OldProfile, OfPartner):
    pass


@event("partner_applied.v2")
class PartnerAppliedV2(ApplicationV2):
    by = fields.Id(required=True)


@event("partner_reapplied.v2")
class PartnerReappliedV2(ApplicationV2):
    pass


@event("partner_profile_updated.v2")
class PartnerProfileUpdated(Profile, OfPartner):
    """Of a partner that was approved."""


@event("partner_applied.v3")
class PartnerApplied(Application):
    by = fields.Id(required=True)


@event("partner_reapplied.v3")
class PartnerReapplied(Application):
    pass


@event("partner_profile_updated.v3")
class ApplicationUpdated(NotedProfile, OfPartner):
    """Of one that waits for the street."""


@event("partner_words_erased.v1")
class PartnerWordsErased(OfPartner):
    """The applicant has deleted what was written when applying."""


@event("partner_approved.v1")
class PartnerApprovedV1(OfPartner):
    by = fields.Id()


@event("partner_approved.v2")
class PartnerApproved(OfPartner):
    """Releases what the applicant wrote, as the street has seen it."""

    by = fields.Id(required=True)
    name = name()
    contact_role = contact_role()


@event("partner_rejected.v1")
class PartnerRejected(Reject):
    by = fields.Id()


@event("partner_appealed.v1")
class PartnerAppealed(OfPartner, Appealed):
    pass


@event("partner_appeal_decided.v1")
class PartnerAppealDecided(DecidePartnerAppeal):
    """Upheld, the application waits again; else it stays rejected. It may be made again, put right, in any case."""

    by = fields.Id(required=True)


@event("partner_approval_withdrawn.v1")
class PartnerApprovalWithdrawn(WithdrawPartnerApproval):
    """Nothing rested on it: the application waits again."""

    by = fields.Id(required=True)


@event("partner_suspended.v1")
class PartnerSuspended(OfPartner):
    reason = reason("暂停的原因，合伙人会看到")
    by = fields.Id(required=True)


@event("partner_reinstated.v1")
class PartnerReinstated(OfPartner):
    by = fields.Id()


@event("partner_withdrawn.v1")
class PartnerWithdrawn(OfPartner):
    """Also ends the membership in the alliance, if there is one, on that day."""

    reason = reason("退出的原因")
    by = fields.Id(required=True)


@event("alliance_joined.v1")
class AllianceJoined(JoinAlliance):
    pass


@event("alliance_left.v1")
class AllianceLeft(OfPartner):
    until = fields.Day(required=True)
    reason = reason("退出联盟的原因")
