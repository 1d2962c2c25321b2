"""One-character abbreviations of provinces and cities, where the pattern shows that a place is meant."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hubtui.places.gazetteer import Gazetteer, Reading
from hubtui.places.spans import NameSpan

# Each pattern begins with characters that it consumes, and looks back behind them: so it is fast.
# 在渝, 赴京, 驻港: a verb of place, the letter, and nothing that makes a word with the letter.
_CLEAR = "京津冀沪浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕穗蓉甬榕邕莞"
_AFTER_VERB = re.compile(
    r"[在赴来驻抵离返进](?<![现存正实所内潜好]在)(?<![将后从本未到近看原历年以带起上下]来)(?<!相抵)(?<![分距]离)(?<![先促改跟推]进)"
    rf"(?P<letter>[{_CLEAR}]|港(?![口湾元币])|澳(?!大|洲|元|网)|台(?![上下前后中词阶面风州式灯账球盘湾])|"
    r"(?<=[赴抵驻])深(?![入度夜处山谷海刻层远水圳浅化]))"
    r"(?![东剧菜流花瑶圆语])"
)
# 粤企, 浙商, 港资
_BEFORE_NOUN = re.compile(
    rf"(?P<letter>[{_CLEAR}港台])(?=企|商(?![场店业品城务标])|籍|媒|牌|漂|资企)(?<![一-鿿](?<![在与和及的由对向]).)"
)
_ALL = _CLEAR + "辽吉黑苏蒙晋甘青宁新藏云贵港澳台深杭沈汉郑"
# 沪深两市, 辽吉两省, 京沪穗三地
_RUN = re.compile(
    rf"(?P<run>[{_ALL}]{{2,6}})(?=[两二三四五六七八九十][地市省]|等[地省]|高铁|高速|铁路|边界|交界|边境)"
)
# 辽、吉、黑三省; 沪、浙、苏
_LIST = re.compile(
    rf"(?P<list>[{_ALL}](?<![一-鿿](?<![在到从由向和与及含跨往是为]).)(?:、[{_ALL}]){{1,15}})"
    r"(?=[两二三四五六七八九十]{1,2}[个]?[省市地区]|等|[^一-鿿]|$)"
)
# 沪指, 深市, 港股: a market's name
_MARKET = re.compile(r"(?P<letter>沪(?=市|指|股)|深(?=市(?![场民区])|成指|指数)|港(?=股(?!份)|交所))")


def find_abbreviations(gazetteer: Gazetteer, text: str) -> Iterator[tuple[NameSpan, bool]]:
    """Each abbreviation that is a place, and whether it stands inside a longer name."""
    letters = _letters(gazetteer)
    for pattern in (_AFTER_VERB, _BEFORE_NOUN, _RUN, _LIST, _MARKET):
        for match in pattern.finditer(text):
            for offset in range(match.start(match.lastgroup or 0), match.end(match.lastgroup or 0)):
                reading = letters.get(text[offset])
                if reading is not None:
                    yield NameSpan(offset, offset + 1, (reading,)), pattern is _MARKET


@lru_cache(maxsize=8)
def _letters(gazetteer: Gazetteer) -> dict[str, Reading]:
    return {
        name: Reading(reading.places, "plain")
        for name, readings in gazetteer.folded_names()
        if len(name) == 1
        for reading in readings
        if reading.use == "letter"
    }
