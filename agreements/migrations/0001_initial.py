import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import roadmap.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('opportunities', '0001_initial'),
        ('partnerships', '0002_trigrams'),
        ('pilots', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('intro', models.TextField(blank=True, max_length=1000, verbose_name='what it is for')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='wording last checked')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'template',
                'verbose_name_plural': 'templates',
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='version')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='purpose')),
                ('expectations', models.TextField(blank=True, max_length=2000, verbose_name='what we expect of each other')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='starts on')),
                ('ends_on', models.DateField(default=datetime.date(9999, 12, 31), verbose_name='ends on')),
                ('is_open_ended', models.BooleanField(default=False, verbose_name='no fixed end')),
                ('renewal', models.CharField(choices=[('none', 'It ends by itself'), ('by_agreement', 'By written agreement'), ('automatic', 'By itself, a year at a time, unless one side says no')], default='by_agreement', max_length=12, verbose_name='renewal')),
                ('notice_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1)], verbose_name='days before the end to speak about renewal')),
                ('notice_days_termination', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1)], verbose_name='days’ notice for ending early')),
                ('places_per_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='student places a year')),
                ('currency', models.CharField(default='EUR', max_length=3, verbose_name='currency')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('preparing', 'Being prepared'), ('sent', 'Out for signature'), ('declined', 'Not signed'), ('withdrawn', 'Withdrawn'), ('signed', 'Signed'), ('active', 'In force'), ('expired', 'Ended')], default='draft', max_length=12, verbose_name='state')),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('signed_at', models.DateTimeField(editable=False, null=True)),
                ('closed_reason', models.TextField(blank=True, editable=False)),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('number', 'title'), output_field=models.TextField())),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partnerships.organisation', verbose_name='partner')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('pilot', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to='pilots.pilot')),
                ('proposal', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreements', to='opportunities.proposal')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreementtemplate', verbose_name='template')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'indexes': [models.Index(fields=['ends_on', 'id'], name='agreements_by_end'), models.Index(fields=['number', 'id'], name='agreements_by_number'), models.Index(fields=['status_since', 'id'], name='agreements_by_move'), models.Index(fields=['status', 'ends_on', 'id'], name='agreements_by_status'), models.Index(fields=['organisation', 'status', 'ends_on'], name='agreements_of_partner'), models.Index(condition=models.Q(('status', 'signed')), fields=['starts_on'], name='agreements_to_activate')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='agreements_ends_after_start'), models.CheckConstraint(condition=models.Q(('is_open_ended', False), ('ends_on', datetime.date(9999, 12, 31)), _connector='OR'), name='agreements_open_end_has_no_day'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['signed', 'active', 'expired']), _negated=True), models.Q(('signed_at__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='agreements_signed_has_dates')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('party', models.CharField(choices=[('school', 'The college'), ('organisation', 'The partner')], max_length=12, verbose_name='given by')),
                ('kind', models.CharField(choices=[('financial', 'Money'), ('in_kind', 'In kind')], max_length=12, verbose_name='kind')),
                ('description', models.CharField(max_length=120, verbose_name='what')),
                ('quantity', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='how many')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='of what')),
                ('unit_value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='value of one')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='value a year')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='note')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='agreements_value_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('frozen', 'Text frozen'), ('sent', 'Link sent'), ('opened', 'Link opened, perhaps by a mail scanner'), ('signed', 'Signed'), ('declined', 'Not signed'), ('withdrawn', 'Withdrawn'), ('completed', 'All have signed'), ('sealed', 'Signed document stored')], max_length=12)),
                ('at', models.DateTimeField()),
                ('who', models.CharField(max_length=200)),
                ('detail', models.TextField(blank=True)),
                ('ip', models.GenericIPAddressField(null=True)),
                ('user_agent', models.CharField(blank=True, max_length=300)),
                ('document_sha256', models.CharField(blank=True, max_length=64)),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='agreements.agreement')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'position'), name='agreements_evidence_position')],
            },
        ),
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(editable=False, max_length=200, upload_to='')),
                ('original_name', models.CharField(max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(default='application/octet-stream', max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('stored_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('kind', models.CharField(choices=[('to_sign', 'Document to sign'), ('signed', 'Signed document')], max_length=8)),
                ('edition', models.PositiveSmallIntegerField()),
                ('contents', models.JSONField()),
                ('state', models.CharField(choices=[('waiting', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made')], default='waiting', max_length=8)),
                ('pages', models.PositiveSmallIntegerField(null=True)),
                ('problem', models.TextField(blank=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='agreements.agreement')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['id'], name='agreements_to_make')],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'edition', 'kind'), name='agreements_document_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='agreements_document_hashed')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('topic', models.CharField(max_length=60, verbose_name='topic')),
                ('school_text', models.CharField(blank=True, max_length=400, verbose_name='what the college does')),
                ('organisation_text', models.CharField(blank=True, max_length=400, verbose_name='what the partner does')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='obligations', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('party', models.CharField(choices=[('school', 'The college'), ('organisation', 'The partner')], max_length=12, verbose_name='signs for')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('capacity', models.CharField(max_length=120, verbose_name='role')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('signed_at', models.DateTimeField(editable=False, null=True)),
                ('signed_name', models.CharField(blank=True, editable=False, max_length=120)),
                ('signed_capacity', models.CharField(blank=True, editable=False, max_length=120)),
                ('declined_at', models.DateTimeField(editable=False, null=True)),
                ('declined_reason', models.TextField(blank=True, editable=False, max_length=2000)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='agreements.agreement')),
            ],
            options={
                'ordering': ['order', 'id'],
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('signed_at', None)), name='agreements_waiting_for')],
                'constraints': [models.UniqueConstraint(models.F('agreement'), django.db.models.functions.text.Lower('email'), name='agreements_signatory_email')],
            },
        ),
        migrations.CreateModel(
            name='CopyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(db_index=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('first_opened_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='agreements.issueddocument')),
                ('signatory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copy_links', to='agreements.signatory')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SigningLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(db_index=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('first_opened_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('signatory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='agreements.signatory')),
            ],
            options={
                'indexes': [models.Index(fields=['signatory', '-created_at'], name='agreements_links_of')],
            },
        ),
        migrations.CreateModel(
            name='TemplateClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('part', models.CharField(blank=True, max_length=80, verbose_name='part')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('body', models.TextField(max_length=6000, verbose_name='text')),
                ('is_locked', models.BooleanField(default=False, verbose_name='wording locked')),
                ('is_binding', models.BooleanField(default=False, verbose_name='binding by law')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='agreements.agreementtemplate')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('template', 'number'), name='agreements_template_clause')],
            },
        ),
        migrations.CreateModel(
            name='AgreementClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('part', models.CharField(blank=True, max_length=80, verbose_name='part')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('body', models.TextField(max_length=6000, verbose_name='text')),
                ('is_locked', models.BooleanField(default=False, verbose_name='wording locked')),
                ('is_binding', models.BooleanField(default=False, verbose_name='binding by law')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='agreements.agreement')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='agreements_clause_number')],
            },
        ),
    ]
