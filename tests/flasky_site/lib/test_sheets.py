import pytest

from flasky_site.lib.sheets import harmless, send_sheet


class TestHarmless:
    @pytest.mark.parametrize(
        "text", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1"]
    )
    def test_marks_what_a_spreadsheet_would_compute(self, text):
        assert harmless(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["Spam.", "1 + 1", "", "a@example.com"])
    def test_leaves_other_text_alone(self, text):
        assert harmless(text) == text


class TestSendSheet:
    def test_makes_rows_only_when_they_are_asked_for(self):
        asked = []

        def rows():
            for number in range(3):
                asked.append(number)
                yield [number]

        response = send_sheet("numbers", ["number"], rows())
        lines = iter(response.streaming_content)
        next(lines), next(lines)

        assert asked == [0]
        assert response["Content-Disposition"] == 'attachment; filename="numbers.csv"'
