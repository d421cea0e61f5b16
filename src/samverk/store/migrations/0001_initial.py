import django.db.models.deletion
import samverk.store.sealed
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=64)),
                ("signature", models.BinaryField(max_length=64)),
                ("frontier", models.JSONField()),
                ("turn", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("list", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=60)),
                ("sv", models.CharField(max_length=200)),
                ("en", models.CharField(max_length=200)),
                ("position", models.PositiveIntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                ("attributes", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["list", "position"], name="store_code_list_14fa9e_idx")],
                "constraints": [models.UniqueConstraint(fields=("list", "code"), name="one_code")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("act", models.CharField(max_length=60)),
                ("what", models.CharField(blank=True, max_length=60)),
                ("actor", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("party", models.UUIDField(null=True)),
                ("capacity", models.CharField(blank=True, max_length=60)),
                ("person", models.UUIDField(null=True)),
                ("case", models.UUIDField(null=True)),
                ("programme", models.UUIDField(null=True)),
                ("item", models.UUIDField(null=True)),
                ("purpose", models.CharField(max_length=10)),
                ("allowed", models.BooleanField()),
                ("detail", models.JSONField(default=dict)),
                ("salt", models.BinaryField(max_length=32)),
                ("turn", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "at"], name="store_event_person_5076e0_idx"),
                    models.Index(fields=["case", "at"], name="store_event_case_5aac1d_idx"),
                    models.Index(fields=["party", "at"], name="store_event_party_5dd091_idx"),
                    models.Index(fields=["turn"], name="store_event_turn_96ca8d_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventAbout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.UUIDField()),
                ("person", models.UUIDField()),
            ],
            options={
                "indexes": [models.Index(fields=["person", "event"], name="store_event_person_a7b6cc_idx")],
                "constraints": [models.UniqueConstraint(fields=("event", "person"), name="one_about")],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.UUIDField()),
                ("event_hash", models.BinaryField(max_length=32)),
                ("person", models.UUIDField(null=True)),
                ("link_number", models.BigIntegerField(null=True)),
                ("link_previous", models.BinaryField(max_length=32, null=True)),
                ("link_salt", models.BinaryField(max_length=16, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event", "person"), name="one_entry"),
                    models.UniqueConstraint(fields=("person", "link_number"), name="one_link_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogLeaf",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="LogTile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("level", "index"), name="one_tile")],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("short", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=60)),
                ("hides_names", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Countersignature",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.checkpoint"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                ("key", models.CharField(max_length=64)),
                ("signature", models.BinaryField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("checkpoint", "party"), name="one_countersignature")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("personal_number", samverk.store.sealed.SealedNumber(blank=True, max_length=100)),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                ("sex", models.CharField(blank=True, max_length=10)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("protection", models.CharField(default="none", max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("personal_number", ""), _negated=True),
                        fields=("personal_number",),
                        name="one_personal_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                ("content_type", models.CharField(max_length=60)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "party"), name="one_clearance")],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("county", models.CharField(blank=True, max_length=100)),
                ("kind", models.CharField(default="individual", max_length=20)),
                ("integration_type", models.CharField(blank=True, max_length=1)),
                ("mandate", models.TextField(blank=True)),
                ("target_group", models.TextField(blank=True)),
                ("goals", models.TextField(blank=True)),
                (
                    "principal",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                ("stops_on", models.DateField(null=True)),
                ("places", models.PositiveIntegerField(null=True)),
                ("meeting_rhythm", models.CharField(blank=True, max_length=200)),
                ("reporting", models.CharField(blank=True, max_length=200)),
                ("plan_review_days", models.PositiveIntegerField(default=90)),
                ("plan_limit_days", models.PositiveIntegerField(default=365)),
                ("absence_answer_days", models.PositiveIntegerField(default=1)),
                ("follow_up_months", models.JSONField(default=list)),
                ("source", models.CharField(blank=True, max_length=100)),
                ("source_key", models.CharField(blank=True, max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source", "source_key"),
                        name="one_imported_programme",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                ("status", models.CharField(default="referred", max_length=20)),
                ("opened_at", models.DateTimeField()),
                ("started_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("support_condition", models.BooleanField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["programme", "status", "opened_at"], name="store_case_program_153fda_idx"),
                    models.Index(fields=["person"], name="store_case_person__74ad25_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("position", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ProgrammeParty",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                ("puts_in", models.TextField(blank=True)),
                ("share", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("in_team", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("programme", "party"), name="one_party_a_programme")],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePhase",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("sv", models.CharField(max_length=100)),
                ("en", models.CharField(max_length=100)),
                ("position", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CasePhase",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programmephase"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                ("name", models.CharField(max_length=200)),
                ("closed", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("party", "name"), name="one_unit_name")],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(default="sv", max_length=5)),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"
                    ),
                ),
                ("operator", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("party__isnull", True), ("person__isnull", True), _connector="OR"),
                        name="account_is_party_or_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("part", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["account", "case"], name="store_assig_account_f81fcc_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("case", "account", "part"),
                        name="one_live_assignment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("part", "contact"), ("until__isnull", True)),
                        fields=("case",),
                        name="one_live_contact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_at__isnull", True)), fields=("account",), name="one_live_calendar"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentDocument",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"),
                ),
                ("given_at", models.DateTimeField()),
                ("how", models.CharField(max_length=10)),
                ("condition_of_benefit", models.BooleanField()),
                ("gdpr_basis", models.CharField(blank=True, max_length=200)),
                ("words", models.TextField(blank=True)),
                (
                    "scan",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.attachment"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.consentdocument"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("category", models.CharField(max_length=60)),
                ("purpose", models.CharField(max_length=10)),
                ("refused", models.BooleanField(default=False)),
                ("starts_at", models.DateTimeField()),
                ("stops_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["receiver", "person", "giver", "category", "purpose", "stops_at"],
                        name="consent_in_force",
                    ),
                    models.Index(fields=["person", "starts_at"], name="store_conse_person__fb51f7_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("asked_for", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "case"], name="store_emerg_account_4dcc0e_idx"),
                    models.Index(fields=["party", "asked_at"], name="store_emerg_party_i_a59f5d_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", models.F("account")), _negated=True), name="a_second_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationDecision",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                ("decider", models.CharField(max_length=200)),
                ("decider_title", models.CharField(max_length=200)),
                ("ground", models.CharField(max_length=60)),
                ("words", models.TextField()),
                ("decided_on", models.DateField()),
                ("until", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("programme",),
                        name="one_live_evaluation_decision",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Extract",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("basis", models.CharField(max_length=10)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.evaluationdecision",
                    ),
                ),
                ("counts", models.JSONField()),
                ("data_hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["programme", "-at"], name="store_extra_program_4f0de2_idx")],
            },
        ),
        migrations.CreateModel(
            name="HealthWording",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                ("instrument", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("licence", models.CharField(max_length=500)),
                ("lead", models.CharField(blank=True, max_length=500)),
                ("questions", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("programme", "language"),
                        name="one_health_wording_a_language",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.unit"
                    ),
                ),
                ("category", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=30)),
                ("headline", models.CharField(max_length=300)),
                ("happened_on", models.DateField()),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("about_other", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "owner", "category", "-created_at"], name="store_item_person__6bf73e_idx"
                    ),
                    models.Index(fields=["person", "-created_at"], name="store_item_person__c79d7a_idx"),
                    models.Index(fields=["case", "-happened_on"], name="store_item_case_id_ecc382_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("status", models.CharField(default="reported", max_length=20)),
                ("day", models.DateField()),
                ("words", models.TextField(blank=True)),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("answer_by", models.DateField()),
                ("reached_on", models.DateField(null=True)),
                ("reached_by", models.CharField(blank=True, max_length=200)),
                ("reached_words", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"),
                ),
                ("question", models.CharField(max_length=60)),
                ("asked", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("form", "question"), name="one_answer")],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("reason", models.CharField(max_length=60)),
                ("destination", models.CharField(max_length=60)),
                ("words", models.TextField()),
                ("next_door", models.TextField(blank=True)),
                ("phases", models.JSONField(default=list)),
                ("taken_up_on", models.DateField(null=True)),
                ("taken_up_words", models.TextField(blank=True)),
                (
                    "taken_up_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("what", models.TextField()),
                ("by_participant", models.BooleanField(default=False)),
                (
                    "owner_party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                (
                    "owner_account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due", models.DateField()),
                ("first_due", models.DateField()),
                ("status", models.CharField(default="open", max_length=20)),
                ("settled_on", models.DateField(null=True)),
                ("source", models.CharField(max_length=20)),
                (
                    "source_item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"
                    ),
                ),
                ("line_key", models.UUIDField(null=True)),
                ("decision_kind", models.CharField(blank=True, max_length=60)),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_account", "status", "due"], name="store_commi_owner_a_d9caaa_idx"),
                    models.Index(fields=["line_key"], name="store_commi_line_ke_785f6f_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentMove",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.commitment"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("verb", models.CharField(max_length=20)),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("old_due", models.DateField()),
                ("new_due", models.DateField()),
                ("old_what", models.TextField(blank=True)),
                ("old_owner", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["commitment", "at"], name="store_commi_commitm_dc2cd7_idx")],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("area", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("source_from", models.CharField(blank=True, max_length=200)),
                ("source_on", models.DateField(null=True)),
                ("number", models.PositiveIntegerField()),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ControlReading",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("matter", models.CharField(max_length=200)),
                ("shown", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="EvaluationChoice",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("says", models.BooleanField()),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("point", models.CharField(max_length=10)),
                ("months", models.PositiveSmallIntegerField(default=0)),
                ("due_on", models.DateField()),
                ("status", models.CharField(default="planned", max_length=20)),
                (
                    "responsible",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("how", models.CharField(blank=True, max_length=60)),
                ("answered_on", models.DateField(null=True)),
                ("begun_on", models.DateField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("missed_code", models.CharField(blank=True, max_length=60)),
                ("missed_text", models.TextField(blank=True)),
                ("next_try_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "due_on"], name="store_follo_status_ed797c_idx")],
            },
        ),
        migrations.CreateModel(
            name="FollowUpAnswer",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"),
                ),
                ("livelihoods", models.JSONField(default=list)),
                ("occupation", models.CharField(blank=True, max_length=60)),
                ("words", models.TextField(blank=True)),
                ("health", models.PositiveSmallIntegerField(null=True)),
                ("mobility", models.PositiveSmallIntegerField(null=True)),
                ("self_care", models.PositiveSmallIntegerField(null=True)),
                ("usual_activities", models.PositiveSmallIntegerField(null=True)),
                ("pain", models.PositiveSmallIntegerField(null=True)),
                ("anxiety", models.PositiveSmallIntegerField(null=True)),
                (
                    "wording",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.healthwording",
                    ),
                ),
                ("situation", models.PositiveSmallIntegerField(null=True)),
                ("confidence", models.PositiveSmallIntegerField(null=True)),
                ("direction", models.PositiveSmallIntegerField(null=True)),
                ("whole_view", models.PositiveSmallIntegerField(null=True)),
                ("taking_part", models.PositiveSmallIntegerField(null=True)),
                ("engagement", models.PositiveSmallIntegerField(null=True)),
                ("enough_time", models.PositiveSmallIntegerField(null=True)),
                ("continuity", models.PositiveSmallIntegerField(null=True)),
                ("declined", models.JSONField(default=list)),
                ("on_behalf", models.CharField(blank=True, max_length=60)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["follow_up", "replaced_at"], name="store_follo_follow__c5725a_idx")],
            },
        ),
        migrations.CreateModel(
            name="FormalDecision",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.commitment"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("outcome", models.CharField(max_length=10)),
                ("text", models.TextField()),
                ("reason", models.TextField()),
                ("legal_ground", models.CharField(max_length=300)),
                ("decider", models.CharField(max_length=200)),
                ("decider_title", models.CharField(max_length=200)),
                ("decided_on", models.DateField()),
                ("appeal_how", models.TextField(blank=True)),
                ("appeal_until", models.DateField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.controlreading",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["promise", "decided_on"], name="store_forma_promise_422ff7_idx")],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("text", models.TextField()),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("number", models.PositiveIntegerField()),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"
                    ),
                ),
                ("part", models.CharField(max_length=20)),
                (
                    "former",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "next",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.assignment"
                    ),
                ),
                ("by_when", models.DateField()),
                ("status", models.CharField(default="named", max_length=20)),
                ("named_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("decline_reason", models.TextField(blank=True)),
                ("met_on", models.DateField(null=True)),
                ("met_where", models.CharField(blank=True, max_length=200)),
                ("met_together", models.BooleanField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["next", "status"], name="store_hando_next_id_ef797f_idx"),
                    models.Index(fields=["case", "status"], name="store_hando_case_id_957447_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("named", "accepted", "met"))),
                        fields=("case", "former", "part"),
                        name="one_live_hand_over",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOverWords",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="LegalGround",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"),
                ),
                (
                    "receiver",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                ("ground", models.CharField(max_length=60)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["item", "receiver"], name="store_legal_item_id_0b970b_idx")],
            },
        ),
        migrations.CreateModel(
            name="LivelihoodEstimate",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("monthly_before", models.PositiveIntegerField()),
                ("monthly_during", models.PositiveIntegerField()),
                ("travel", models.PositiveIntegerField(default=0)),
                ("meals", models.PositiveIntegerField(default=0)),
                ("child_care", models.PositiveIntegerField(default=0)),
                ("words", models.TextField(blank=True)),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="LivelihoodSpell",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("share", models.PositiveSmallIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                (
                    "payer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("payer_name", models.CharField(blank=True, max_length=200)),
                ("monthly", models.PositiveIntegerField(null=True)),
                ("certain", models.BooleanField(default=True)),
                ("wrong_since", models.DateTimeField(null=True)),
                ("wrong_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("status", models.CharField(default="proposed", max_length=20)),
                (
                    "provider",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("provider_name", models.CharField(blank=True, max_length=200)),
                (
                    "payer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("extent", models.PositiveSmallIntegerField(null=True)),
                ("hours", models.CharField(blank=True, max_length=200)),
                ("planned_start", models.DateField(null=True)),
                ("planned_end", models.DateField(null=True)),
                ("started_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("limit_on", models.DateField(null=True)),
                ("limit_rule", models.TextField(blank=True)),
                (
                    "workplace",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("supervisor", models.CharField(blank=True, max_length=200)),
                ("insurance", models.CharField(blank=True, max_length=60)),
                ("words", models.TextField(blank=True)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("outcome_words", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="MeasureMove",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "measure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"),
                ),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("verb", models.CharField(max_length=20)),
                ("after", models.CharField(max_length=20)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("words", models.TextField(blank=True)),
                ("decided_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["measure", "at"], name="store_measu_measure_d2cd7d_idx")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("purpose", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("how", models.CharField(default="room", max_length=10)),
                ("place", models.CharField(max_length=300)),
                ("interpreter", models.CharField(blank=True, max_length=60)),
                ("status", models.CharField(default="called", max_length=20)),
                ("held_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "starts_at"], name="store_meeti_status_a87d42_idx")],
            },
        ),
        migrations.CreateModel(
            name="AgendaQuestion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.meeting"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("decision_kind", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.meeting"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("guest", models.CharField(blank=True, max_length=200)),
                ("status", models.CharField(default="waiting", max_length=20)),
                ("mandates", models.JSONField(default=list)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
                ("present", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("account__isnull", False)),
                        fields=("meeting", "account"),
                        name="one_call_an_official",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("account__isnull", True), ("guest", "")),
                        fields=("meeting",),
                        name="one_call_of_the_participant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingMove",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.meeting"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("old_starts_at", models.DateTimeField()),
                ("new_starts_at", models.DateTimeField()),
                ("reason", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="MeetingWords",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.meeting"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.invitation"
                    ),
                ),
                ("about", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("on_behalf", models.CharField(blank=True, max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="MinutesPoint",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.meeting"
                    ),
                ),
                ("part", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("position", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="MinutesAmendment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.minutespoint"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("old_text", models.TextField(blank=True)),
                ("reason", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="NeedMark",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("groups", models.JSONField(default=list)),
                ("number", models.PositiveIntegerField()),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="NextPlace",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("place", models.TextField()),
                ("accepted_by", models.CharField(max_length=200)),
                ("accepted_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("words", models.TextField(blank=True)),
                ("status", models.CharField(default="reported", max_length=20)),
                (
                    "measure",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"
                    ),
                ),
                ("solution", models.TextField(blank=True)),
                ("solved_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["measure"], name="store_obsta_measure_209072_idx")],
            },
        ),
        migrations.CreateModel(
            name="PartyRole",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("party", "account", "role"),
                        name="one_live_party_role",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("status", models.CharField(default="draft", max_length=20)),
                (
                    "goal",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.goal"
                    ),
                ),
                ("review_on", models.DateField()),
                ("limit_on", models.DateField()),
                ("proposed_at", models.DateTimeField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.plan"),
                ),
                ("key", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("by_participant", models.BooleanField(default=False)),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due", models.DateField(null=True)),
                (
                    "decides",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                (
                    "pays",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("plan", "key"), name="one_line_a_plan")],
            },
        ),
        migrations.CreateModel(
            name="PlanReview",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.plan"),
                ),
                ("text", models.TextField()),
                ("review_before", models.DateField()),
                ("review_after", models.DateField()),
                ("limit_before", models.DateField()),
                ("limit_after", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="PlanSignature",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.plan"),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("how", models.CharField(max_length=10)),
                ("void_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("void_at__isnull", True)), fields=("plan", "party"), name="one_yes_a_party"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("party__isnull", True), ("void_at__isnull", True)),
                        fields=("plan",),
                        name="one_yes_of_hers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceBookVersion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("status", models.CharField(default="draft", max_length=20)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_words", models.TextField(blank=True)),
                ("sent_back_at", models.DateTimeField(null=True)),
                (
                    "sent_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_back_words", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replaced_at", models.DateTimeField(null=True)),
                ("fingerprint", models.CharField(blank=True, max_length=16)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "proposed", "approved"))),
                        fields=("status",),
                        name="one_price_book_a_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceLevel",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.pricebookversion"
                    ),
                ),
                ("key", models.UUIDField()),
                ("index", models.CharField(max_length=100)),
                ("year", models.PositiveSmallIntegerField()),
                ("level", models.DecimalField(decimal_places=2, max_digits=12)),
                ("confidence", models.CharField(blank=True, max_length=20)),
                ("source", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "key"), name="one_level_a_book"),
                    models.UniqueConstraint(fields=("book", "index", "year"), name="one_level_a_year"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.pricebookversion"
                    ),
                ),
                ("key", models.UUIDField()),
                ("position", models.PositiveIntegerField(default=0)),
                ("kind", models.CharField(max_length=60)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("payer", models.CharField(max_length=20)),
                ("receiver", models.CharField(max_length=20)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("unit", models.CharField(max_length=20)),
                ("nature", models.CharField(max_length=20)),
                ("price_year", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("low", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("high", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("distribution", models.CharField(max_length=20)),
                ("perspective", models.CharField(blank=True, max_length=60)),
                ("assumption", models.BooleanField(default=False)),
                ("confidence", models.CharField(blank=True, max_length=20)),
                ("source", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("book", "key"), name="one_price_a_book")],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeRole",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("mandates", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "account", "role"), name="one_role_a_programme")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectionChange",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"),
                ),
                ("before", models.CharField(max_length=30)),
                ("after", models.CharField(max_length=30)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("declined_at__isnull", True), ("done_at__isnull", True)),
                        fields=("person",),
                        name="one_waiting_change",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.item",
                    ),
                ),
                ("status", models.CharField(default="draft", max_length=20)),
                ("own", models.BooleanField(default=False)),
                ("told", samverk.store.sealed.SealedWords(default=dict)),
                ("officials", models.PositiveIntegerField(null=True)),
                ("involved", models.JSONField(default=list)),
                ("sent_at", models.DateTimeField(null=True)),
                ("priority", models.PositiveSmallIntegerField(default=0)),
                ("priority_reason", models.TextField(blank=True)),
                ("outcome_code", models.CharField(blank=True, max_length=60)),
                ("outcome_text", models.TextField(blank=True)),
                ("next_door", models.TextField(blank=True)),
                ("more_wanted", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("told_referrer_at", models.DateTimeField(null=True)),
                ("told_person_at", models.DateTimeField(null=True)),
                ("told_person_how", models.CharField(blank=True, max_length=10)),
                ("talked_on", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_how", models.CharField(blank=True, max_length=10)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="SteeringMatter",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                (
                    "obstacle",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("summary", models.TextField()),
                ("passed_on", models.DateField()),
                ("decide_by", models.DateField()),
                ("status", models.CharField(default="steering", max_length=20)),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["programme", "status"], name="store_steer_program_b4e09a_idx"),
                    models.Index(fields=["obstacle"], name="store_steer_obstacl_bbc079_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Study",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.programme"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("status", models.CharField(default="draft", max_length=20)),
                ("text", models.TextField()),
                ("hash", models.CharField(blank=True, max_length=64)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("locked_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "follows",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.study"
                    ),
                ),
                ("file", models.BinaryField(null=True)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_told", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("programme", "number"), name="one_study_number")],
            },
        ),
        migrations.CreateModel(
            name="StudyRun",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "study",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.study"),
                ),
                ("status", models.CharField(default="queued", max_length=20)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("step", models.CharField(blank=True, max_length=20)),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("reasons", models.JSONField(default=list)),
                ("studied", models.PositiveIntegerField(null=True)),
                ("members", models.JSONField(default=list)),
                ("figures", models.TextField(blank=True)),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("prices", models.TextField(blank=True)),
                ("data", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["study", "asked_at"], name="store_study_study_i_bf4a07_idx")],
            },
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.party"),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["substitute", "until"], name="store_subst_substit_02ef15_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("substitute")), _negated=True), name="not_for_herself"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WageSubsidyStep",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "measure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.item"),
                ),
                ("starts_on", models.DateField()),
                ("percent", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "starts_on"), name="one_subsidy_step_a_day")
                ],
            },
        ),
    ]
