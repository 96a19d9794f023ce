"""Columns of members."""

from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models

from flasky_site.lib.fields import LineFormField, ParagraphsFormField
from flasky_site.lib.text import clean_line, clean_paragraphs

from .gravatar import hash_address


class AddressField(models.EmailField):
    """An e-mail address, kept and looked up in lower case; see decision 0003."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared.lower() if isinstance(prepared, str) else prepared


class AddressHashField(models.CharField):
    """What Gravatar knows the address in the field ``source`` by.

    It follows on saving; changing addresses by ``update`` blanks it.
    """

    # As long as a SHA-256; an MD5 is half of that.
    _fixed: ClassVar[dict[str, Any]] = {
        "max_length": 64,
        "default": "",
        "db_default": "",
        "blank": True,
        "editable": False,
    }

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{**kwargs, **self._fixed})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        chosen = {key: kwargs[key] for key in kwargs if key not in self._fixed}
        return name, path, args, {**chosen, "source": self.source}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        address_hash = hash_address(getattr(instance, self.source))
        setattr(instance, self.attname, address_hash)
        return address_hash


class LineField(models.CharField):
    """One line that somebody typed, as ``clean_line`` returns it however it came."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean_line(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineFormField, **kwargs})


class ParagraphsField(models.TextField):
    """Plain text that somebody typed, as ``clean_paragraphs`` returns it."""

    def __init__(self, verbose_name: Any = None, *, max_length: int, **kwargs: Any):
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        # Django measures long texts in forms alone.
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean_paragraphs(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ParagraphsFormField, **kwargs})
