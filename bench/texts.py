"""Made-up texts in the shape of what members write: Markdown of some 60 words."""

from random import Random

_WORDS = """
    about above accent again almost along always amber answer apple around autumn
    barley basket before behind below beside better between beyond bicycle birch
    blanket bottle bridge bright butter candle careful carry castle cedar chalk
    cheese cherry circle clean clever clock cloud coast coffee cold copper corner
    cotton country cousin cradle daily dance dark daughter deep delta dinner distant
    donkey door dream drift early earth east easy echo eight elbow empty engine
    evening every family farmer feather fence ferry field finger first flask flower
    forest fossil four fresh friend frost garden gentle ginger glass gold grain
    green harbour hazel heavy hill honey horizon house hundred island ivory jacket
    kettle kitchen ladder lake lantern late leaf lemon letter light linen little
    lively longer lowland mango maple market meadow middle mirror moon morning
    mountain music narrow needle never nine north number nutmeg oak ocean often
    olive open orange orchard other paper pepper pigeon plain planet plum pocket
    pond quarter quick quiet rain rather reader river road round saddle sail salt
    sand second seven shadow shallow silver simple sister slow small smoke snow
    south spoon spring stone story street summer sunday table thimble three timber
    today together tomorrow towards tower travel under upper valley velvet village
    violet walk wall warm water west wheat whisper white wide willow window winter
    wonder wooden yellow yesterday young""".split()


class Writer:
    """Writes the same texts for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311

    def words(self, count: int) -> list[str]:
        return self.random.choices(_WORDS, k=count)

    def sentence(self, count: int) -> str:
        return f"{' '.join(self.words(count)).capitalize()}."

    def post(self) -> str:
        """Return a paragraph, and one of three endings."""
        first = self.paragraph()
        ending = self.random.choice([self._list, self._quotation, self._sentences])
        return f"{first}\n\n{ending()}"

    def paragraph(self) -> str:
        """Return 34 words with every kind of mark."""
        marked = self.words(34)
        marked[5] = f"**{marked[5]}**"
        marked[12] = f"*{marked[12]}*"
        marked[18] = f"`{marked[18]}`"
        marked[26] = f"[{marked[26]}](https://example.com/{marked[27]})"
        return f"{' '.join(marked).capitalize()}."

    def comment(self) -> str:
        before, (strong, *after) = self.words(6), self.words(6)
        return f"{' '.join(before).capitalize()} **{strong}** {' '.join(after)}"

    def _list(self) -> str:
        return "\n".join(f"- {' '.join(self.words(8))}" for _item in range(3))

    def _quotation(self) -> str:
        return f"> {self.sentence(26)}"

    def _sentences(self) -> str:
        return f"{self.sentence(13)} {self.sentence(13)}"
