"""Stage 4, Establish outreach and communication channels: what it contributes to the rest."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mailing.enums import Stream
from mailing.slots import MailKind
from outreach import demo, demo_enquiries, facts, finding, metrics, scale, scale_enquiries, today, waiting
from outreach.enums import Channel
from outreach.rules import can_log
from outreach.services import note_answer_outcome, note_outcome
from outreach.tile import TILE
from outreach.views.partner_page import composer, next_follow_up_panel
from partnerships.slots import FactSource, PartnerComposer, PartnerPanel, PartnerSelection, TimelineKind
from roadmap.slots import (
    Action,
    DemoData,
    DueSource,
    Metric,
    NavGroup,
    Page,
    PublicPage,
    ScaleData,
    SearchSource,
    Stage,
    TodaySection,
    TodaySource,
)

STAGE = 4
GROUP = "outreach"
COMPOSER = "outreach/composer.html"

slots = [
    Stage(
        number=STAGE,
        title=_("Establish outreach and communication channels"),
        question=_("Have we started the conversation?"),
        icon="speakerphone",
        short=_("Outreach"),
        help_template="outreach/help.html",
        pages=(
            Page(
                _("Outreach"),
                "outreach:follow_ups",
                "speakerphone",
                NavGroup.WORK,
                order=10,
                stage=STAGE,
            ),
            Page(
                _("Enquiries"),
                "outreach:enquiries",
                "inbox",
                NavGroup.TOP,
                order=5,
                count=waiting.open_count,
                counts=_("open"),
                also=("outreach:reports",),
            ),
        ),
    ),
    PublicPage(_("Contact us"), "contact:doors"),
    TodaySource("outreach.enquiries", waiting.waiting_items),
    TodaySource("outreach.reports", waiting.report_items),
    DueSource("outreach.enquiries", _("Answers promised"), waiting.due_items),
    SearchSource("enquiries", _("Enquiries"), finding.find_enquiries, finding.all_enquiries),
    MailKind("outreach.enquiry_received", _("Receipt of an enquiry"), Stream.TRANSACTIONAL),
    MailKind("outreach.enquiry_answer", _("Answer to an enquiry"), Stream.TRANSACTIONAL, note_answer_outcome),
    MailKind("outreach.notice", _("Something waits for a colleague"), Stream.TRANSACTIONAL),
    TimelineKind("outreach.enquiry", _("Enquiry"), "inbox", STAGE, GROUP),
    TodaySection("outreach.follow_ups", "outreach/today.html", today.follow_ups_section, count=today.due_count),
    DueSource("outreach.follow_ups", _("Follow-ups"), today.due_items),
    PartnerComposer("call", _("Call"), "phone", "outreach:call", COMPOSER, composer(Channel.CALL), order=0),
    PartnerComposer("note", _("Note"), "note", "outreach:note", COMPOSER, composer(Channel.NOTE), order=1),
    PartnerComposer(
        "email", _("E-mail"), "mail", "outreach:email", COMPOSER, composer(Channel.EMAIL), 2, in_header=True
    ),
    PartnerComposer(
        "meeting", _("Meeting"), "calendar-event", "outreach:meeting", COMPOSER, composer(Channel.MEETING), order=3
    ),
    PartnerPanel("outreach.next", "outreach/panel.html", "right", next_follow_up_panel),
    Action(_("Log a call, e-mail or meeting"), "outreach:log", "phone", can_log),
    Action(_("Plan a follow-up"), "outreach:plan", "calendar-event", can_log),
    TimelineKind("outreach.call", _("Call"), "phone", STAGE, GROUP),
    TimelineKind("outreach.email", _("E-mail"), "mail", STAGE, GROUP),
    TimelineKind("outreach.meeting", _("Meeting"), "calendar-event", STAGE, GROUP),
    TimelineKind("outreach.note", _("Note"), "note", STAGE, GROUP),
    TimelineKind("outreach.follow_up_done", _("Follow-up done"), "check", STAGE, GROUP),
    TimelineKind("outreach.not_delivered", _("E-mail not delivered"), "mail-x", STAGE, GROUP),
    FactSource(facts.FIELDS, facts.facts),
    MailKind("outreach.personal", _("Written by a colleague"), Stream.PERSONAL, note_outcome),
    MailKind("outreach.morning", _("Morning reminder"), Stream.REMINDER),
    MailKind("outreach.timed_reminder", _("Reminder of a follow-up"), Stream.REMINDER),
    Metric(
        key="follow_up_on_time",
        order=30,
        label=_("Follow-ups done on time"),
        definition=_(
            "Follow-ups done by the end of their day ÷ follow-ups due in the last 90 days. "
            "One that was put off counts on its new day; those no longer needed are left out."
        ),
        unit="percent",
        stage=STAGE,
        records=metrics.follow_ups_due,
        records_url="/outreach/team/?state=came_due",
        compute=metrics.follow_up_on_time,
        counted=_("follow-ups due"),
        out_of=Decimal(100),
    ),
    Metric(
        key="firms_in_contact",
        label=_("Firms at Contacted"),
        definition=_("Organisations on file whose status is Contacted: spoken or written to, without a proposal yet."),
        unit="count",
        stage=STAGE,
        records=metrics.firms_in_contact,
        records_url="/partners/?status=contacted",
    ),
    Metric(
        key="firms_gone_quiet",
        label=_("Firms gone quiet"),
        definition=_(
            "Firms at Contacted that nobody has been in touch with for more than 10 days, and for whom nothing is "
            "planned."
        ),
        unit="count",
        stage=STAGE,
        records=metrics.firms_gone_quiet,
        records_url="/partners/?next_step=none&quiet=10&status=contacted",
    ),
    Metric(
        key="reply_rate",
        label=_("Firms that answered"),
        definition=_(
            "Firms heard from within 30 days ÷ firms contacted between 120 and 30 days ago, without those heard from "
            "earlier. Heard from: they called or wrote, took a call, or met us."
        ),
        unit="percent",
        stage=STAGE,
        records=metrics.firms_contacted,
        compute=metrics.reply_rate,
        records_url="/partners/?counted=reply_rate",
        counted=_("firms contacted"),
        out_of=Decimal(100),
    ),
    Metric(
        key="interactions_30_days",
        label=_("Calls, e-mails and meetings in 30 days"),
        definition=_("Recorded calls, e-mails and meetings of the last 30 days; notes are not counted."),
        unit="count",
        stage=STAGE,
        records=metrics.interactions_lately,
        records_url="/outreach/said/?in_touch=on&period=30",
    ),
    TILE,
    PartnerSelection(
        "reply_rate", _("Reply rate: new firms contacted 120 to 30 days ago"), metrics.contacted_in_period
    ),
    Metric(
        key="enquiries_open",
        label=_("Enquiries that wait for us"),
        definition=_("Messages through the contact form that are new or being answered, and not held back as spam."),
        unit="count",
        stage=STAGE,
        records=metrics.open_enquiries,
        records_url="/outreach/enquiries/",
    ),
    Metric(
        key="enquiries_on_time",
        label=_("Enquiries answered on time"),
        definition=_(
            "Enquiries answered, or taken over as a partner, by the promised day ÷ enquiries whose promised day came "
            "in the last 90 days. Two working days are promised. Spam and what was not for us is left out."
        ),
        unit="percent",
        stage=STAGE,
        records=metrics.enquiries_due,
        records_url="/outreach/enquiries/?state=came_due",
        compute=metrics.enquiries_on_time,
        counted=_("enquiries"),
        out_of=Decimal(100),
    ),
    DemoData("outreach", demo.load),
    DemoData("outreach.enquiries", demo_enquiries.load),
    ScaleData("outreach", scale.make),
    ScaleData("outreach.enquiries", scale_enquiries.make),
]
