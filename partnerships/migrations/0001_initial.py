import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import partnerships.models.phones
import roadmap.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('jobs', '0001_initial'),
        ('roadmap', '0001_fold'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('job_title', models.CharField(blank=True, max_length=160, verbose_name='job title')),
                ('role', models.CharField(blank=True, choices=[('decision_maker', 'Signs'), ('hr', 'Human resources'), ('mentor', 'Mentor'), ('safety', 'Safety'), ('finance', 'Finance'), ('communications', 'Communications'), ('owner', 'Owner'), ('day_to_day', 'Day to day'), ('other', 'Other')], max_length=16, verbose_name='role in the partnership')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[partnerships.models.phones.validate_phone], verbose_name='phone')),
                ('is_primary', models.BooleanField(default=False, verbose_name='main contact')),
                ('do_not_contact', models.BooleanField(default=False, verbose_name='does not want to be contacted')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('name', 'job_title', 'email', 'phone', partnerships.models.phones.Compact('phone')), output_field=models.TextField())),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'indexes': [models.Index(condition=models.Q(('archived_at', None)), fields=['name', 'id'], name='partners_people_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='partnerships_contact_named')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(editable=False, max_length=200, upload_to='')),
                ('original_name', models.CharField(max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(default='application/octet-stream', max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('stored_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('status', models.CharField(choices=[('matching', 'Columns not matched yet'), ('checked', 'Test run done'), ('importing', 'Being imported'), ('done', 'Imported')], default='matching', max_length=12)),
                ('encoding', models.CharField(blank=True, max_length=20, verbose_name='encoding')),
                ('delimiter', models.CharField(blank=True, max_length=1)),
                ('columns', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=list)),
                ('notes', models.JSONField(default=list)),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('rule', models.CharField(choices=[('fill', 'Fill empty fields only'), ('skip', 'Leave them as they are')], default='fill', max_length=4, verbose_name='partners on file')),
                ('counts', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='jobs.job')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='partnerships_import_content'), models.Index(fields=['original_name'], name='partnerships_import_name'), models.Index(fields=['stored_at'], name='partnerships_import_age')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('legal_name', models.CharField(blank=True, max_length=255, verbose_name='legal name')),
                ('kind', models.CharField(choices=[('business', 'Business'), ('intermediary', 'Intermediary'), ('public_body', 'Public body'), ('ngo', 'Non-profit organisation'), ('school', 'School')], default='business', max_length=16, verbose_name='kind')),
                ('nace_section', models.CharField(blank=True, max_length=1, verbose_name='sector')),
                ('nace_division', models.CharField(blank=True, max_length=2, verbose_name='division')),
                ('trade', models.CharField(blank=True, max_length=160, verbose_name='trade, in their words')),
                ('size_band', models.CharField(blank=True, choices=[('micro_1_9', '1 to 9'), ('small_10_49', '10 to 49'), ('medium_50_249', '50 to 249'), ('large_250_plus', '250 or more')], max_length=16, verbose_name='staff')),
                ('registration_number', models.CharField(blank=True, max_length=60, verbose_name='registration number')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='general e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[partnerships.models.phones.validate_phone], verbose_name='phone')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='street')),
                ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('town', models.CharField(blank=True, max_length=120, verbose_name='town')),
                ('distance_km', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='distance in km')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='students at the same time')),
                ('source', models.CharField(blank=True, choices=[('research', 'Our research'), ('referral', 'A referral'), ('inbound_form', 'They wrote to us'), ('import', 'An import'), ('event', 'An event'), ('alumni', 'Alumni'), ('other', 'Other')], max_length=16, verbose_name='found through')),
                ('source_detail', models.CharField(blank=True, max_length=160, verbose_name='found through, in words')),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='notes')),
                ('do_not_contact', models.BooleanField(default=False, verbose_name='do not contact')),
                ('do_not_contact_reason', models.CharField(blank=True, max_length=200, verbose_name='why not')),
                ('status', models.CharField(choices=[('prospect', 'Prospect'), ('contacted', 'Contacted'), ('proposal', 'Proposal'), ('pilot', 'Pilot'), ('agreement', 'Agreement'), ('partner', 'Partner'), ('paused', 'Paused'), ('ended', 'Ended')], default='prospect', max_length=12, verbose_name='status')),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_reason', models.CharField(blank=True, choices=[('no_fit', 'No fit'), ('no_capacity', 'No capacity'), ('no_interest', 'No interest'), ('safety', 'Safety'), ('closed_business', 'The business closed'), ('moved', 'Moved away'), ('duplicate', 'Recorded twice'), ('ethics', 'Ethics'), ('other', 'Other')], max_length=16, verbose_name='reason for ending')),
                ('revisit_on', models.DateField(blank=True, null=True, verbose_name='look again on')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_contact_at', models.DateTimeField(default=datetime.datetime(1, 1, 2, 0, 0, tzinfo=datetime.timezone.utc), editable=False)),
                ('last_inbound_at', models.DateTimeField(default=datetime.datetime(1, 1, 2, 0, 0, tzinfo=datetime.timezone.utc), editable=False)),
                ('next_step_at', models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), editable=False)),
                ('next_step_text', models.CharField(blank=True, editable=False, max_length=200)),
                ('agreement_ends_on', models.DateField(editable=False, null=True)),
                ('name_folded', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('name'), output_field=models.TextField())),
                ('status_rank', models.GeneratedField(db_persist=True, expression=models.Case(models.When(status='prospect', then=0), models.When(status='contacted', then=1), models.When(status='proposal', then=2), models.When(status='pilot', then=3), models.When(status='agreement', then=4), models.When(status='partner', then=5), models.When(status='paused', then=6), models.When(status='ended', then=7)), output_field=models.PositiveSmallIntegerField())),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('name', 'legal_name', 'trade', 'town', 'email', 'website', 'registration_number', 'phone', partnerships.models.phones.Compact('phone')), output_field=models.TextField())),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='organisations', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'indexes': [models.Index(condition=models.Q(('archived_at', None)), fields=['name_folded', 'id'], name='partners_by_name'), models.Index(condition=models.Q(('archived_at', None)), fields=['last_contact_at', 'id'], name='partners_by_last_contact'), models.Index(condition=models.Q(('archived_at', None)), fields=['next_step_at', 'id'], name='partners_by_next_step'), models.Index(condition=models.Q(('archived_at', None)), fields=['status_rank', 'id'], name='partners_by_status'), models.Index(condition=models.Q(('archived_at', None)), fields=['created_at', 'id'], name='partners_by_added'), models.Index(condition=models.Q(('archived_at', None)), fields=['name_folded'], name='partners_name_begins', opclasses=['text_pattern_ops']), models.Index(condition=models.Q(('archived_at', None)), fields=['owner', 'next_step_at', 'id'], name='partners_of_owner'), models.Index(condition=models.Q(('archived_at', None)), fields=['nace_section', 'nace_division', 'id'], name='partners_in_sector'), models.Index(condition=models.Q(('archived_at', None)), fields=['status', 'last_contact_at', 'id'], name='partners_gone_quiet'), models.Index(django.db.models.functions.text.Upper('town'), models.F('id'), condition=models.Q(('archived_at', None)), name='partners_in_town'), models.Index(condition=models.Q(('archived_at', None)), fields=['distance_km', 'id'], name='partners_by_distance'), models.Index(condition=models.Q(('archived_at', None), ('agreement_ends_on__isnull', False)), fields=['agreement_ends_on', 'id'], name='partners_with_agreement'), models.Index(condition=models.Q(('archived_at', None), _negated=True), fields=['name_folded', 'id'], name='partners_archived'), models.Index(condition=models.Q(('archived_at', None), ('status', 'paused')), fields=['owner', 'revisit_on'], name='partners_to_revisit'), models.Index(condition=models.Q(('archived_at', None)), fields=['status', 'next_step_at', 'id'], name='partners_on_board')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='partnerships_name_given'), models.CheckConstraint(condition=models.Q(('ended_reason', ''), ('status', 'ended'), _negated=True), name='partnerships_ended_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'paused'), _negated=True), ('revisit_on__isnull', False), _connector='OR'), name='partnerships_paused_has_date'), models.CheckConstraint(condition=models.Q(('do_not_contact', True), ('do_not_contact_reason', ''), _negated=True), name='partnerships_ban_has_reason'), models.CheckConstraint(condition=models.Q(('nace_division', ''), models.Q(('nace_section', ''), _negated=True), _connector='OR'), name='partnerships_division_in_sector')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('skill_shortage', 'Skill shortage'), ('training_requirement', 'Training'), ('recruitment', 'Recruitment'), ('workforce_development', 'Workforce development'), ('succession', 'Succession'), ('innovation_rd', 'Innovation and research'), ('placement_host_interest', 'Wants to host students'), ('equipment_use', 'Use of equipment'), ('csr_visibility', 'Visibility and social engagement'), ('digital_transition', 'Going digital'), ('green_transition', 'Going green')], max_length=24, verbose_name='kind')),
                ('title', models.CharField(max_length=160, verbose_name='need')),
                ('detail', models.TextField(blank=True, max_length=4000, verbose_name='details')),
                ('headcount', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9999)], verbose_name='people')),
                ('urgency', models.CharField(choices=[('now', 'Now'), ('3_months', 'Within 3 months'), ('12_months', 'Within 12 months'), ('later', 'Later')], default='12_months', max_length=12, verbose_name='when')),
                ('stated_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='said on')),
                ('status', models.CharField(choices=[('open', 'Open'), ('matched', 'Offer made'), ('addressed', 'Addressed'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='open', max_length=12, verbose_name='status')),
                ('urgency_rank', models.GeneratedField(db_persist=True, expression=models.Case(models.When(then=0, urgency='now'), models.When(then=1, urgency='3_months'), models.When(then=2, urgency='12_months'), models.When(then=3, urgency='later')), output_field=models.PositiveSmallIntegerField())),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('title', 'detail'), output_field=models.TextField())),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='partnerships.contact', verbose_name='who said it')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='partnerships.organisation')),
            ],
            options={
                'verbose_name': 'need',
                'verbose_name_plural': 'needs',
                'indexes': [models.Index(fields=['organisation', 'status'], name='partnerships_needs_of'), models.Index(fields=['status', 'urgency_rank', 'id'], name='partnerships_needs_urgency'), models.Index(fields=['urgency_rank', 'id'], name='partnerships_needs_all'), models.Index(fields=['stated_on', 'id'], name='partnerships_needs_stated'), models.Index(fields=['kind', 'id'], name='partnerships_needs_kind'), models.Index(condition=models.Q(('status', 'open')), fields=['stated_on'], name='partnerships_needs_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='partnerships_need_named')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='partner')),
                ('cells', models.JSONField(default=list)),
                ('fate', models.CharField(choices=[('new', 'New partner'), ('joins', 'Joins a new partner'), ('repeats', 'Repeats another row'), ('fills', 'Fills in'), ('exists', 'On file already'), ('problem', 'Left out')], max_length=8, verbose_name='what happens')),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('changes', models.JSONField(default=list)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='partnerships.importbatch')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['batch', 'fate', 'number'], name='partnerships_import_fate')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='partnerships_import_row')],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='partnerships.organisation', verbose_name='organisation'),
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('prospect', 'Prospect'), ('contacted', 'Contacted'), ('proposal', 'Proposal'), ('pilot', 'Pilot'), ('agreement', 'Agreement'), ('partner', 'Partner'), ('paused', 'Paused'), ('ended', 'Ended')], max_length=12)),
                ('at', models.DateTimeField()),
                ('why', models.TextField(blank=True)),
                ('ended_reason', models.CharField(blank=True, choices=[('no_fit', 'No fit'), ('no_capacity', 'No capacity'), ('no_interest', 'No interest'), ('safety', 'Safety'), ('closed_business', 'The business closed'), ('moved', 'Moved away'), ('duplicate', 'Recorded twice'), ('ethics', 'Ethics'), ('other', 'Other')], max_length=16)),
                ('revisit_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='status_changes', to='partnerships.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'at', 'id'], name='partnerships_status_changes')],
            },
        ),
        migrations.CreateModel(
            name='TimelineEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('title', models.CharField(max_length=255)),
                ('body', models.TextField(blank=True)),
                ('url_name', models.CharField(blank=True, max_length=80)),
                ('object_id', models.BigIntegerField(blank=True, null=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.contact')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='partnerships.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-at', '-id'], name='partnerships_timeline')],
            },
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('archived_at', None), ('is_primary', True)), fields=('organisation',), name='partnerships_one_main_contact'),
        ),
    ]
