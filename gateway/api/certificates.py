"""证明与表彰：活动服务的一部分."""

from gateway.api.routes import changes, creates, lists, shows, shows_by_secret
from schemas.activities import certificates, commendations, hours

CERTIFICATE = "/certificates/<certificate>"
COMMENDATION = "/commendations/<commendation>"
RESIDENT = "/residents/<person>"

ROUTES = (
    creates(
        "/certificates",
        "issue_certificate",
        certificates.IssueCertificate,
        certificates.Certificate,
        "出具服务时长证明",
    ),
    lists(
        "/certificates",
        "list_certificates",
        certificates.ListCertificates,
        certificates.Certificate,
        "出具过的证明",
    ),
    shows(
        CERTIFICATE,
        "get_certificate",
        certificates.OfCertificate,
        certificates.Certificate,
        "查看一张证明，含核验码",
    ),
    lists(
        f"{CERTIFICATE}/services",
        "certified_services",
        certificates.CertifiedServices,
        hours.Service,
        "证明所列的服务",
    ),
    changes(
        f"{CERTIFICATE}/revoke",
        "revoke_certificate",
        certificates.RevokeCertificate,
        certificates.Certificate,
        "撤销证明，说明原因",
    ),
    lists(
        "/me/certificates",
        "my_certificates",
        certificates.MyCertificates,
        certificates.Certificate,
        "我的证明",
    ),
    creates(
        "/commendations",
        "commend",
        commendations.Commend,
        commendations.Commendation,
        "登记一次表彰奖励，记入本人的服务记录",
    ),
    shows(
        COMMENDATION,
        "get_commendation",
        commendations.OfCommendation,
        commendations.Commendation,
        "查看一次表彰奖励",
    ),
    changes(
        f"{COMMENDATION}/withdraw",
        "withdraw_commendation",
        commendations.WithdrawCommendation,
        commendations.Commendation,
        "撤回表彰奖励，说明原因",
    ),
    lists(
        "/me/commendations",
        "my_commendations",
        commendations.MyCommendations,
        commendations.Commendation,
        "我的表彰奖励",
    ),
    lists(
        f"{RESIDENT}/commendations",
        "resident_commendations",
        commendations.ResidentCommendations,
        commendations.Commendation,
        "一位居民得到的一个单位的表彰奖励",
    ),
    shows_by_secret(
        "/verify/<code>",
        "verify_certificate",
        certificates.VerifyCertificate,
        certificates.Verified,
        "凭核验码核验证明",
    ),
)
