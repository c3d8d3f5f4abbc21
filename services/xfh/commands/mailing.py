"""One mail to one address, by the mail server of a sender; and whether it may have arrived.

Not through apprise, which sends what is to be told: it takes the password in an address, and says only yes or no.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from services.kit.ways.others import WITHIN_S, NoAnswer, NotReached, SaysNo
from services.kit.ways.senders import FROM_THE_START, STARTTLS, MailSender


def mail(
    sender: MailSender, password: str, address: str, heading: str, text: str
) -> None:
    """Raises `SaysNo` with the server's code, `NotReached` where nothing was handed over, else `NoAnswer`."""
    message = _message(sender, address, heading, text)
    with closing(_connected(sender)) as server:
        _sign_in(server, sender, password)
        _hand_over(server, message)


def _connected(sender: MailSender) -> smtplib.SMTP:
    at = sender.server, sender.port
    with nothing_sent():
        if sender.tls == FROM_THE_START:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(*at, timeout=WITHIN_S, context=context)
        return smtplib.SMTP(*at, timeout=WITHIN_S)


def _sign_in(server: smtplib.SMTP, sender: MailSender, password: str) -> None:
    with nothing_sent():
        if sender.tls == STARTTLS:
            server.starttls(context=ssl.create_default_context())
        server.login(sender.user, password)


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        ((code, _),) = error.recipients.values()
        raise SaysNo(f"smtp_{code}") from None
    except smtplib.SMTPResponseException as error:
        raise SaysNo(f"smtp_{error.smtp_code}") from None
    except OSError as error:
        raise NoAnswer from error


@contextmanager
def nothing_sent() -> Iterator[None]:
    """Whatever goes wrong here, no mail has been handed over."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise SaysNo(f"smtp_{error.smtp_code}") from None
    except OSError as error:
        raise NotReached from error


def _message(sender: MailSender, address: str, heading: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = heading
    message["From"] = sender.sender
    message["To"] = address
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=_host(sender))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _host(sender: MailSender) -> str:
    return sender.sender.rpartition("@")[2]
