"""What happens to agreements."""

from agreements.services.documents import (
    make_document,
    make_waiting_documents,
    order_document,
    retry_document,
    store_document,
)
from agreements.services.drafting import (
    DraftText,
    basic_template,
    draft_agreement,
    save_draft,
)
from agreements.services.following import (
    DraftedAlreadyError,
    NothingToPutInWritingError,
    draft_from_pilot,
    draft_from_proposal,
)
from agreements.services.lifecycle import (
    AgreementIncompleteError,
    activate_due,
    expire_due,
    reopen_agreement,
    send_for_signature,
    withdraw_agreement,
)
from agreements.services.locking import lock_agreement
from agreements.services.signing import (
    AlreadySignedError,
    NotOpenForSigningError,
    Signature,
    StaleDocumentError,
    decline_by_link,
    send_new_link,
    send_reminders,
    send_signing_link_again,
    sign_by_link,
    sign_here,
)

__all__ = [
    "AgreementIncompleteError",
    "AlreadySignedError",
    "DraftText",
    "DraftedAlreadyError",
    "NotOpenForSigningError",
    "NothingToPutInWritingError",
    "Signature",
    "StaleDocumentError",
    "activate_due",
    "basic_template",
    "decline_by_link",
    "draft_agreement",
    "draft_from_pilot",
    "draft_from_proposal",
    "expire_due",
    "lock_agreement",
    "make_document",
    "make_waiting_documents",
    "order_document",
    "reopen_agreement",
    "retry_document",
    "save_draft",
    "send_for_signature",
    "send_new_link",
    "send_reminders",
    "send_signing_link_again",
    "sign_by_link",
    "sign_here",
    "store_document",
    "withdraw_agreement",
]
