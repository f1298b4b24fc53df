"""Every page that answers without a sign-in, and why. A page that is missing here fails the suite."""

SIGN_IN = "whoever is not signed in must be able to sign in"
WRITE = "anybody may write to the school, without an account"
LINK = "a partner has no account; the emailed link's token opens it, and nothing else does"

PUBLIC = {
    "account_login": SIGN_IN,
    "account_logout": "asked of somebody whose session has just ended, it says so",
    "account_reset_password": SIGN_IN,
    "account_reset_password_done": SIGN_IN,
    "account_reset_password_from_key": SIGN_IN,
    "account_reset_password_from_key_done": SIGN_IN,
    "accounts:demo_sign_in": "one click into the demo; refused outside demo mode",
    "accounts:logo": "the school's logo stands on pages for partners and in mails",
    "admin:login": SIGN_IN,
    "agreements:copy": LINK,
    "agreements:decline": LINK,
    "agreements:sign": LINK,
    "agreements:sign_document": LINK,
    "contact:business": WRITE,
    "contact:doors": WRITE,
    "contact:practice": WRITE,
    "contact:problem": WRITE,
    "contact:question": WRITE,
    "contact:received": "whoever wrote sees that it came, by a signed address; nothing of the message is shown",
    "evaluation:answer": LINK,
    "evaluation:answer_class": "the sheet on a class’s wall; its token opens the form, and nothing else does",
    "evaluation:answer_student": LINK,
    "mail:new_link": "somebody whose emailed link has expired asks for a new one",
    "mail:subscribe": "a mail program or its reader leaves or joins a stream again, without an account",
    "mail:unsubscribe": "the same",
    "mfa_authenticate": SIGN_IN,
    "propositions:consent": LINK,
    "propositions:withdraw": LINK,
    "opportunities:answer": LINK,
}
