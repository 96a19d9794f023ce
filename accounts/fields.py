"""Columns of members."""

from typing import Any

from django.db import models


class AddressField(models.EmailField):
    """An e-mail address, kept and looked up in lower case; see decision 0003."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared.lower() if isinstance(prepared, str) else prepared
