"""Copy of Lumeo, a skincare brand (tiktok_ads)."""

from tests.support.demo_data.demo_copy import bank

PRODUCTS = (
    "serum",
    "night cream",
    "cleansing balm",
    "vitamin C booster",
    "sun fluid",
    "eye gel",
    "lip mask",
    "toner",
    "clay mask",
)

UNBOXING = bank(
    """
    unboxing the {p} everyone keeps sending me
    ok the packaging?? obsessed
    package day!! let's open it
    what came in my Lumeo box this month
    POV: the parcel finally arrived
    opening the cutest little box ever
    come unbox with me 📦
    wait for the last thing in the box
    I ordered it at 2 am, let's unbox
    this unboxing got me kicking my feet
    first look at the new {p}
    not me crying over a cardboard box
    mail time! guess what's inside
    my roommate made me film this unboxing
    ASMR unboxing of the {p}
    ripping the tape off so you don't have to
    haul time, it's a small one but wow
    pls look at this tiny box
    they put stickers in the package omg
    unboxing + first swatch
    the box smells like oranges??
    so I got the {p} and had to open it on camera
    open it with me, no filter
    surprise parcel from Lumeo, thx besties
    does the {p} look as good out of the box?
    box opened, expectations destroyed (in a good way)
    """,
    """
    ok so the parcel came today and the box is SO pretty, let's open it together
    unboxing my order right on the kitchen floor, don't mind the mess lol
    tape off, lid up, and omg the little note inside the box 🥹
    I literally ran to the door for this package, here's everything inside
    haul from Lumeo: one big box, three minis, stickers and a lot of tissue paper
    the packaging is recyclable and the lid clicks, the click!! listen
    not sponsored, just a girl opening a parcel on her lunch break
    wait till you see how they wrapped it, unboxing starts at second five
    swatching it straight out of the box because I have no patience
    my order took two days, the unboxing took ten minutes, worth it
    guys the box comes with a tiny spatula, I repeat, a tiny spatula
    opening it live so you get my real first reaction, no cuts
    first impressions: cute box, light texture, smells like a clean towel
    the courier knows me by now. anyway here's what was in the package
    unboxing for everyone who asked what's in the new set, let's gooo
    I kept the box for my jewelry, it's that cute, look inside
    filmed this unboxing with one hand and a cat on my lap
    you get the bottle, the pump, a refill and a thank you card in the package
    honest first look: the parcel was tiny but packed so well
    I was promised stickers and the box delivered, see for yourself
    mom thought the package was for her, we opened it together lol
    let me open this before my boyfriend asks how many parcels came this week
    everything in the box, texture shots included, you're welcome
    POV you open the mail and it's the thing you saw on here at midnight
    """,
    """
    #unboxing #haul
    #unboxing #package
    unboxing part 2 tomorrow
    #unboxing #unboxwithme
    #haul #parcel #unboxing
    #unbox #openwithme
    full unboxing on my page
    """,
)

ROUTINE = bank(
    """
    my 3 step morning routine, step by step
    how I layer serum and cream, in order
    GRWM and learn what goes on first
    night routine: the right order of things
    skin prep in 4 steps before makeup
    get unready with me: how to double cleanse
    how to make your sunscreen sit under makeup
    GRWM: why I wait a minute between layers
    my lazy Sunday routine in three steps
    AM routine: where the {p} goes
    GRWM tips: less product, more water
    bedtime routine for tired people, 4 steps
    how to fit the {p} into your routine
    gym, shower, skin: the order I follow
    three layers, and which one comes first
    get ready with me: how to pat, not rub
    flight day routine: 3 tips for dry air
    how much I use every night, in drops
    sunscreen last: my summer steps, explained
    GRWM: how to prep skin for a long day
    layering the {p} under makeup, step by step
    pm routine: what to wash off first
    """,
    """
    step one cleanse, step two tone, step three a pump of this, then sunscreen. save it for tomorrow
    get ready with me and learn why damp skin takes serum better than dry skin
    my evening order: balm first, then water, serum, cream. here is why the order matters
    put it on after toner, wait one minute, then makeup sits so much better
    GRWM tip: warm it between your palms and press, don't rub, four minutes in all
    how to wash off a day: oil first, gel second, pat dry, then this on damp skin
    use it before moisturizer, every night, two drops are enough for the whole face
    do your skin first and your hair later, so the layers have time to sink in
    how I do my mornings: rinse, two thin layers, sunscreen, and why thin beats thick
    I show you each step of my night routine and what to skip when you are tired
    slow routine, five steps: steam, cleanse, tone, this, and a cream on top
    in the morning use two drops, at night use three, and never on wet skin
    GRWM for beginners: skin prep first, five minutes, and then the makeup
    my bedtime steps in order with how long each takes, screenshot it for your own
    rinse, pat dry, layer, sunscreen: do it every morning for a month and compare
    how to take off wedding makeup in one go: balm, warm cloth, then two thin layers
    shower, cleanse, layer: why I do it before ten and in that order
    skin prep before makeup is the whole trick, so here is mine in three steps
    travel routine: pour four minis, and use them in this order morning and night
    """,
    """
    #grwm #routine
    #morningroutine #grwm
    #nightroutine #getreadywithme
    #getreadywithme #routine
    #routine #skinprep
    full routine on my page
    #grwm #morning
    """,
)

UNBOX_ROUTINE = bank(
    """
    unboxing it, then straight into my night routine
    open the box and get ready with me
    package came, GRWM with everything inside
    new {p} unboxed and on my face in 5 minutes
    unbox + morning routine, first try
    mail day GRWM 📦
    parcel to pillow: unboxing and bedtime routine
    let's open it and add it to my routine
    haul turned into a get ready with me
    first look, first layer: unboxing GRWM
    what's in the box and where it goes in my routine
    box open, hair up, routine on
    unboxing at 7 am and getting ready with it
    I opened the parcel mid routine, sorry
    """,
    """
    opening the package and putting it on right away, my morning routine with the new box
    unboxing first, then get ready with me using everything inside the parcel
    ok the box is so cute, now let's layer it in my night routine
    tape off, lid up, on my face. GRWM with the whole order
    parcel came while I was getting ready so you get an unboxing and a routine
    omg the packaging, anyway here's how I use it every morning after toner
    first impressions out of the box, then the full evening routine, no cuts
    open it with me, then cleanse, layer, sunscreen, out the door
    haul and routine in one video because I have no patience lol
    unboxed at night, used at night: bedtime routine with the new set
    I opened the box on my bed and did my skin prep right there, get ready with me
    the tiny spatula from the package is now part of my morning routine
    """,
    """
    #unboxing #grwm
    #unboxing #routine
    #haul #grwm #routine
    #unboxing #morningroutine
    #openwithme #getreadywithme
    """,
)

SOCIAL_PROOF = bank(
    """
    1.2 million bottles sold
    Rated 4.8 by 32,000 people
    One sold every nine seconds
    94% saw softer skin in four weeks
    Over 500,000 skins can't be wrong
    Europe's most reviewed {p}
    18,000 five-star ratings and counting
    The {p} with a 40,000 person waitlist
    Sold out six times in 2025
    9 out of 10 would buy again
    #1 bestseller in 11 countries
    Join 800,000 Lumeo users
    4.8 out of 5 across 32,000 ratings
    200 million views, one {p}
    Trusted by 3,400 dermatology clinics
    In 97 of 100 tests: visible glow
    Our most reordered {p}: 71% come back
    Half a million bathroom shelves
    Bestselling {p} for 3 years running
    Winner of 14 beauty awards
    A million people, one little bottle
    Voted number one by 12,000 readers
    86% noticed it within 7 days
    60,000 sold on launch day
    """,
    """
    More than 1.2 million sold across Europe, with an average rating of 4.8.
    In a study of 312 women, 94% reported softer skin after four weeks.
    Join over 800,000 people who reorder it month after month.
    32,000 ratings, 4.8 out of 5. The numbers speak for themselves.
    9 in 10 users would recommend it to a friend, according to our 2026 survey.
    Rated number one in 11 countries and sold every nine seconds.
    Bestseller for three years running: 410,000 orders in the last twelve months.
    A waitlist of 40,000 people before the first bottle was sold.
    86% of users saw a difference within a week. 97% within a month.
    Awarded 14 times, rated 18,000 times, reordered by 71% of users.
    Over half a million bottles sold, fewer than 1% sent back.
    12,000 readers voted it best in its class for 2025. Thank you, all of you.
    Trusted by 3,400 clinics in Germany, France and Spain. Number one by units sold.
    200 million views and 60,000 sold in a day. You have probably seen it.
    4 out of 5 dermatologists in our panel of 250 would recommend it.
    Sold out six times, restocked six times, rated 4.8 the whole way.
    From 100 orders in the first month to 50,000 a month now. People talk.
    Tested on 1,046 people. 92% reported brighter skin, 89% fewer dry patches.
    The most rated product in our range: 32,417 ratings at last count.
    Seven of ten first-time users order a second bottle within 60 days.
    Ranked first of 48 in an independent test, with 95% user satisfaction.
    A community of 800,000, and 2,000 people join every week.
    """,
    """
    Rated 4.8 by 32,000 people.
    Join 800,000 people.
    Number one in 11 countries.
    Over 1.2 million sold.
    The bestseller, rated 4.8.
    One million sold and counting.
    Bestseller for three years.
    """,
)

QUESTION = bank(
    """
    Dry patches that won't go away?
    Why does your skin feel tight after washing?
    Tired of breakouts before every big day?
    Still hiding redness under makeup?
    Is your {p} making things worse?
    Waking up puffy?
    Struggling with dull skin?
    Do your pores bother you by noon?
    Dark circles again?
    Sensitive skin that reacts to everything?
    What if acne is not about washing more?
    Flaky by lunchtime?
    Oily forehead, dry cheeks?
    Ever wonder why spots keep coming back?
    Sick of a {p} that stings?
    Why is your skin itchy in summer?
    Can't find a {p} for sensitive skin?
    Uneven tone stealing the show?
    Does your face burn after the shower?
    Have you tried everything for redness?
    Fine lines showing up early?
    Is hard water ruining your skin?
    Skin acting up again?
    Breakouts at thirty? You too?
    """,
    """
    Tight, itchy and red after every shower? Your skin barrier may be damaged.
    Does everything sting? Sensitive skin needs fewer ingredients, and here is why.
    Are breakouts coming back in the same spot? There may be a simple reason.
    If redness shows through your makeup, you may be treating the wrong problem.
    Dry patches, dull tone, tiny bumps: do these problems sound familiar?
    Why do spots show up before big days? Stress is only half of the problem.
    Struggling with oily skin and flaky cheeks at once? You're not imagining it.
    Have you been scrubbing harder and seeing more acne? Stop. Here's what goes wrong.
    What if the problem isn't your skin but what you wash it with?
    Dark circles after eight hours of sleep? It's probably not tiredness.
    Itchy and irritated since the heat began? Sweat can upset your skin barrier.
    Do you wake up puffy and dull? Find out what causes it overnight.
    Are you stuck with redness that no cream will calm?
    Pores that look bigger every summer? Find the cause, fix the problem.
    Why does sensitive skin burn with products made for sensitive skin?
    Frustrated by flaky patches around your nose? So were we.
    Acne at thirty is common and annoying. What is behind it?
    Does your skin feel dry an hour after cream? The barrier is leaking.
    Ever asked why your cheeks turn red and your forehead shines?
    Tried five products and still breaking out? The problem may be the mix.
    Irritated, bumpy, tired: what is your skin trying to tell you?
    Can stress cause dull skin and breakouts? Yes, and here is how to calm both.
    """,
    """
    Does this sound like your skin?
    What is causing it? Find out.
    Sound familiar?
    Take the skin quiz and find the cause.
    Find out why.
    Which problem does your skin have?
    Let's find out what your skin needs.
    """,
)

TRIAL = bank(
    """
    Try it free for 14 days
    Your free sample is waiting
    Get a mini {p}, just pay postage
    Try before you buy
    Free trial set, no subscription
    Not sure? Sample it first
    14 days to fall for the {p}
    Start your free trial today
    Claim a free sample of the {p}
    Love it or send it back, free
    Test the {p} at home
    First month is on us
    Order the discovery set for 0 €
    Free mini with no strings
    Cancel anytime, keep the mini
    Trial size, full results
    Sample three, keep your favorite
    Risk free for 30 days
    A week of {p}, free of charge
    Want to try it? We'll send one
    Request your free tester
    Try the full routine at no cost
    """,
    """
    Order the free trial set, use it for 14 days and decide after that.
    We send a sample to your home. You only pay postage, and you can cancel anytime.
    Not convinced after the trial? Send it back free of charge, even if it is empty.
    Claim your free mini today. No subscription, no credit card, no catch.
    Try three samples and keep the one your skin likes best.
    A trial size lasts about ten days, which is enough to see if it suits you.
    Start free, cancel anytime: you pay nothing until day 15.
    Request a free sample in your skin type. It arrives in a plain envelope.
    Test it for 30 days at no risk. If it is not for you, we refund it all.
    The discovery set is free this month: four minis, one for each step of the trial.
    Try at home first. Buying comes later, or never, your choice.
    Your first month costs nothing. Cancel with one click before it renews.
    Fill in the short form and a free tester is on its way tomorrow.
    Sample sachets for a full week, free with no purchase needed.
    You would not buy shoes without trying them. Get a free trial of this too.
    No commitment: the trial ends by itself and we don't keep your card.
    Free sample, honest test. Tell us what you think after two weeks.
    Take the 14 day trial, keep the mini whatever you decide.
    Samples are limited to one per home and are free to request.
    Pick your free tester, try it tonight, and thank us or don't.
    """,
    """
    Get your free sample.
    Try it free for 14 days.
    Start your free trial, cancel anytime.
    Claim your free trial.
    Order a free sample today.
    Free trial, no risk.
    Try first, pay later.
    """,
)

COMPARISON = bank(
    """
    Lumeo vs. the 90 € {p}
    Why people switch from drugstore creams
    Same actives as luxury brands, minus the perfume
    Other {p}s: 34 ingredients. Ours: 9
    Us vs. them, side by side
    The {p} that replaces three others
    Unlike most retinol, it doesn't peel
    Ordinary {p} or this one?
    What luxury brands leave out
    Compared: five popular moisturizers
    Half the steps of a Korean routine
    Stronger than your old {p}, gentler too
    No alcohol, unlike the other brand
    We put it next to the famous one
    Better than a spa facial?
    Left side: theirs. Right side: ours.
    More actives than the leading brand
    Regular cream vs. Lumeo after 8 hours
    Swap your old {p}
    Them: fragrance. Us: none.
    An alternative to the salon peel
    Leading {p} brands compared
    """,
    """
    Other brands use 34 ingredients. We use nine, and you can pronounce them.
    Compared with the leading luxury cream: same actives, none of the perfume.
    Left cheek: the famous brand. Right cheek: ours. See the difference after 8 hours.
    Most formulas contain 2% of the active. Ours has 10%, without the sting.
    Unlike regular retinol, our alternative does not peel or sting.
    Switch from three bottles to one: it does what the others do, in fewer steps.
    A side by side test against five popular brands. We came out ahead in four.
    They add fragrance and alcohol. We leave both out. That is the difference.
    Instead of a salon peel, a gentler alternative for home, without downtime.
    Typical drugstore creams sit on top. Ours is made to sink in.
    Theirs comes in a jar that lets air in. Ours has an airless pump instead.
    Compare the labels: water first, perfume second in theirs, actives first in ours.
    It holds moisture twice as long as the leading brand, in a test of both.
    Why choose between strong and gentle? Other brands make you. We don't.
    Versus a ten-step routine: two steps, similar results, more sleep.
    Conventional mineral filters leave a white cast. Our version doesn't.
    Put next to a luxury brand, the label reads almost the same. The smell does not.
    More actives than theirs, fewer fillers than theirs, made in a smaller batch.
    Better absorbed than oil based alternatives, according to both skin and pillow.
    Switching from your old brand? Here is a table that compares both.
    """,
    """
    Compare for yourself.
    See the side by side comparison.
    Better than the leading brand.
    See how we compare with other brands.
    Theirs vs. ours: compare the labels.
    Compare us with your old brand.
    Compare ours with other brands.
    """,
)
