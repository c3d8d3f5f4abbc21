"""One canonical example of every command, event and resource of people. All names and numbers are invented."""

from schemas.documents import Json

PERSON, CHILD, ACCOUNT, LINK, GRANT = "R1", "R3", "N2", "N3", "N4"
INVITATION, CODE, SESSION = "N5", "N6", "N7"
AGREED = "N8"
COMMUNITY = "510108015001"
KEEPER, GRANTER = "P4", "P6"
CONSENT: Json = {"how": "当面", "on": "2026-05-30"}
NAME, PHONE, CONTACT = "王秀英", "+8613800001234", "+8613900005678"
RECORD: Json = {"name": NAME, "born": "1950", "contacts": [CONTACT]}
HASH = "ab" * 32
SECRET = f"{INVITATION}.secret"
PASSWORD = "correct horse 42"
UNTIL = "2026-06-08T01:00:00.000Z"

COMMANDS: dict[str, Json] = {
    "record_person": {**RECORD, "community": COMMUNITY, "consent": CONSENT},
    "change_person": {**RECORD, "person": PERSON, "name": "王秀瑛"},
    "move_person": {"person": PERSON, "community": "510108016001"},
    "reveal_person": {"person": PERSON, "reason": "联系本人"},
    "erase_person": {"person": PERSON, "wish": "本人要求"},
    "begin_link": {
        "person": PERSON,
        "holder": "R2",
        "kind": "proxy",
        "until": "2027-05-31",
        "consent": CONSENT,
    },
    "end_link": {"link": LINK},
    "give_consent": {"person": PERSON, "purpose": "photos", **CONSENT},
    "withdraw_consent": {"consent": AGREED, **CONSENT, "words": "女儿在场"},
    "open_account": {"person": PERSON, "phone": PHONE},
    "change_login": {"account": ACCOUNT, "phone": "+8613800004321"},
    "suspend_account": {"account": ACCOUNT, "reason": "手机丢失"},
    "reinstate_account": {"account": ACCOUNT},
    "grant_role": {
        "person": PERSON,
        "role": "community_worker",
        "scope": COMMUNITY,
        "basis": "聘用",
    },
    "revoke_role": {"grant": GRANT, "reason": "离任"},
    "invite": {"person": PERSON},
    "withdraw_invitation": {"invitation": INVITATION},
    "accept_invitation": {"secret": SECRET, "phone": PHONE, "password": PASSWORD},
    "give_desk_code": {"person": PERSON},
    "enter_by_desk": {"phone": PHONE, "digits": "123456", "session": HASH},
    "enter_by_password": {"account": ACCOUNT, "right": True, "session": HASH},
    "set_password": {"person": PERSON, "password": PASSWORD},
    "end_session": {"session": SESSION},
    "sign_out_everywhere": {},
}

OF_CONSENT: Json = {"consent": AGREED, **CONSENT, "by": KEEPER}
OF_ACCOUNT: Json = {"account": ACCOUNT, "person": PERSON, "by": KEEPER}
EVENTS: dict[str, Json] = {
    "person_recorded.v1": {
        "person": PERSON,
        "community": COMMUNITY,
        "consent": CONSENT,
        "by": KEEPER,
    },
    "person_changed.v1": {"person": PERSON, "by": KEEPER},
    "person_moved.v1": {**COMMANDS["move_person"], "by": KEEPER},
    "person_revealed.v1": {**COMMANDS["reveal_person"], "by": KEEPER},
    "person_kept.v1": {"person": PERSON, "until": "2030-06-01"},
    "person_erased.v1": {**COMMANDS["erase_person"], "by": PERSON},
    "link_begun.v1": {**COMMANDS["begin_link"], "link": LINK, "by": KEEPER},
    "link_ended.v1": {"link": LINK, "by": KEEPER},
    "link_lapsed.v1": {"link": LINK},
    "consent_given.v1": {**OF_CONSENT, "person": PERSON, "purpose": "photos"},
    "consent_withdrawn.v1": OF_CONSENT | {"note": "N9"},
    "account_opened.v1": OF_ACCOUNT,
    "login_changed.v1": OF_ACCOUNT,
    "account_suspended.v1": {**OF_ACCOUNT, "reason": "手机丢失"},
    "account_reinstated.v1": OF_ACCOUNT,
    "role_granted.v1": {
        **COMMANDS["grant_role"],
        "grant": GRANT,
        "since": "2026-06-01",
        "until": "2027-05-31",
        "by": GRANTER,
    },
    "role_begun.v1": {"grant": GRANT},
    "role_revoked.v1": {"grant": GRANT, "reason": "离任", "by": GRANTER},
    "role_expired.v1": {"grant": GRANT},
    "office_followed.v1": {
        "grant": GRANT,
        "person": PERSON,
        "role": "branch_secretary",
        "scope": "branch/B1",
        "since": "2026-06-01",
        "until": "2028-12-31",
        "by": "system",
    },
    "office_ended.v1": {
        "role": "branch_secretary",
        "scope": "branch/B1",
        "on": "2026-06-01",
    },
    "person_invited.v1": {
        "invitation": INVITATION,
        "person": PERSON,
        "until": UNTIL,
        "by": KEEPER,
    },
    "invitation_accepted.v1": {
        "invitation": INVITATION,
        "person": PERSON,
        "account": ACCOUNT,
    },
    "invitation_withdrawn.v1": {"invitation": INVITATION, "by": KEEPER},
    "invitation_expired.v1": {"invitation": INVITATION},
    "desk_code_given.v1": {
        "desk_code": CODE,
        "account": ACCOUNT,
        "person": PERSON,
        "until": "2026-06-01T01:10:00.000Z",
        "by": KEEPER,
    },
    "desk_code_expired.v1": {"desk_code": CODE},
    "session_begun.v1": {
        "session": SESSION,
        "account": ACCOUNT,
        "person": PERSON,
        "way": "password",
        "hash": HASH,
        "until": "2026-07-01T01:00:00.000Z",
    },
    "sign_in_failed.v1": {"way": "password", "account": ACCOUNT, "counts": True},
    "session_ended.v1": {"session": SESSION, "person": PERSON, "by": PERSON},
    "session_expired.v1": {"session": SESSION, "person": PERSON},
    "signed_out_everywhere.v1": {"person": PERSON, "by": PERSON},
    "password_set.v1": {"account": ACCOUNT, "person": PERSON, "by": PERSON},
}

RESOURCES: dict[str, Json] = {
    "Person": {
        "id": PERSON,
        "name": "王*",
        "contacts": ["139****5678"],
        "login": "138****1234",
        "community": COMMUNITY,
        "consent": CONSENT,
        "account": ACCOUNT,
        "state": "recorded",
        "state_text": "在册",
        "plain": False,
        "seq": 2,
    },
    "Look": {
        "id": "E4",
        "person": PERSON,
        "by": KEEPER,
        "reason": "联系本人",
        "at": "2026-06-01T01:00:00.000Z",
        "until": "2026-06-01T01:05:00.000Z",
        "seq": 4,
    },
    "Link": {
        **COMMANDS["begin_link"],
        "id": LINK,
        "person_name": "王*",
        "holder_name": "李*",
        "kind_text": "代办人",
        "since": "2026-06-01",
        "state": "active",
        "state_text": "有效",
        "seq": 5,
    },
    "ConsentShown": {
        **COMMANDS["give_consent"],
        "id": AGREED,
        "purpose_text": "拍照和宣传",
        "by": KEEPER,
        "state": "given",
        "state_text": "同意",
        "seq": 6,
    },
    "Account": {
        "id": ACCOUNT,
        "person": PERSON,
        "has_password": True,
        "state": "open",
        "state_text": "可登录",
        "seq": 2,
    },
    "Grant": {
        **COMMANDS["grant_role"],
        "id": GRANT,
        "name": "王*",
        "since": "2026-06-01",
        "by": GRANTER,
        "state": "held",
        "state_text": "在任",
        "seq": 6,
    },
    "Invitation": {
        "id": INVITATION,
        "person": PERSON,
        "until": UNTIL,
        "path": f"/sign-in#invitation={SECRET}",
        "by": KEEPER,
        "state": "open",
        "state_text": "待接受",
        "seq": 7,
    },
    "DeskCode": {
        "id": CODE,
        "person": PERSON,
        "digits": "042317",
        "tries_left": 5,
        "until": "2026-06-01T01:10:00.000Z",
        "state": "open",
        "state_text": "可用",
        "seq": 8,
    },
    "SignedIn": {
        "id": SESSION,
        "way": "password",
        "way_text": "密码",
        "begun_at": "2026-06-01T01:00:00.000Z",
        "until": "2026-07-01T01:00:00.000Z",
        "state": "live",
        "state_text": "已登录",
        "seq": 9,
    },
}
