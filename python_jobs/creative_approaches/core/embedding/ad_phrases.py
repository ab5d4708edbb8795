"""Phrases that betray what advertising copy does, by the key of the concept in ad_concepts.

English first, then the commonest Spanish, German, French, Russian, Chinese, Japanese and Arabic cues. Accents
do not matter. `word*` stands for every word, or last word of a phrase, that begins so.
"""

from types import MappingProxyType
from typing import Final

_PHRASES: Final = {
    "testimonial": """
        testimonial*, ugc, quotation*, quote card*,
        customer story, customer stories, case study, changed my life, saved my, love this,
        love these, i love, loved it, i was skeptical, i was sceptical, i tried, i wish i, i finally, i never,
        i have never, i ve never, i can t believe, i ve been, i ve tried, worth every penny, obsessed,
        highly recommend, would recommend, recommend it, best purchase, best decision, game changer,
        never going back, can t live without, my husband, my wife, my daughter, my son, real people,
        real stories, erfahrungsbericht*, kundenstimme*, temoignage*, testimonio*, me encanta, ich liebe,
        j adore, meine erfahrung, hat mein leben, a change ma vie, изменил мою, советую, рекомендую, 体験談,
        愛用, انصح, تجربتي
    """,
    "first_person": """
        i, my, me, mine, myself, yo, mis, ich, mein, meine, meinen, meinem, meiner, mir, mich, je, j, mon,
        mes, moi, я, мне, меня, мой, моя, мою, мои, 私, 僕, わたし, انا
    """,
    "we": "we, our, us, ours, nosotros, nuestr*, wir, unser*, nous, notre, nos, мы, наш*, 私たち, 当社, نحن",
    "second_person": """
        you, your, yours, yourself, u, ur, tu, tus, usted, ustedes, tuyo, du, dein, deine, deinen, deinem,
        deiner, dich, dir, ihr, ihre, ihren, vous, votre, vos, toi, tes, ты, тебе, тебя, твой, твоя, вы, вам,
        вас, ваш*, あなた, 你, 您, انت, لك
    """,
    "founder": """
        founder*, cofounder*, co founder*, we started, i started, it started, started with, started in,
        started as, our story, my story, origin story, why i built, why we built, why i made, why we made,
        i built, we built, quit my job, left my job, family owned, family run, family business, family recipe,
        small business, from scratch, founded, behind the brand, generations, my garage, a garage,
        kitchen table, my kitchen, our mission, so i made, so we made, so i created, so we created, i created,
        we created, couldn t find, nuestra historia, fundador*, fundad*, grunder*, gegrundet,
        unsere geschichte, fondateur*, fondatrice*, fondee, notre histoire, основател*, основан*,
        наша история, 創業, 創始, مؤسس*, قصتنا
    """,
    "discount": """
        discount*, sale, save, saving, coupon*, promo, promo code, promocode, use code, with code, deal, deals,
        clearance, half price, half off, bogo, buy one get one, markdown*, rebate*, price drop, doorbuster*,
        lowest price, lowest prices, off everything, off sitewide, descuento*, rebaja*, oferta*, ahorr*,
        rabatt*, angebot*, sonderangebot*, sparen, schnappchen, reduziert*, solde*, promotion*, remise*,
        economisez, скидк*, распродаж*, акци*, выгод*, промокод*, 割引, セール, オフ, 値下げ, 特価, クーポン,
        折扣, 优惠, 促销, خصم*, تخفيض*, عرض, عروض, وفر*
    """,
    "price": """
        price, prices, priced, pricing, per month, starting at, starts at, affordable, cheap, cheaper, pay less,
        cost, costs, low cost, precio*, barat*, desde solo, preis*, gunstig*, prix, pas cher, цена, цены, цене,
        дешев*, 価格, 円, السعر, سعر, اسعار
    """,
    "urgency": """
        today only, only today, last chance, final chance, ends tonight, ends today, ends soon, ends sunday,
        ends monday, ends friday, ends tomorrow, ends at, hurry, limited time, while supplies last,
        while stocks last, final hours, final days, last days, hours left, days left, don t miss, don t wait,
        before it s gone, before they re gone, before it s too late, almost gone, selling fast, selling out,
        sells out, sold out, almost sold out, deadline*, expires, expiring, now or never, act now, act fast,
        tonight, midnight, countdown, flash, last day, final day, running out, run out, going fast,
        going going, low stock, limited stock, this weekend only, 24 hours, 48 hours, clock is ticking,
        urgent, last call, order by, miss out, too late, gone soon, solo hoy, ultima oportunidad, ultimas,
        ultimos, date prisa, termina, nur heute, nur noch, letzte chance, endet, jetzt sichern, schnell sein,
        derniere chance, derniers jours, dernieres heures, depechez, aujourd hui seulement, только сегодня,
        успей*, последн*, торопи*, осталось, 本日限り, 期間限定, 今だけ, 残り, お早めに, 限时, 最后,
        اليوم فقط, لفترة محدودة, اخر فرصة, سارع
    """,
    "how_to": """
        how to, step, steps, step by step, guide, guides, tutorial*, tip, tips, learn how, here s how, diy,
        recipes, hack, hacks, ways to, explained, walkthrough, 101, checklist, cheat sheet, method,
        show you how, easy way to, como hacer, guia, consejos, pasos, paso, so geht, so gelingt, anleitung*,
        schritt*, tipps, comment faire, etapes, astuce*, conseils, как сделать, советы, шаг*, инструкци*, 方法,
        やり方, コツ, ステップ, كيف, كيفية, خطوات, نصائح
    """,
    "problem": """
        tired of, sick of, hate, pain, fed up, struggling, struggle, struggles, no more, say goodbye, goodbye,
        stop wasting, stop guessing, wasting,
        frustrat*, annoying, annoyed, overwhelmed, stressed, painful, ache, aching,
        headache*, nightmare, sleepless, stuck with, stuck in, problem*, messy, mess, hassle, suffer*,
        still using, still paying, can t sleep, enough of, harto de, harta de, cansad*, adios a, schluss mit,
        genug von, mude, nie wieder, marre de, fini les, fatigue de, en finir, надоел*, устал*, проблем*,
        больше не, хватит, 悩み, お困り, もう, مشكلة, تعبت, سئمت
    """,
    "social_proof": """
        loved by, trusted by, join, bestseller*, best seller, best sellers, best selling, bestselling,
        millions of, thousands of, hundreds of, over a million, most popular, most loved, fan favorite,
        fan favourite, everyone s, everyone is, everybody, viral, cult favorite, community of, as seen on,
        popular, customers love, no 1, number one, crowd favorite, social proof, mas vendid*, miles de,
        millones de, unete, bestverkauft*, tausende, millionen, beliebt*, plus vendu*, des milliers,
        des millions, rejoignez, хит продаж, миллион*, присоедин*, 人気, 大人気, 万人, ベストセラー,
        الاكثر مبيعا, ملايين, انضم*
    """,
    "reviews": """
        review, reviews, reviewed, reviewer*, star, stars, 5 star, five star, rated, rating, ratings,
        top rated, out of 5, resena*, opiniones, valoraciones, estrellas, bewertung*, bewertet, sterne, avis,
        etoiles, отзыв*, оценк*, звезд*, レビュー, 口コミ, 評価, 评价, 好评, تقييم*, نجوم, مراجعات
    """,
    "authority": """
        award*, doctor*, dr, dermatologist*, dentist*, nutritionist*, vet, vets, veterinarian*, scientist*,
        clinically, clinical, science, scientific*, proven, recommended by, approved, certified, tested, lab,
        as featured in, featured in, experto*, cientific*, premiad*, arzt*, arzte*, experte*, getestet,
        ausgezeichnet*, testsieger*, prouve*, recommande*, эксперт*, врач*, научн*, доказан*, 医師, 専門家,
        受賞, خبراء, اطباء
    """,
    "guarantee": """
        guarantee*, money back, risk free, no risk, refund*, warranty, no questions asked, free returns,
        easy returns, returns, cancel anytime, cancel any time, satisfaction, or your money, love it or,
        garant*, devolucion*, sin riesgo, geld zuruck, ruckgabe, jederzeit kundbar, rembours*, satisfait,
        sans engagement, гарант*, возврат*, 返金, 返品, 保証, 保障, ضمان*, استرداد
    """,
    "shipping": """
        free shipping, free delivery, free worldwide shipping, ships free, delivered free, shipping is free,
        delivery is free, envio gratis, envio gratuito, envios gratis, versandkostenfrei*, gratis versand,
        gratisversand, kostenloser versand, kostenlose lieferung, livraison gratuite, livraison offerte,
        spedizione gratuita, frete gratis, portes gratis, gratis verzending, gratis bezorgd, fri frakt,
        gratis frakt, darmowa dostawa, ucretsiz kargo, kargo bedava, бесплатная доставка, доставка бесплатно,
        送料無料, 包邮, شحن مجاني, توصيل مجاني
    """,
    "trial": """
        free trial, trial, trials, try it free, try free, try for free, try it for, try us, day trial,
        days free, month free, no credit card, no card needed, start free, start for free, free for 30,
        free for 7, free for 14, free plan, free sample, test drive, prueba gratis, prueba gratuita, pruebalo,
        probier*, gratis testen, kostenlos testen, probemonat, probeabo, essai*, essayez, пробн*, попробуй*,
        無料体験, お試し, 试用, تجربة مجانية, جرب*
    """,
    "sign_up": """
        sign up, signup, book a, book your, demo, demos, get started, schedule, request a, request your,
        subscribe, register, registration, download, webinar*, ebook*, whitepaper*, install, apply now,
        get a quote, free quote, consultation*, create an account, enroll, enrol, reserve your, registrate,
        suscribe*, descarga*, solicita*, reserva*, anmelden, registrieren, herunterladen, termin, buchen,
        inscri*, telechargez, demandez, reservez, запиш*, регистр*, скача*, подпи*, 登録, 申し込み,
        ダウンロード, 予約, 注册, 下载, سجل, اشترك, حمل, احجز
    """,
    "comparison": """
        vs, versus, compare*, comparing, comparison, better than, unlike, alternative, alternatives,
        the difference, other brands, the leading, big brands, ditch, ditched, upgrade from, old way, new way,
        most brands, beats, outperform*, mejor que, a diferencia de, compara*, cambia*, besser als,
        im vergleich, vergleich*, anders als, mieux que, meilleur que, contrairement, лучше чем, сравни*,
        вместо, в отличие, 比較, 比べ, 对比, مقارنة, افضل من, بدلا من
    """,
    "specs": """
        waterproof, water resistant, stainless, steel, cotton, leather, wool, merino, linen, silk, aluminum,
        aluminium, titanium, ceramic, material, materials, made from, made of, battery, lightweight,
        ingredient*, feature*, fabric, capacity, specs, specification*, engineered, engineering, precision,
        bluetooth, usb, wireless, durable, breathable, adjustable, rechargeable, powered by, built in,
        dimensions, caracteristicas, algodon, acero, cuero, material*, baumwolle, edelstahl, leder,
        wasserdicht, akku, coton, acier, cuir, etanche, хлопок, сталь, кожа, материал*, водонепрониц*, 素材,
        防水, 綿, 本革, ステンレス, 材质, قطن, جلد, مقاوم
    """,
    "gift": """
        gift, gifts, gifting, gifted, giftable, present for, presents for, mother s day, mothers day,
        father s day, fathers day, valentine*, stocking, for mom, for mum, for dad, for her, for him,
        birthday*, anniversary, regalo*, regala*, geschenk*, schenk*, muttertag, vatertag, cadeau*, offrir,
        fete des meres, подар*, プレゼント, ギフト, 贈り物, 母の日, 父の日, 礼物, 送礼, هدية, هدايا
    """,
    "season": """
        summer, winter, spring, autumn, holiday*, christmas, xmas, black friday, cyber monday, new year,
        new year s, halloween, back to school, easter, thanksgiving, season*, ramadan, eid, diwali, festive,
        verano, invierno, navidad, primavera, otono, sommer, herbst, fruhling, weihnacht*, ostern, ete, hiver,
        noel, rentree, printemps, летн*, лето, зимн*, зима, весенн*, осенн*, новогодн*, новый год, 夏, 冬, 春,
        クリスマス, お正月, 新年, صيف*, شتاء, رمضان, العيد
    """,
    "sustainability": """
        sustainab*, eco, eco friendly, ecological, planet, plastic, plastic free, recycl*, compostable,
        biodegradable, carbon, climate, zero waste, renewable, ethical*, fair trade, cruelty free, earth,
        ocean*, tree, trees, landfill, reusable, refillable, footprint, green energy, waste, sostenible*,
        ecologic*, reciclad*, planeta, nachhaltig*, umwelt*, recycelt*, klima*, plastikfrei*, ecolog*,
        planete, эколог*, переработ*, планет*, устойчив*, サステナブル, 環境, エコ, リサイクル, 环保, مستدام*,
        البيئة
    """,
    "launch": """
        new, introducing, launch*, just dropped, just landed, just arrived, now available, finally here,
        is here, coming soon, first ever, brand new, new arrival*, unveil*, preorder, pre order, say hello to,
        now in, nuevo, nueva, nuevos, lanzamiento, presentamos, neu, neue, neuer, neues, neuheit*, nouveau,
        nouvelle, nouveaute*, decouvrez la nouvelle, нов*, новинк*, встречай*, 新発売, 新登場, 新作, 新しい,
        新品, 上市, جديد*, الان متوفر
    """,
    "bundle": """
        bundle*, kit, starter kit, gift set, value pack, multipack, bonus, free gift, buy 2, buy 3, buy two,
        2 for 1, two for one, three for two, pack of, 2x1, paquete*, geschenkt, coffret, lot de, набор*,
        комплект*, まとめ買い, セット, 套装, مجموعة
    """,
    "narrative": """
        she, he, her, him, his, story, stories, this man, this woman, this guy, this girl, this kid, this mom,
        this dad, a man, a woman, a girl, a boy, met, told, woman, man, kid, ella, elle, она, он,
        история, 彼, 彼女, 故事, قصة
    """,
    "curiosity": """
        secret*, you won t believe, what happened next, what happens, this is why, here s why, the reason,
        nobody tells, no one tells, the truth about, truth, wait until, wait til, revealed, reveals, surpris*,
        shocking, discover why, see why, find out, little known, guess, one thing, never knew, didn t know,
        you need to know, might be, turns out, mystery, myth, myths, what if, ever wonder*, wonder,
        no creeras, descubre por que, geheimnis*, warum, wahrheit, vous ne croirez, pourquoi, verite, секрет*,
        почему, правда, не поверите, 秘密, 理由, なぜ, 真実, 秘诀, سر, لماذا, لن تصدق
    """,
    "warning": """
        mistake*, warning, danger*, avoid, risks, risky, don t let, scam*, worst, stop, never again, hidden,
        beware, before you buy, read this, protect*, safe, safety, error*, peligro*, evita, fehler, gefahr*,
        vermeid*, achtung, schutz*, erreur*, eviter, attention, proteg*, ошибк*, опасн*, внимание, защит*,
        注意, 危険, 失敗, 警告, خطا, احذر
    """,
}

PHRASES: Final = MappingProxyType(
    {key: tuple(phrase.strip() for phrase in listed.split(",")) for key, listed in _PHRASES.items()}
)
