import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.validators import RESERVED_USERNAMES


def errors_of(username):
    try:
        User(username=username).clean_fields(
            exclude={"password", "email", "last_login"}
        )
    except ValidationError as error:
        return error.message_dict["username"]
    return []


class TestUsernameValidators:
    @pytest.mark.parametrize("username", ["a", "Alice", "a.b_c9", "x" * 64])
    def test_pass_letters_digits_dots_and_underscores(self, username):
        assert errors_of(username) == []

    @pytest.mark.parametrize(
        "username",
        [
            "1a",
            ".a",
            "_a",
            "a b",
            "a-b",
            "a@b",
            "é",
            "a\n",
            "a\u200b",
            "\u0430lice",
            "",
        ],
    )
    def test_refuse_anything_else(self, username):
        assert errors_of(username)

    def test_refuse_sixty_five_characters(self):
        assert errors_of("x" * 65)

    @pytest.mark.parametrize("username", ["admin", "Admin", "ROOT", "api"])
    def test_refuse_reserved_names_in_any_case(self, username):
        assert "kept for the site" in errors_of(username)[0]

    def test_reserve_names_in_lower_case_alone(self):
        assert all(name == name.lower() for name in RESERVED_USERNAMES)
