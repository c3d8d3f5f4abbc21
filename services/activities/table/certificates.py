"""Certificates of service hours."""

from schemas.activities import certificates as asks
from services.activities.rules import certificates
from services.activities.table.columns import (
    CERTIFICATE,
    CONCERNED,
    DECIDERS,
    EVERYBODY,
)
from services.activities.views import certificates as answers
from services.kit.config import Settings
from services.kit.entrypoints import command, query


class Certificates:
    """The part of the table for certificates."""

    # A table: an entry a line.
    # fmt: off
    issue_certificate = command(
        asks.IssueCertificate, certificates.issue_certificate,
        by=DECIDERS, shows=CERTIFICATE, given=Settings.door_key)
    revoke_certificate = command(
        asks.RevokeCertificate, certificates.revoke_certificate, by=DECIDERS, shows=CERTIFICATE)
    get_certificate = query(
        asks.OfCertificate, answers.get_certificate, by=CONCERNED, given=Settings.door_key)
    certified_services = query(asks.CertifiedServices, answers.certified_services, by=CONCERNED)
    my_certificates = query(asks.MyCertificates, answers.my_certificates, by=EVERYBODY)
    list_certificates = query(asks.ListCertificates, answers.list_certificates, by=DECIDERS)
    verify_certificate = query(asks.VerifyCertificate, answers.verify_certificate)
    # fmt: on
