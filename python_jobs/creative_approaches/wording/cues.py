# ruff: noqa: RUF001  letters of other scripts look like Latin ones
"""Cues that a text shows in so many signs, and that need no judgement: an amount of money, a date, a question mark.

A pattern means the same to Python's `re` and to RE2, by which DuckDB and BigQuery read: characters, classes, groups
and counts, and no backslash, quote or look-around. It reads text in lower case. Add a cue here: `make generated` then
writes it for dbt. What an ad does with its cues is no matter of patterns: the annotator says it.
"""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Cue:
    """One cue.

    pattern : a regular expression for text in lower case.  shown_by, not_by : texts that show it, and texts that only
    look so.
    """

    name: str
    meaning: str
    pattern: str
    shown_by: tuple[str, ...]
    not_by: tuple[str, ...]


# Digits of the scripts that ads use: ASCII, full width, Arabic, Persian, Devanagari, Bengali, Thai.
_DIGITS: Final = "0-9０-９٠-٩۰-۹०-९০-৯๐-๙"
_DIGIT: Final = f"[{_DIGITS}]"
_LETTERS: Final = (  # of scripts with spaces between words, in lower case; other letters are no part of a word
    "a-zªµºß-öø-ʯͱ-ԯ԰-֏ḁ-ỿａ-ｚ"
    "\u05d0-\u05ea\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff\u0900-\u0963\u0980-\u09e3\u0e00-\u0e4e"
)
_SPACE: Final = "[ \u00a0\u202f]?"
_BEFORE: Final = f"(^|[^{_LETTERS}{_DIGITS}])"
_AFTER: Final = f"($|[^{_LETTERS}])"


def _any(*alternatives: str) -> str:
    """One of several patterns, each given by itself or as a list with | between."""
    return f"({'|'.join(alternatives)})"


def _word(*alternatives: str) -> str:
    """One of several patterns as whole words, in scripts with spaces."""
    return _BEFORE + _any(*alternatives) + f"($|[^{_LETTERS}{_DIGITS}])"


_SIGN: Final = "[$¢£¤¥֏৳฿៛₠-⃀﷼﹩＄￠￡￥￦]"
_CURRENCY_BEFORE: Final = "usd|eur|gbp|chf|kr[.]?|rs[.]?|sek|nok|dkk|pln|inr|aed|sar|rmb|jpy"
_CURRENCY_AFTER: Final = (
    "usd|eur|euros?|gbp|chf|franken|bucks|quid|dollars?|dólares|doları?|евро|доллар[а-я]*|cents?|pesos|reais|yen|kr|kronor|kroner|sek|nok|dkk"
    "|zł|zl|złotych|pln|kč|tl|lira|liraya|rupees?|rupiah|руб|рубл[а-я]+|р|грн|baht"
    "|ريال|ريالا|درهم|درهما|جنيه|جنيها|دينار|دولار|دولارا|يورو|रुपये|रुपए"
)
_CURRENCY_UNSPACED: Final = "[ 万億千百萬만천]*(円|元|块钱|원|บาท)"

_PERCENT: Final = "[%٪％﹪]"
_PERCENT_WORDS: Final = (
    "percent|per cent|prozent|procent[a-zęó]*|prosent|pct|por ciento|por cento|pour cent|per cento|percento"
    "|процент[а-я]*|проц"
    "|بالمئة|بالمائة|في المئة|في المائة|प्रतिशत"
)

_DAY: Final = "(0?[1-9]|[12][0-9]|3[01])"
_MONTH: Final = "(0[1-9]|1[0-2])"
_MONTHS: Final = (
    "jan(uary|uar|uari)?|feb(ruary|ruar|ruari)?|march|april|may|june|july|august|sept?(ember)?|october|oct|nov(ember)?"
    "|december|dec|jänner|märz|maerz|mai|juni|juli|oktober|okt|dezember|dez|janvier|février|mars|avril|juin|juillet|août"
    "|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre"
    "|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março"
    "|maio|junho|julho|setembro|outubro|novembro|dezembro|januari|februari|maart|mei|augustus|maj|augusti"
    "|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
    "|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
    "|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)
_ENGLISH_MONTHS: Final = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
    "|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_NO_FIGURE_BEFORE: Final = f"(^|[^{_DIGITS}.,/:$€£-])"
_NO_FIGURE_AFTER: Final = f"($|[^{_DIGITS}/%])"

_END: Final = f"($|[^{_DIGITS}.,/]|[.,]($|[^{_DIGITS}]))"  # of a figure

_STARS: Final = "[★⭐🌟✭✯]"
_STAR_WORDS: Final = (
    "stars?|sterne?n?|étoiles?|estrellas?|estrelas?|stelle|sterren|stjärnor|stjerner|gwiazd[a-z]*|yıldız[a-zı]*"
    "|звезд[а-я]*|звёзд[а-я]*|نجوم|نجمة"
)
_MARK: Final = "[0-5][.,][0-9]{1,2}"
_OUT_OF: Final = "/|out of|von|sur|sobre|de|su|van de|af|av|na|из|από|من"
_MARKED: Final = (
    "rated|rating|ratings|score|scores|bewertet mit|bewertung|bewertungen|note|noté|nota"
    "|voto medio|valoración|betyg|puan|puanı|ocena"
    "|рейтинг|оценка|تقييم"
)
_MARKED_UNSPACED: Final = "評価|評点|评分|評分|평점|별점|คะแนน"

_TIMES: Final = (
    "k|m|mn|mio[.]?|mln|mill?ion(s|en|er|ów|y|i|a)?|millones|millón|milhões|milhão|milione?|miljoe?n(er|en)?|thousand"
    "|tausend|mil|mila|tys[.]?|tysięcy|tusen|duizend|bin|milyon|тыс[.]?|тысяч[а-я]?|млн|миллион[а-я]*|lakh|crore"
    "|ألف|آلاف|مليون|ملايين"
)
_MANY: Final = f"({_DIGIT}[.,’ \u00a0\u202f]?{_DIGIT}{{2,}}|{_DIGIT}{_SPACE}({_TIMES}))"
_PEOPLE: Final = (
    "customers?|clients?|people|persons|users?|teams?|compan(y|ies)|business(es)?|famil(y|ies)|households|homes|women|men"
    "|mums|moms|dads|parents|members?|readers?|subscribers?|followers?|downloads?|owners|fans|students?|learners?|players?"
    "|drivers?|runners?|patients|shops|restaurants|teachers|nurses|founders|reviews?|ratings?|neighbou?rs"
    "|kund(en|innen|:innen)|nutzer(n|innen|:innen)?|menschen|familien|haushalten?|frauen|männer|unternehmen|firmen|betrieben?"
    "|bewertungen|mitglieder|leser(innen)?|personen|abonnenten|leute"
    "|clientes?|client(e|es)s|utilisat(eurs|rices)|familles|femmes|hommes|personnes|membres|avis|entreprises|abonnés|foyers"
    "|lecteurs|français"
    "|usuari[oa]s|personas|familias|mujeres|empresas|opiniones|reseñas|soci[oa]s|descargas|hogares|alumn[oa]s"
    "|clienti|utenti|persone|famiglie|donne|aziende|imprese|recensioni|italiani|iscritti"
    "|usuári[oa]s|pessoas|famílias|mulheres|avaliações|alun[oa]s|brasileir[oa]s"
    "|klanten|gebruikers|mensen|gezinnen|vrouwen|bedrijven|beoordelingen|leden|huishoudens|abonnees"
    "|kunder|användare|människor|familjer|företag|personer|recensioner|omdömen|medlemmar|hushåll"
    "|klient(ów|ek)|użytkownik(ów|om)|osób|rodzin|kobiet|firm|opinii|rodziców|polaków"
    "|müşteri(miz|nin)?|kullanıcı(mız|nın)?|kişi(nin|ye)?|aile(nin)?|kadın|şirket|yorum|üye|işletme"
    "|клиент(ов|а)|пользовател[а-я]+|человек|людей|семей|компаний|отзыв(ов|а)|покупател[а-я]+|подписчиков|женщин"
    "|عميل|عميلة|عملاء|مستخدم|شخص|عائلة|أسرة|شركة|مشترك|امرأة|लोगों|लोग|ग्राहकों|ग्राहक|परिवारों|परिवार"
)
_PEOPLE_UNSPACED: Final = (
    "[万億千萬만천百]*[+＋]?(人|名|世帯|家族|社|件の(口コミ|レビュー)|位|户|家庭|家企业|用户|客户|粉丝|条好评|条评价|명|분의|가구|가족"
    "|사용자|고객|คน|ครอบครัว|ราย|รีวิว)"
)

_OCCASIONS: Final = (
    "black (friday|week)|cyber (monday|week)|christmas|xmas|new year.?s? (eve|day|sale)|halloween|easter|thanksgiving"
    "|valentine.?s?|mother.?s day|father.?s day|back to school|prime day|boxing day|singles.? day"
    "|ramadan|eid|diwali|hanukkah"
    "|weihnacht[a-zäöüß]*|nikolaus|advent|adventskalender|ostern|oster(eier|hase|angebote?|aktion|rabatt|geschenke?|feiertage?)|muttertag[a-zäöüß]*|vatertag|valentinstag"
    "|silvester|navidad|nochebuena|reyes magos|día de la madre|día del padre|san valentín|noël|saint-valentin"
    "|fête des (mères|pères)|pâques|natale|pasqua|san valentino|festa della mamma"
    "|natal|dia das mães|dia dos pais|páscoa"
    "|kerst[a-z]*|sinterklaas|moederdag|vaderdag|pasen|julklapp(ar)?|julafton|påsk|mors dag|fars dag|wielkanoc"
    "|boże narodzenie|święta|dzień (matki|kobiet)|walentynki|yılbaşı|anneler günü|babalar günü|ramazan|bayram"
    "|нов(ый|ого|ому) год[ауом]*|новогодн[а-я]+|рождеств[а-я]+|8 марта|чёрн[а-я]+ пятниц[а-я]+|черн[а-я]+ пятниц[а-я]+"
    "|رمضان|العيد|عيد الأم|الجمعة البيضاء|الجمعة السوداء|اليوم الوطني|दिवाली|दीवाली|होली|रक्षाबंधन"
)
_OCCASIONS_UNSPACED: Final = (
    "ブラックフライデー|クリスマス|母の日|父の日|お正月|お歳暮|お中元|バレンタイン|ハロウィン|双11|双十一|双12|黑五|春节|中秋|母亲节|父亲节"
    "|情人节|圣诞|블랙프라이데이|크리스마스|추석|설날|어버이날|빼빼로|수능|ตรุษจีน|สงกรานต์|คริสต์มาส|ปีใหม่"
)

_CUES: Final = (
    Cue(
        "question",
        "Holds a question mark.",
        "[?¿？؟⁇⁈‽՞፧]",
        ("Ready to run?", "走りますか？", "هل أنت جاهز؟", "¿Listos?"),
        ("Ready to run!", "Ask us anything."),
    ),
    Cue(
        "number",
        "Holds a digit.",
        _DIGIT,
        ("3 reasons", "٣ أسباب", "३ कारण", "３つの理由"),
        ("Three reasons",),
    ),
    Cue(
        "price",
        "Holds an amount of money.",
        _any(
            f"{_SIGN}{_SPACE}{_DIGIT}",
            f"{_DIGIT}{_SPACE}{_SIGN}",
            f"{_BEFORE}({_CURRENCY_BEFORE}){_SPACE}{_DIGIT}",
            f"{_DIGIT}{_SPACE}({_CURRENCY_AFTER}){_AFTER}",
            f"{_DIGIT}{_CURRENCY_UNSPACED}",
            f"{_DIGIT}[.,/][-–—]($|[^{_DIGITS}])",
        ),
        (
            *(
                "From $9",
                "$3.49",
                "Only 19 €",
                "3,49 EUR",
                "9,90 EUR per month",
                "1.299 kr",
                "kr. 1.299",
                "19,-",
                "₹499",
            ),
            *(
                "20 euros",
                "R$ 29,90",
                "CHF 12.50",
                "199 zł",
                "149,90 TL",
                "1 990 ₽",
                "990 руб.",
                "月額980円",
                "1万円",
                "¥99",
            ),
            *("99元", "9,900원", "199 บาท", "٩٩ ريال", "५०० रुपये", "99 cents"),
        ),
        ("Save 20%", "Top 10 europeans", "Pay in dollars", "Lose 20 pounds", "4 krone plates", "24/7", "10 years"),
    ),
    Cue(
        "percent",
        "Holds a percentage, or tenths as 2割 and 8折.",
        _any(
            f"{_DIGIT}{_SPACE}{_PERCENT}",
            f"{_PERCENT}{_SPACE}{_DIGIT}",
            f"{_DIGIT}{_SPACE}({_PERCENT_WORDS}){_AFTER}",
            f"{_BEFORE}yüzde {_DIGIT}",
            "[0-9０-９一二三四五六七八九](割|折|パーセント|퍼센트|เปอร์เซ็นต์)",
        ),
        (
            *("20 %", "-20%", "20% off", "Up to 30 percent", "20 Prozent Rabatt", "20 por ciento", "20 pour cent"),
            *(
                "%20 indirim",
                "yüzde 20",
                "20 процентов",
                "٢٠٪",
                "５０％オフ",
                "2割引",
                "打八折",
                "30퍼센트",
                "20 procent",
            ),
        ),
        ("Save $20", "Percent signs", "A share for everyone", "分割払い", "20 perfect days"),
    ),
    Cue(
        "date",
        "Holds a day of the year, in figures or with its month.",
        _any(
            f"{_NO_FIGURE_BEFORE}{_DAY}(st|nd|rd|th|er|[.ºª°]|-?е|-го)?{_SPACE}(of |de |di |d.)?({_MONTHS}){_AFTER}",
            f"{_BEFORE}({_ENGLISH_MONTHS})[.]? {_DAY}(st|nd|rd|th)?($|[^0-9{_LETTERS}%:.,/-]|[.,]($|[^0-9]))",
            f"[0-9０-９]月{_SPACE}[0-9０-９]{{1,2}}[日号]",
            f"{_DIGIT}월 ?{_DIGIT}{{1,2}}일",
            f"{_NO_FIGURE_BEFORE}20[0-9][0-9]-{_MONTH}-[0-3][0-9]",
            f"{_NO_FIGURE_BEFORE}{_DAY}[./]{_SPACE}(0?[1-9]|1[0-2])[./]{_SPACE}(20)?[0-9][0-9]{_NO_FIGURE_AFTER}",
            f"{_NO_FIGURE_BEFORE}{_DAY}[.]{_MONTH}[.]($|[^0-9])",
            f"{_NO_FIGURE_BEFORE}([012][1-9]|[23]0|31)/{_MONTH}{_NO_FIGURE_AFTER}",
            f"{_NO_FIGURE_BEFORE}(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01]){_NO_FIGURE_AFTER}",
        ),
        (
            *(
                "30 Nov",
                "30. November",
                "Until November 30th",
                "le 1er mars",
                "el 3 de mayo",
                "31/12",
                "12/24",
                "2026-11-30",
            ),
            *(
                "bis 30.11.",
                "24.12.2026",
                "11月30日まで",
                "11월 30일",
                "до 30 ноября",
                "30 kasım",
                "15 września",
                "15 مارس",
            ),
        ),
        ("24/7", "4.8/5", "4.8 and rising", "It may be 5 pm", "50/50", "In March", "3 days", "9/10 vets", "3 marches"),
    ),
    Cue(
        "occasion",
        "Names a day or season of the calendar for buying and giving.",
        _any(_word(_OCCASIONS), _OCCASIONS_UNSPACED, f"{_NO_FIGURE_BEFORE}(11[.]11|12[.]12){_NO_FIGURE_AFTER}"),
        (
            "Black Friday",
            "Mother’s Day gifts",
            "Weihnachtsangebot",
            "Navidad",
            "Noël",
            "母の日",
            "双十一",
            "رمضان",
            "11.11 sale",
        ),
        ("A black dress on Friday", "Eastern Europe", "Prenatal yoga", "بعيد", "Feid"),
    ),
    Cue(
        "rating",
        "Holds a rating: stars or marks.",
        _any(
            f"{_STARS}\ufe0f?{_STARS}",
            f"{_DIGIT}{_SPACE}{_STARS}",
            f"{_STARS}\ufe0f?{_SPACE}[1-5]([.,][0-9])?($|[^{_DIGITS}{_LETTERS}])",
            f"(^|[^{_DIGITS}.,/])[345]([.,][0-9]{{1,2}})?{_SPACE}/{_SPACE}5{_END}",
            f"(^|[^{_DIGITS}.,]){_MARK}{_SPACE}({_OUT_OF}){_SPACE}5{_END}",
            f"(^|[^{_DIGITS}.,])[5-9][.,][0-9]{_SPACE}/{_SPACE}10{_END}",
            f"(^|[^{_DIGITS}])[0-9]([.,][0-9]{{1,2}})?[- \u00a0]?({_STAR_WORDS}){_AFTER}",
            _word("five.stars?"),
            "[0-5][つ颗] ?星|[0-5](颗|つ)?星|星[1-5]",
            f"{_BEFORE}({_MARKED})( of| de| mit| von|:)? ?{_MARK}",
            f"({_MARKED_UNSPACED})( ?[：:は])? ?[0-5][.,]?[0-9]?",
        ),
        (
            *(
                "★★★★★",
                "⭐️⭐️⭐️⭐️⭐️",
                "4.8/5",
                "4,8 von 5",
                "4.8 ★",
                "4.8 stars",
                "A 5-star app",
                "5 Sterne",
                "4,9 étoiles",
            ),
            *("9.2/10", "Rated 4.7", "評価4.8", "星5つ", "별점 4.9", "5 звёзд", "Note : 4,8 sur 5", "five-star food"),
        ),
        (
            "Starry nights",
            "★ New",
            "24/5 service",
            "50/50",
            "1/5 of the sugar",
            "4 out of 5 days",
            "Top 5 starters",
            "2024/5",
        ),
    ),
    Cue(
        "user_count",
        "Holds a number of 100 or more of people, companies or reviews.",
        _any(
            f"{_MANY}{_SPACE}({_TIMES})?[+]?( of| de| di| von| d)?[ ’]([{_LETTERS}-]+ )?({_PEOPLE}){_AFTER}",
            f"{_DIGIT}[,.]?{_DIGIT}{{2,}}( ?[+])? ?{_PEOPLE_UNSPACED}",
            f"{_DIGIT}[万億千萬만천百][+＋]? ?{_PEOPLE_UNSPACED}",
        ),
        (
            *(
                "2 million users",
                "10,000+ happy customers",
                "Trusted by 500 teams",
                "10.000 Kunden",
                "12k five-star reviews",
            ),
            *(
                "2 millions de clients",
                "50 mil familias",
                "30 000 użytkowników",
                "200万人",
                "3,000人",
                "100만 명",
                "5万用户",
            ),
            *("2 milyon kullanıcı", "15 000 клиентов", "مليون عميل 3 ملايين عميل"),
        ),
        (
            "Serves 4 people",
            "A team of people",
            "For 2 people",
            "20 days",
            "Trusted by teams",
            "2人用",
            "100 ways to cook",
        ),
    ),
    Cue(
        "emoji",
        "Holds an emoji or a pictograph.",
        "[\U0001f1e6-\U0001faff\u2600-\u27bf⭐⭕]",
        ("Hot 🔥", "★ New ★", "🇫🇷 made", "Sun ☀️"),
        ("Plain :)", "© Brand™"),
    ),
)
CUES: Final = MappingProxyType({cue.name: cue for cue in _CUES})
_COMPILED: Final = {name: re.compile(cue.pattern) for name, cue in CUES.items()}


def shows(name: str, text: str) -> bool:
    """Whether a text, as it is written, shows the cue of this name."""
    return _COMPILED[name].search(text.lower()) is not None
