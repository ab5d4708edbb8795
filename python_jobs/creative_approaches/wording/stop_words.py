# ruff: noqa: RUF001  letters of other scripts look like Latin ones
"""Words that say nothing of what an ad is about, by language: the one list, for names, for vectors and for dbt.

A list of our own, because those that are published are made for long texts: their English alone has over
1,300 words, "free", "new", "system" and "million" among them, which ads are about. A word belongs here if it
holds a sentence together in its language or is a small number, and is no noun, verb or promise of an ad in
another one ("bra" is Swedish for good). In lower case, with accents. `make generated` writes those of
`LATIN_LANGUAGES` for dbt, which tells languages apart by them.
"""

from types import MappingProxyType
from typing import Final

_LISTS: Final = {
    "en": """
        a an the and or but nor so if then than that this these those there here it its itself is are was were
        be been being am do does did done doing don doesn didn isn aren wasn weren couldn wouldn shouldn haven
        hasn hadn ain has have had having can could will would shall should may might must of to in into on onto
        at by for from with without within about above across after again against along among around as back
        before behind below beside between beyond down during each either else even ever every few how i me my
        mine myself we us our ours ourselves you your yours yourself u ur he him his himself she her hers
        herself they them their theirs themselves who whom whose which what when where while why because until
        till since through though although under up upon via very too also just only still yet already always
        never not no now off once one ones other others another any anyone anything some somebody someone nobody
        nothing both something such own same more most much many less least like out over per rather really
        quite s t d m ll ve re get gets getting got gotten let lets make makes made making go goes going gone
        come comes came take takes took put see say says said want wants need needs yes oh two three four five
        six seven eight nine ten eleven twelve
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber denn sondern doch ob wenn als wie
        dass daß weil damit da dann dort hier ich mich mir mein meine meinen meinem meiner du dich dir dein
        deine deinen deinem deiner er ihn ihm sein seine seinen seinem seiner sie ihr ihre ihren ihrem ihrer
        ihnen es wir uns unser unsere unseren unserem unserer euch euer eure man sich wer was wo wann warum
        welche welcher welches dieser diese dieses diesen diesem jeder jede jedes jeden alle alles allem allen
        ist sind war waren bin bist seid sei wird werden wurde wurden worden hat haben habe hast hatte hatten
        kann kannst können könnte muss müssen soll sollte will willst wollen darf dürfen mag möchte nicht kein
        keine keinen keinem keiner nichts nie mehr viel viele sehr so auch noch nur schon jetzt immer wieder mal
        eben ganz etwa etwas von vom zu zum zur mit ohne für auf an am im in ins bei beim bis nach aus vor über
        unter um durch gegen seit während zwischen zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
    """,
    "fr": """
        le la les l un une des du de d et ou mais donc or ni si que qui quoi dont où quand pourquoi comme je j
        me m moi mon ma mes tu te t toi ton ta tes il elle on lui se s son sa ses nous notre nos vous votre vos
        ils elles leur leurs eux ce c cet cette ces ça cela ceci est sont était étaient suis es sommes êtes être
        été a as avons avez ont avoir avait fait faire peut peux pouvez pouvoir doit faut va vont vais ne n pas
        plus moins très trop aussi encore déjà toujours jamais rien tout tous toute toutes chaque même autre
        autres au aux en dans sur sous avec sans pour par chez vers entre avant après depuis jusqu jusque
        maintenant alors ainsi bien peu y qu voici voilà deux trois quatre cinq six sept huit dix onze douze
    """,
    "es": """
        el la los las un una unos unas lo y e o u ni pero sino que qué quien quién quienes cual cuál cuando
        cuándo donde dónde como cómo porque si de del a al en con sin por para sobre entre hasta desde hacia
        según yo me mi mis mí tú tu tus te ti él ella ello nos nosotros nuestro nuestra nuestros nuestras
        vosotros vuestro vuestra os usted ustedes ellos ellas su sus se le les este esta estos estas esto ese
        esa esos esas eso aquel aquella es son era eran soy eres somos ser sido fue fueron está están estoy
        estás estar ha han he has hemos haber había hay tiene tienes tener puede puedes no ya más menos muy
        mucho mucha muchos muchas poco tan tanto también tampoco solo sólo siempre nunca nada algo todo toda
        todos todas cada otro otra otros otras mismo misma así ahora aquí ahí allí después antes dos tres cuatro
        cinco seis siete ocho nueve diez once doce
    """,
    "it": """
        il lo la i gli le l un uno una e ed o od ma anche che chi cui quale quando dove come perché se di del
        dello della dei degli delle d a al allo alla agli alle da dal dallo dalla dai dagli dalle in nel nello
        nella nei negli nelle con su sul sullo sulla sui sugli sulle per tra fra io mi me mio mia miei mie tu ti
        te tuo tua tuoi tue lui lei ci noi nostro nostra nostri nostre vi voi vostro vostra vostri vostre loro
        si suo sua suoi sue ne questo questa questi queste quello quella quelli quelle è sono sei siamo siete
        era erano essere stato stata ho hai ha abbiamo avete hanno avere aveva può puoi non più meno molto molta
        molti molte poco tanto troppo già ancora sempre mai niente nulla tutto tutta tutti tutte ogni altro
        altra altri altre stesso così ora adesso qui qua senza dopo prima c quest quell dell nell all sull due
        tre quattro cinque sette otto nove dieci undici dodici
    """,
    "pt": """
        o a os as um uma uns umas e ou mas que quem qual quando onde como porque se de do da dos das em no na
        nos nas num numa por pelo pela pelos pelas para pra pro com sem sobre entre até desde eu me mim meu
        minha meus minhas tu te ti teu tua você vocês ele ela eles elas nós nosso nossa nossos nossas seu sua
        seus suas lhe lhes este esta estes estas isto esse essa esses essas isso aquele aquela é são era eram
        sou somos ser sido foi foram está estão estou estar tem têm tenho temos ter tinha há pode podem não já
        mais menos muito muita muitos muitas pouco tão também só sempre nunca nada algo tudo todo toda todos
        todas cada outro outra outros outras mesmo mesma assim agora aqui aí ali depois antes ao aos à às dois
        duas três quatro cinco seis sete oito nove dez onze doze
    """,
    "nl": """
        de het een en of maar want dus als dan dat die dit deze wie wat waar wanneer waarom hoe welke ik mij me
        mijn jij je jou jouw jullie u uw hij hem zijn zij ze haar hun wij we ons onze er hier daar is was waren
        ben bent wordt worden werd heb hebt heeft hebben had kan kun kunt kunnen moet moeten wil wilt willen zal
        zullen mag niet geen niets nooit meer veel zeer zo ook nog maar al altijd weer van voor met zonder op
        aan in bij tot naar uit om over onder tegen sinds tussen tijdens te ter nu elke elk alle alles iets
        iemand ander andere zelf eens even toch wel gaat gaan twee drie vier vijf zes zeven acht negen tien elf
        twaalf
    """,
    "sv": """
        en ett den det de dem och eller att som om när där här vad vem vilken vilket vilka varför hur jag mig
        min mitt mina du dig din ditt dina han honom hans hon henne hennes vi oss vår vårt våra ni er ert era
        sig sina deras denna detta dessa är var vara varit blir bli blev har hade ha kan kunde ska skulle vill
        måste får inte ingen inget inga aldrig mer mycket många så också bara ännu alltid redan av för med utan
        på i till från hos vid under över efter före mellan genom mot nu alla allt varje andra något någon några
        själv två tre fyra fem sju åtta nio tio
    """,
    "da": """
        en et den det de dem og eller at som om når hvor her der hvad hvem hvilken hvorfor hvordan jeg mig min
        mit mine du dig din dit dine han hans hun hende hendes vi os vores i jer jeres sig deres denne dette
        disse er var være været bliver blev har havde kan kunne skal skulle vil må ikke ingen intet aldrig mere
        meget mange så også kun endnu altid allerede af for med uden på til fra hos ved under efter før mellem
        gennem mod nu alle alt hver andre noget nogen nogle selv fem seks syv otte
    """,
    "no": """
        en ei et den det de dem og eller at som om når hvor her der hva hvem hvilken hvorfor hvordan jeg meg min
        mitt mine du deg din ditt dine han hans hun henne hennes vi oss vår vårt våre dere deres seg denne dette
        disse er var være vært blir ble har hadde kan kunne skal skulle vil må ikke ingen ingenting aldri mer
        mye mange så også bare ennå alltid allerede av for med uten på i til fra hos ved under etter før mellom
        gjennom mot nå alle alt hver andre noe noen selv fem seks sju åtte
    """,
    "pl": """
        i a oraz lub albo ale lecz że żeby by aby bo gdy kiedy gdzie jak co kto który która które których
        dlaczego czy ja mnie mi mój moja moje moich ty ciebie cię ci twój twoja twoje twoich twoim on jego go
        jemu ona jej ją my nas nam nasz nasza nasze naszych wy was wam wasz wasza oni one ich im się siebie swój
        swoja swoje ten ta to te tego tej tym tych jest są był była było były być będzie będą jestem mam masz ma
        mamy mają może można musi nie nic nigdy więcej bardzo tak też także tylko jeszcze już zawsze znowu z ze
        w we na do od dla po przy przed pod nad bez przez między u o teraz każdy każda każde wszystko wszystkie
        inny inne sam tu tam dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć
    """,
    "tr": """
        bir ve veya ya da de ki mi mı mu mü ile için gibi kadar göre ama fakat çünkü eğer ben beni bana benim
        sen seni sana senin o onu ona onun biz bizi bize bizim siz sizi sizin onlar bu şu bunu buna bunun şimdi
        burada orada ne neden niçin nasıl nerede kim hangi her hep hiç çok daha en az var yok değil olan olarak
        oldu olur olsun ise sadece bile artık sonra önce kendi tüm bütün şey iki üç dört beş altı yedi sekiz
        dokuz on
    """,
    "ru": """
        и а но или что чтобы как когда где если то так тоже также же ли бы не ни да нет я меня мне мной мой моя
        моё мои ты тебя тебе твой твоя твоё твои он его ему она её ей оно мы нас нам наш наша наше наши вы вас
        вам ваш ваша ваше ваши они их им себя свой своя своё свои этот эта это эти тот та те кто который которая
        которое которые почему чем был была было были быть будет есть в во на с со к ко из от до для по о об у
        за под над при без через между после перед про всё все весь вся уже ещё только очень больше всегда
        никогда ничего здесь там тут теперь сейчас можно нужно два две три четыре пять шесть семь восемь девять
        десять
    """,
    "uk": """
        і й та а але або що щоб як коли де якщо то так теж також же чи би не ні я мене мені мій моя моє мої ти
        тебе тобі твій твоя твоє твої він його йому вона її ми нас нам наш наша наше наші ви вас вам ваш ваша
        ваше ваші вони їх їм себе свій цей ця це ці той хто який яка яке які чому був була було були бути буде є
        в у на з зі до від для по про за під над при без через між після все всі вже ще тільки дуже більше
        завжди ніколи тут там тепер зараз два дві три чотири сім вісім десять
    """,
    "ar": """
        من الى إلى عن على في مع بدون بعد قبل حتى منذ بين عند و أو او ثم لكن بل أن ان إن أنا انا نحن أنت انت أنتم
        هو هي هم هذا هذه ذلك تلك التي الذي الذين ما ماذا متى أين كيف لماذا كل أي لا لم لن ليس ليست كان كانت يكون
        قد لقد الآن فقط أيضا جدا أكثر هنا هناك لك لكم لي لنا به بها له لها فيه فيها
    """,
    "hi": """
        का की के को में से पर और या है हैं था थी थे हो ही भी तो कि जो यह वह ये वे इस उस मैं मेरा मेरी मेरे हम
        हमारा हमारी हमारे आप आपका आपकी आपके अपना अपनी अपने तुम नहीं न एक अब कैसे क्या क्यों कब कहाँ लिए साथ बाद
        तक सब हर कुछ बहुत और कर करें करना रहा रही रहे गया गई
    """,
    "ko": """
        그 이 저 것 수 및 또는 그리고 하지만 더 왜 어떻게 나 내 우리 당신 너 지금 다 잘 안 못 있는 있어요
        있습니다 없는 하는 합니다 해요 입니다 이에요 예요 때 등 좀 또
    """,
    "ja": "私 僕 俺 方 時 今 何 人 日 中 事 物 者 的 様 他 全 毎 度 回 一 二 三 前 後 上 下 間 コト モノ",
    "zh": "的 了 是 在 和 与 我 你 您 我们 你们 他们 这 那 就 也 都 很 吗 呢 吧 把 被 让 有 没 不 一个 现在 什么 怎么",
    "th": "และ หรือ ที่ ใน ของ จาก กับ ให้ ได้ เป็น คือ มี ไม่ ก็ จะ นี้ นั้น แล้ว คุณ เรา ฉัน",
}

STOP_WORDS: Final = MappingProxyType({language: frozenset(words.split()) for language, words in _LISTS.items()})
# Languages in Latin letters, which only their words tell apart.
LATIN_LANGUAGES: Final = ("da", "de", "en", "es", "fr", "it", "nl", "no", "pl", "pt", "sv", "tr")
