"""What every model shares."""

from typing import ClassVar

from django.db import models


class Row(models.Model):
    """A row with an id that its caller made, and a sensitivity class for every field."""

    SENSITIVITY: ClassVar[dict[str, str]]

    id = models.UUIDField(primary_key=True)

    class Meta:
        abstract = True
