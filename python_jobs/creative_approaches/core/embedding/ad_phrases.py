# ruff: noqa: RUF001  the letters that look alike are Cyrillic ones
"""Phrases that betray what advertising copy does, by the key of the concept in ad_concepts.

English first, then the commonest Spanish, German, French, Russian, Chinese, Japanese and Arabic cues. Accents
do not matter. `word*` stands for every word, or last word of a phrase, that begins so.
"""

from types import MappingProxyType
from typing import Final

_PHRASES: Final = {
    "testimonial": """
        testimonial*, ugc, customer story, customer stories, case study, changed my life, saved my, love this,
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
        discount*, sale, sales, save, savings, saving, coupon*, promo, promo code, promocode, use code,
        with code, deal, deals, clearance, half price, half off, bogo, buy one get one, markdown*, rebate*,
        price drop, doorbuster*, lowest price, lowest prices, off everything, off sitewide, descuento*,
        rebaja*, oferta*, ahorr*, rabatt*, angebot*, sonderangebot*, sparen, spare, schnappchen, reduziert*,
        solde*, promotion*, remise*, economisez, скидк*, распродаж*, акци*, выгод*, промокод*, 割引, セール,
        オフ, 値下げ, 特価, クーポン, 折扣, 优惠, 促销, خصم*, تخفيض*, عرض, عروض, وفر*
    """,
    "price": """
        price, prices, priced, pricing, per month, starting at, starts at, affordable, cheap, cheaper, budget,
        pay less, cost, costs, low cost, precio*, barat*, desde solo, preis*, gunstig*, prix, pas cher, цена,
        цены, цене, дешев*, 価格, 円, السعر, سعر, اسعار
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
    "exclusive": """
        exclusive*, vip, members only, member only, invite only, invitation only, limited edition,
        early access, waitlist, waiting list, first access, insider*, limited run, exclusiv*, exklusiv*,
        edicion limitada, edition limitee, эксклюзив*, 限定, 会員, حصري*
    """,
    "how_to": """
        how to, step, steps, step by step, guide, guides, tutorial*, tip, tips, learn how, here s how, diy,
        recipe, recipes, hack, hacks, ways to, explained, walkthrough, 101, checklist, cheat sheet, method,
        show you how, easy way to, como hacer, guia, consejos, pasos, paso, so geht, so gelingt, anleitung*,
        schritt*, tipps, comment faire, etapes, astuce*, conseils, как сделать, советы, шаг*, инструкци*,
        方法, やり方, コツ, ステップ, كيف, كيفية, خطوات, نصائح
    """,
    "listicle": "reasons why, reasons to, reasons, top 3, top 5, top 10, razones, grunde, raisons, причин*",
    "problem": """
        tired of, sick of, fed up, struggling, struggle, struggles, no more, say goodbye, goodbye,
        stop wasting, stop guessing, wasting, hate, frustrat*, annoying, annoyed, overwhelmed, stressed, pain,
        painful, ache, aching, headache*, nightmare, sleepless, stuck with, stuck in, problem*, messy, mess,
        hassle, suffer*, still using, still paying, can t sleep, enough of, harto de, harta de, cansad*,
        adios a, schluss mit, genug von, mude, nie wieder, marre de, fini les, fatigue de, en finir, надоел*,
        устал*, проблем*, больше не, хватит, 悩み, お困り, もう, مشكلة, تعبت, سئمت
    """,
    "social_proof": """
        loved by, trusted by, join, bestseller*, best seller, best sellers, best selling, bestselling,
        millions of, thousands of, hundreds of, over a million, most popular, most loved, fan favorite,
        fan favourite, everyone s, everyone is, everybody, viral, cult favorite, community of, as seen on,
        popular, customers love, no 1, number one, crowd favorite, social proof, mas vendid*, miles de,
        millones de, unete, bestverkauft*, tausende, millionen, beliebt*, plus vendu*, des milliers,
        des millions, rejoignez, хит продаж, тысяч*, миллион*, присоедин*, 人気, 大人気, 万人, ベストセラー,
        الاكثر مبيعا, ملايين, انضم*
    """,
    "reviews": """
        review, reviews, reviewed, reviewer*, star, stars, 5 star, five star, rated, rating, ratings,
        top rated, out of 5, resena*, opiniones, valoraciones, estrellas, bewertung*, bewertet, sterne, avis,
        etoiles, отзыв*, оценк*, звезд*, レビュー, 口コミ, 評価, 评价, 好评, تقييم*, نجوم, مراجعات
    """,
    "authority": """
        award*, doctor*, dr, dermatologist*, dentist*, expert*, nutritionist*, vet, vets, veterinarian*,
        scientist*, clinically, clinical, science, scientific*, proven, recommended by, approved, certified,
        tested, lab, as featured in, featured in, experto*, cientific*, premiad*, arzt*, arzte*, experte*,
        getestet, ausgezeichnet*, testsieger*, prouve*, recommande*, эксперт*, врач*, научн*, доказан*, 医師,
        専門家, 受賞, خبراء, اطباء
    """,
    "guarantee": """
        guarantee*, money back, risk free, no risk, refund*, warranty, no questions asked, free returns,
        easy returns, returns, cancel anytime, cancel any time, satisfaction, or your money, love it or,
        garant*, devolucion*, sin riesgo, geld zuruck, ruckgabe, jederzeit kundbar, rembours*, satisfait,
        sans engagement, гарант*, возврат*, 返金, 返品, 保証, 保障, ضمان*, استرداد
    """,
    "free": "free, gratis, gratuit*, kostenlos*, umsonst, offert*, бесплатн*, даром, 無料, 免费, مجان*",
    "shipping": """
        shipping, ships, shipped, delivery, delivered, delivers, doorstep, to your door, next day, same day,
        envio*, entrega*, versand*, versandkostenfrei*, lieferung*, geliefert, livraison*, livre, доставк*,
        доставим, 送料, 配送, お届け, 包邮, شحن, توصيل
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
    "shop_now": """
        shop, buy, order, learn more, get yours, get it, discover, explore, add to cart, tap, click, swipe,
        check out, grab, see more, compra*, pide, descubre, kaufen, bestellen, bestell*, entdecke*, jetzt,
        achetez, commandez, decouvrez, купи*, закаж*, узна*, 今すぐ, 購入, 立即, 购买, اشتر*, تسوق, اطلب,
        اكتشف
    """,
    "comparison": """
        vs, versus, compare*, comparing, comparison, better than, unlike, instead of, alternative,
        alternatives, switch, switched, switching, the difference, other brands, the leading, big brands,
        ditch, ditched, replace, replaces, upgrade from, old way, new way, most brands, beats, outperform*,
        mejor que, a diferencia de, compara*, cambia*, besser als, im vergleich, vergleich*, wechsel*, statt,
        anders als, mieux que, meilleur que, contrairement, лучше чем, сравни*, вместо, в отличие, 比較, より,
        比べ, 对比, مقارنة, افضل من, بدلا من
    """,
    "before_after": """
        before and after, before after, transform*, results, result, went from, glow up, makeover, visible,
        visibly, in just weeks, day 1, day 30, week 1, antes y despues, resultados, vorher, nachher,
        ergebnis*, avant apres, resultats, до и после, результат*, ビフォー, 結果, 变化, قبل وبعد, نتائج
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
    "clean": """
        natural, naturally, organic, vegan, non toxic, gluten free, sugar free, no sugar, no additives,
        no artificial, additive free, chemical free, paraben*, preservative*, plant based, sin azucar,
        naturlich*, ohne zucker, sans sucre, naturel*, натуральн*, без сахара, 無添加, オーガニック, 天然,
        طبيعي*, عضوي*
    """,
    "humour": """
        lol, haha*, joke*, jokes, funny, hilarious, oops, plot twist, no judgment, no judgement, spoiler,
        said no one, meme, memes, awkward, your ex, laugh*, pun, sorry not sorry, adulting, warning may,
        side effects, don t tell, we won t judge, judging, jealous, apparently, weird, weirdest, ridiculous,
        broma*, gracios*, witz*, lustig*, blague*, drole*, шутк*, смешн*, ахаха*, 笑, 爆笑, 搞笑, مضحك*, نكتة
    """,
    "curiosity": """
        secret*, you won t believe, what happened next, what happens, this is why, here s why, the reason,
        nobody tells, no one tells, the truth about, truth, wait until, wait til, revealed, reveals, surpris*,
        shocking, discover why, see why, find out, little known, guess, one thing, never knew, didn t know,
        you need to know, might be, turns out, mystery, myth, myths, what if, ever wonder*, wonder,
        no creeras, descubre por que, geheimnis*, warum, wahrheit, vous ne croirez, pourquoi, verite, секрет*,
        почему, правда, не поверите, 秘密, 理由, なぜ, 真実, 秘诀, سر, لماذا, لن تصدق
    """,
    "launch": """
        new, introducing, launch*, just dropped, just landed, just arrived, now available, finally here,
        is here, coming soon, first ever, brand new, new arrival*, drop, unveil*, preorder, pre order,
        say hello to, now in, nuevo, nueva, nuevos, lanzamiento, presentamos, neu, neue, neuer, neues,
        neuheit*, nouveau, nouvelle, nouveaute*, decouvrez la nouvelle, нов*, новинк*, встречай*, 新発売,
        新登場, 新作, 新しい, 新品, 上市, جديد*, الان متوفر
    """,
    "news": """
        breaking, news, just in, report, reports, reported, announc*, according to, study finds, study,
        studies, survey, headline*, press, update, noticia*, nachricht*, studie*, laut, actualite*, etude,
        selon, новост*, исследован*, ニュース, 速報, 調査, 新闻, اخبار, عاجل, دراسة
    """,
    "lifestyle": """
        lifestyle, imagine, dream*, moments, adventure*, live your, everyday, escape, freedom, confidence,
        confident, wander*, mornings, slow mornings, cozy, cosy, cozier, sunset*, sunrise, vibes,
        mood, feel, feels, feeling, made for days, made for, breathe, unwind, relax, together, imagina, suena,
        libertad, traum*, freiheit, geniess*, imaginez, reve*, liberte, мечт*, представь*, свобод*, 暮らし,
        毎日, 自由, 想像, 生活, حلم, حياة
    """,
    "ease": """
        easy, easily, easier, simple, simply, effortless*, instant*, quick, quickly, one click, in one place,
        hassle free, no hassle, made easy, made simple, automatic*, in minutes, in seconds, facil*, rapid*,
        sencill*, einfach*, schnell*, muhelos*, simple*, facile*, легк*, прост*, быстр*, 簡単, かんたん, 手軽,
        简单, 轻松, سهل, بسهولة, بسيط
    """,
    "premium": """
        premium, luxury, luxurious*, craft, crafted, craftsmanship, handmade, handcrafted, hand made, finest,
        timeless, elegan*, artisan*, iconic, heirloom, couture, quality, lujo*, calidad, artesan*,
        hecho a mano, luxus*, hochwertig*, handgemacht*, qualitat*, luxe*, qualite*, fait main, премиум*,
        роскош*, качеств*, 高級, 上質, 職人, 奢华, فاخر*, جودة
    """,
    "warning": """
        mistake*, warning, danger*, avoid, risks, risky, don t let, scam*, worst, stop, never again, hidden,
        beware, before you buy, read this, protect*, safe, safety, error*, peligro*, evita, fehler, gefahr*,
        vermeid*, achtung, schutz*, erreur*, eviter, attention, proteg*, ошибк*, опасн*, внимание, защит*,
        注意, 危険, 失敗, 警告, خطا, احذر
    """,
    "cause": """
        donat*, charity, charities, giving back, give back, every purchase, proceeds, nonprofit, volunteer*,
        cause, communities, meals, shelter, equality, justice, rights, caridad, spende*, spenden, association,
        благотвор*, 寄付, 慈善, تبرع
    """,
    "bundle": """
        bundle*, kit, starter kit, gift set, value pack, multipack, bonus, free gift, buy 2, buy 3, buy two,
        2 for 1, two for one, three for two, pack of, 2x1, paquete*, geschenkt, coffret, lot de, набор*,
        комплект*, まとめ買い, セット, 套装, مجموعة
    """,
    "giveaway": """
        giveaway*, win, enter to win, contest, sweepstakes, challenge, prize*, chance to win, sorteo*, gana,
        concurso, gewinn*, gewinnspiel, verlosung, concours, gagne*, розыгрыш*, выигра*, конкурс*, 抽選,
        当たる, プレゼントキャンペーン, 抽奖, اربح
    """,
    "financing": """
        pay later, installment*, instalment*, interest free, financing, finance, apr, no interest, pay in 4,
        down payment, no fees, no fee, monthly payments, cuotas, sin intereses, raten, ratenzahlung, zinsfrei,
        sans frais, mensualites, рассрочк*, кредит*, 分割, 手数料無料, 分期, تقسيط
    """,
    "local": """
        near you, near me, local, locally, in your area, your city, your neighborhood, visit us, in store,
        store near, cerca de ti, in deiner nahe, pres de chez, рядом, в вашем городе, お近く, 附近, بالقرب
    """,
    "personal": """
        quiz, personaliz*, personalis*, custom, customized, customised, customize, made for you, tailored,
        your perfect, find your, build your, matched, personalizad*, individuell*, massgeschneidert*,
        sur mesure, персональн*, подбер*, 診断, あなただけ, 定制, مخصص
    """,
    "narrative": """
        she, he, her, him, his, story, stories, this man, this woman, this guy, this girl, this kid, this mom,
        this dad, a man, a woman, a girl, a boy, met, told, woman, man, kid, ella, sie, er, elle, она, он,
        история, 彼, 彼女, 故事, قصة
    """,
    "emotion": """
        heart*, cry, crying, tears, inspir*, amazing, hope, powerful, beautiful, beautifully, touching,
        incredible, moving, smile*, joy, proud, brave, goosebumps, unforgettable, corazon, emocion*, herz*,
        wunderschon*, coeur*, emouvant*, сердц*, эмоци*, 感動, 涙, 心, 感动, قلب, رائع
    """,
}

PHRASES: Final = MappingProxyType(
    {key: tuple(phrase.strip() for phrase in listed.split(",")) for key, listed in _PHRASES.items()}
)
