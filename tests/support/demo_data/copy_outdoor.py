"""Copy of Fernhollow, a maker of outdoor and home goods (facebook_ads)."""

from tests.support.demo_data.demo_copy import bank

PRODUCTS = (
    "headlamp",
    "camp kettle",
    "wool blanket",
    "trail pack",
    "enamel mug",
    "canvas hammock",
    "fire pit",
    "down quilt",
    "rain shell",
    "folding chair",
)

TESTIMONIAL = bank(
    """
    "Best {p} I have ever owned" - Marta K.
    "I bought one for myself, then three for the family"
    ★★★★★ "Worth every penny"
    Five stars from a very picky camper
    "Honestly, I was skeptical at first"
    Read what Jonah wrote after 40 nights outside
    "My husband stole mine within a week"
    A review that made our whole office smile
    "Ten years of camping and nothing came close"
    Why Priya calls it her favorite purchase of the year
    "I wish I had found this {p} sooner"
    In the words of a verified buyer
    "It survived my toddler. Enough said."
    Customers keep telling us the same thing
    "Finally, a {p} that does what it says"
    "I cried a little when it arrived. Don't judge me."
    Dana, Oregon: "We use it every single weekend"
    "My sister borrowed it and never gave it back"
    ★★★★★ "Bought a second one the same night"
    "Not exaggerating: it changed our trips"
    One happy customer, one long review, zero regrets
    "I recommend this {p} to everyone I meet"
    What Luis said after his first season with us
    "The reviews were right, I love it"
    "Took it to Yosemite, came home in love"
    Another five-star review from the trail
    "I told my hiking group and now we all own one"
    "So good I wrote my first review ever"
    Hear it from Ellen, a customer since spring
    "I have returned a lot of gear. Not this."
    "My back, my knees and I say thank you"
    "Quality you feel in your hands" - Tom R., verified
    """,
    """
    "I was on the fence for months. Now I love it and use it every day," says Karen, verified buyer.
    Sam from Duluth says it held up through rain, mud and two dogs. Read the full review.
    "I bought it on a whim and it became the thing I pack first." - review by Aisha
    Verified customers give it five stars for comfort, and we have the love letters to prove it.
    "My partner laughed when the box came. Nobody is laughing now." Real words, real customer.
    Greta told us: "I have owned four others and none of them lasted a summer. This one did."
    See why customers write things like "I would buy it again in a heartbeat".
    "I never write reviews, but this deserved one." - Paul T., five stars
    "It is the little things, like how it feels in the hand. I love it." - Noor, verified buyer
    Every quote here comes from a customer review. This one is from Beth: "Simply wonderful."
    "We spent eleven nights with it and my kids fought over who got to use it," writes Devon.
    Hannah's review says it better than we could: "I finally stopped looking."
    "I'm sixty-eight and have seen a lot of gear. I love this one." - Walter, Vermont
    "My friends asked where I bought it before I had even sat down," says Inez, a customer for two years.
    A verified buyer wrote: "It felt like someone who camps had actually made it."
    "Two seasons in and it still looks new. I am impressed." Five stars from Rob.
    Customer stories like Lily's are why we do this: "I sleep outside again because of you."
    "I told my mom to buy one, and she told her whole book club." - Carmen, five stars
    "Bought for a road trip, kept for life," says Mike in his review. He is not alone.
    Listen to Farah: "I was ready to be disappointed. I was wrong, and happily so."
    "I emailed them just to say thanks. Who does that? I did." - verified customer, Maine
    What do customers love most? "It just works, every time," says Oskar.
    "The first review I trusted was my neighbor's. Now I've written my own." - June
    "I've dropped it off a truck. Twice. Still going." Five stars and a good laugh from Earl.
    Words from Tess, who bought hers in March: "I cannot imagine a weekend without it."
    "It arrived on Friday, we left on Saturday, and I was in love by Sunday." - Nina, verified
    Real review, unedited: "ok I get the hype now, my wife says I won't stop talking about it"
    "Worth it. I say that as a person who hates spending money." - Glen, verified buyer
    "My daughter took it to college, so I bought myself another," writes customer Ruth.
    "I had questions, they answered, I bought it, I love it. The end." Five-star review by Omar.
    Read Sofia's review: "I've been let down before. This time I wasn't."
    "If you're reading reviews to decide, here is mine: buy it." - Ben, customer from Boise
    """,
    """
    Read more five-star reviews from verified customers.
    Over 9,000 customers wrote a review. Read them.
    ★★★★★ from verified buyers.
    Read all customer reviews.
    See what other customers say.
    Rated five stars by verified customers.
    More reviews from customers like you on our site.
    """,
)

DISCOUNT_CODE = bank(
    """
    20% off your first {p} with code TRAIL20
    Save $15 on the {p}
    Use code CAMP25 for 25% off
    Buy two, get the third half price
    Members save 30% on everything
    Take $20 off orders over $120
    Your code is inside: 15% off sitewide
    A lower price on the {p}, same quality
    Was $89, now $64
    Stack your savings: sale prices plus code EXTRA10
    Save more when you bundle
    The {p} just got 20% cheaper
    Get $25 off when you spend $150
    30% off the gear on your list
    Code HELLO15 saves you 15%
    Sale: the {p} from $49
    Half the price, all the adventure
    Promo code WILD20 works on everything
    Save up to 40% in our outlet
    Two for $70, any color
    Extra 10% off already reduced prices
    A discount for new customers: $10 off
    $59 instead of $79 for the {p}
    Sign up, get a code, save 20%
    Your cart could be 25% lighter on the wallet
    Outlet prices on the {p} you wanted
    Save $30 on a full camp set
    Price drop on the {p}
    Enter SUNNY15 and watch the total fall
    One code, 20% off, free shipping too
    Bundle and save: {p} plus mug for $75
    Deal of the season: 35% off last year's colors
    """,
    """
    Enter code TRAIL20 at checkout and save 20% on any order. One use per customer.
    Pay $64 instead of $89. Same canvas, same warranty, smaller price.
    Save 25% when you put two or more items in your cart. The discount applies by itself.
    Use promo code CAMP25 on full-price gear and take 25% off. Free shipping over $75.
    Bundle any three pieces and the cheapest one is half price. No code needed.
    Last season's colors are 35% off in the outlet. Same product, better price.
    New here? Your first order is 15% off with code HELLO15.
    Spend $150, save $25. Spend $250, save $60. The math is on your side.
    Prices start at $29 in our sale section, with savings of up to 40%.
    Join the list and we email a code worth 20% off straight away.
    Our members pay less: 30% off all year round, plus a birthday discount.
    Add code EXTRA10 to sale items for another 10% off the marked price.
    We cut the price by $20 and left everything else alone. Save on yours today.
    Get the set for $75 instead of buying each at full price. You save $22.
    Take 20% off everything with promo code WILD20. Works on sale gear as well.
    The coupon in this ad is good for $15 off any order above $60.
    Good gear does not have to be expensive: sale prices now from $39.
    Paste SUNNY15 into the promo box and save 15% on the whole cart.
    Save $10 on your first purchase, and $10 again when a friend orders with your code.
    Outlet savings on returned-as-new gear: up to 40% off, full warranty included.
    Free shipping and 20% off with one promo code. Your wallet can relax.
    Why pay full price? Use the code on this page and save 25% on two items.
    Our lowest price this year: $59, down from $79. Discount shown in cart.
    Students and teachers save 20% with a verified email. Code sent within a minute.
    Discounted bundles for two, four or six campers. Save up to $48 per set.
    Mix colors, match sizes, pay $70 for two. The discount appears at checkout.
    It is simple: code in, 20% off, order done.
    Buy one at full price and get 50% off the second. Discount on the cheaper item.
    Price match promise: find it cheaper and we refund the difference plus 10%.
    A $30 saving on the full camp kit, no minimum spend and no code to remember.
    Sale prices on best sellers, extra 10% off for members with code MEMBER10.
    Check the outlet first. Prices there are 30 to 40% below list.
    """,
    """
    Shop the sale and save.
    Copy the code, save at checkout.
    Use your discount code at checkout.
    Sale prices, while they last.
    Save today, shop the sale.
    Enter the promo code at checkout.
    See all sale prices.
    """,
)

DISCOUNT_BOTH = bank(
    """
    20% off ends Sunday: use code TRAIL20
    Save $15 before midnight
    Last day to save 25% on the {p}
    Code CAMP25 expires tonight
    48 hours only: 30% off everything
    The price goes back up on Monday
    Hurry, your $20 discount expires soon
    Sale ends Friday, save up to 40%
    Final hours of our 25% off sale
    Was $89, now $64, until Sunday only
    """,
    """
    Use code TRAIL20 at checkout to save 20%. It works until Sunday.
    Save 25% on your order today, with everything in the sale.
    Promo code CAMP25 takes a quarter off each order of the next two days.
    Take $20 off orders over $120 with a code, until Friday.
    30% off the price of everything, no minimum, until Saturday.
    Pay $64 instead of $89 for the set. The price holds until Sunday.
    Your code saves 15% on each order until tomorrow.
    Save up to 40% at sale prices until Monday.
    Save $30 on the set today, at checkout, without a code.
    Take 20% off your basket with the code, this weekend.
    """,
    """
    Shop the sale before it ends.
    Use the code before midnight.
    Sale ends soon. Save today.
    Hurry, the discount code ends at midnight.
    Enter the promo code before the sale ends.
    """,
)

DEADLINE = bank(
    """
    Last chance: the sale ends at midnight
    Only 6 hours left
    Hurry, the {p} is almost gone
    Tonight is the final night
    Ends Sunday. No extensions.
    The clock is ticking on the {p}
    Final call before the sale closes
    Gone by Monday
    48 hours, then it is over
    You have until midnight
    Don't wait: the flash sale ends today
    Flash sale, today only
    Last few left, hurry
    Closing soon: the weekend flash sale
    Three days only, starting now
    Going, going, nearly gone
    Time is running out on the {p}
    Your last chance to get the {p} before fall
    Tomorrow will be too late
    Final hours. Really.
    The countdown has started
    Set an alarm: our flash sale ends at 11:59 pm
    Blink and you miss it, hurry
    This weekend only, then it ends
    Last day. We mean it this time.
    Hours left, not days
    Stock is low and the clock is running
    Before the timer hits zero
    """,
    """
    The flash sale ends tonight at midnight and we will not extend it. Hurry.
    Only a few hours left. When the countdown hits zero, the offer is gone.
    Last chance to order before the deadline. After Sunday it goes back in the vault.
    Stock is running low and the sale closes tonight. Don't wait until tomorrow.
    48 hours only. The clock started this morning and it is not slowing down.
    Ends Sunday, 11:59 pm. Set a reminder or order now, while you still have time.
    We open the flash sale three days a year. This is the last day of this one.
    Hurry: fewer than 50 left and the final countdown is on.
    Tonight at midnight the page goes dark. Last call for the weekend sale.
    If you have been waiting for a sign, the clock says hurry. It ends today.
    Time is almost up. Final orders close at midnight, no rain checks.
    Today only. By the time you read this tomorrow, it will be over.
    The timer is live on our site. When it stops, so does the flash sale.
    Don't miss the last hours. Most sizes will be gone before midnight.
    Last chance this summer: the weekend flash sale ends on Monday at 9 am sharp.
    One weekend only. The deadline is Sunday night, and it is final.
    Hours left: not many. Reasons to wait: none. It ends tonight.
    Sold out twice already. This final batch is going fast, so hurry.
    The countdown ends at midnight, Pacific time. East Coast, you have a little less.
    Quick, before it is gone: flash sale until Sunday, while stock lasts.
    Final reminder. The sale closes today and the next one is months away.
    Three days, two nights, one flash sale. It is over when the clock says so.
    You waited, it waited, but the deadline won't. Ends tonight.
    Act today. Tomorrow morning the banner comes down and the offer is gone.
    A short flash sale for fast people. It ends in hours, not days.
    Only until midnight, only while stock lasts, only online. Hurry.
    """,
    """
    Sale ends at midnight.
    Hurry, only hours left.
    Last chance. Ends tonight.
    Flash sale, final hours.
    Don't miss the last chance.
    Hurry before it ends.
    The countdown is on: ends tonight.
    """,
)

HOW_TO = bank(
    """
    How to pack for three days in ten minutes
    Learn to tie the one knot you need
    Step by step: care for your {p}
    5 tips for a warmer night outside
    The beginner's guide to camp coffee
    How to choose the right {p}
    Three mistakes to avoid when pitching a tarp
    Learn how to read a trail map
    A short guide to layering
    How do you clean a {p}? Watch this
    Camp cooking in four easy steps
    The right way to fold it back into the bag
    Tips from our guides: staying dry
    How to set up camp before dark
    Your checklist for a first overnight
    Try this trick with your {p}
    Learn the basics of leave no trace
    How to build a safe fire, step by step
    Packing tips for small cars
    A guide to sleeping well on hard ground
    What to check before every trip
    How long should gear last? A care guide
    Watch: set it up in 60 seconds
    Knots, maps and weather: learn it here
    Seven ways to use a {p} you haven't tried
    Quick tutorial: fix a torn seam
    How to store your {p} for winter
    Simple steps to a tidy backyard camp
    Follow along: a one-pot trail dinner
    The guide we wish we had on our first hike
    """,
    """
    Follow these steps: heavy items low, soft items around them, rain gear on top.
    Our guide walks you through the basics in five minutes, with pictures for every step.
    Learn what to check first, what to skip, and how to fix small problems yourself.
    Step one, rinse. Step two, air dry. Step three is the one most people forget.
    Watch the tutorial and try it at home before your next trip.
    Tips from mountain guides on how to stay warm: eat late, layer early, keep your socks dry.
    A free checklist you can print: what to pack for one, two or three nights.
    Learn how to pick the right size with this simple two-minute guide.
    First, find level ground. Then follow the steps in our short video.
    Here is how: fold in thirds, press the air out, roll from the closed end.
    Beginners start here. We explain each step in plain words and show common mistakes.
    Read the guide, save the checklist, and know how to handle a wet night.
    Try this tip: warm the pot first, then add water. It saves fuel on every trip.
    How often should you wash it? Less than you think. Learn the right way here.
    Our how-to library has over sixty short lessons on packing, cooking and care.
    Learn three knots in one evening. Steps, pictures and a practice sheet included.
    A step-by-step video on storing gear, so that it is ready when you are.
    The trick is to start with the corners. Watch how our guide does it.
    Avoid these beginner mistakes: too much food, too little water, no plan for rain.
    Learn to read clouds, choose a site and set up before dark, one step at a time.
    Keep this guide on your phone: it works offline and covers first aid basics.
    Tip of the week: pack by order of use. The tutorial shows how.
    What you need: ten minutes, a brush and warm water. Follow the steps below.
    How do experts do it? They prepare at home. Copy their checklist.
    Short lessons, clear steps, no jargon. Learn a new outdoor skill this weekend.
    Use this method to dry it in half the time, explained in four pictures.
    Tips for families: give each child one job and one small pack. More in the guide.
    Learn how small repairs work with our tutorial on patches, seams and zippers.
    See the steps for setting it up alone, even in wind, even in the dark.
    A how-to for the last ten minutes of every trip: clean, dry, fold, label.
    """,
    """
    Read the guide.
    Watch the tutorial, step by step.
    Get the free checklist and guide.
    Learn how in our guide.
    More tips in the step-by-step guide.
    Watch and learn.
    Save this guide for later.
    """,
)

FOUNDER = bank(
    """
    We started in a garage in 2009
    Why I quit my job to make a better {p}
    Two brothers, one sewing machine
    The story behind Fernhollow
    It began with a broken {p} and a long walk home
    Our founder still tests every prototype
    From a kitchen table to your campsite
    I built the first one for my father
    Meet Anna, who founded Fernhollow
    A small family company with a big backyard
    Our first workshop had no heating
    How a wrong turn became our company
    My grandfather taught me to sew
    The idea we couldn't let go of
    Born in a cabin, made by a family
    We almost gave up in year two
    The people behind your {p}
    Founded by hikers, not by a boardroom
    Our story starts with a storm
    One founder, 41 prototypes
    Still family owned, still a little stubborn
    "Dad, why does it always break?" That's how we began
    The first hundred were made by hand
    A letter from our founder
    We began with a question and a borrowed loom
    Why we named the company after a valley
    """,
    """
    In 2009 we started Fernhollow with one sewing machine and a loan from our mother.
    I founded this company because I could not find gear I would hand down to my kids.
    Anna drew the first design on a napkin. Fifteen years later she still runs the workshop.
    Our family began making gear in a garage. Today we are nineteen people and two dogs.
    The founders met on a trail in the rain, and the story of our company began that night.
    We were told it could not be done in a small workshop. We started anyway.
    My brother cut, I sewed, and our dad drove the boxes to the post office. That was year one.
    This is the story of forty-one prototypes, three near bankruptcies and one good idea.
    When our founder's pack failed on day two of a hike, she went home and built her own.
    A family business in a valley you have never heard of. Come and see how it began.
    We kept the first one we ever made. It hangs above the workshop door.
    I left an office job to learn my grandfather's trade. Fernhollow grew out of that year.
    No investors, no board. A family, a workshop, and the same dream since 2009.
    Our founder answers letters herself every Friday. Ask her how it all started.
    The company is named for the valley where our grandparents built their cabin.
    We began by repairing other people's gear, and learned what makes it fail.
    From the founders: thank you for letting a small family company grow slowly.
    It took us six years to afford a second sewing machine. The story is worth telling.
    Anna and Piet started out at a flea market table. They sold four pieces and were thrilled.
    I still remember our first order. My brother and I drove it over ourselves.
    Every person in our workshop has a story. Ours began with a storm and a torn tent.
    We built the company we wanted to work for. It started with one bench and one idea.
    Our founder's notebook from 2009 is still on the table. The first page says: make it last.
    Three generations of makers, one family name, and a workshop that smells of canvas.
    The founders wanted to make one good thing. They began, failed, and began again.
    """,
    """
    Read our story.
    Meet the family and the founders.
    Watch the story of our workshop.
    This is our story.
    Hear our founder tell the story.
    From our family to yours.
    Family owned since 2009.
    """,
)

SPEC = bank(
    """
    {p}: 410 g, 3 sizes, 10-year warranty
    600D ripstop, YKK zippers, 28 liters
    Weighs 1.2 lb, packs to 9 inches
    Waterproof to 10,000 mm
    Specs at a glance: the {p}
    18/8 steel, 1.1 liter capacity
    800-fill power, rated to 20 °F
    Aluminum frame, 300 lb capacity
    New {p}: lighter by 90 grams
    IPX6 rating, 350 lumens, 40 hours
    Technical details of the {p}
    Three layers, taped seams, 340 g
    Dimensions: 14 x 9 x 5 in
    Built from 1000D Cordura
    Machine washable, 100% merino, 210 gsm
    7075 aluminum poles, 2.4 lb packed weight
    Features of the {p}, in numbers
    Double-wall steel, 12 oz, BPA free
    20,000 mm rating with pit zips
    Adjustable 15 to 21 inch torso
    USB-C, 2,200 mAh, 118 g
    Material: waxed cotton, 14 oz
    Packed size 5 x 12 in, weight 1.9 lb
    Tear strength 65 N, tested in the lab
    Small, medium, large: full size chart
    Holds 400 lb, weighs 22 oz
    The {p} data sheet
    Four season rating, 2 doors, 41 sq ft
    """,
    """
    Weight 410 g. Material 600D ripstop nylon with PU coating. Sizes S, M and L.
    Capacity 28 liters, two side pockets, hydration sleeve, adjustable sternum strap.
    18/8 stainless steel, 1.1 liter capacity, 0.8 mm wall, folding handle.
    Three-layer fabric, 10,000 mm waterproof rating, fully taped seams, weight 340 g.
    Packed dimensions 9 x 5 inches, weight 1.2 lb, load capacity 300 lb.
    Fill power 800, lower limit 20 °F, shell 20D nylon, YKK two-way zipper.
    350 lumens, 40 hour battery, IPX6 waterproof, USB-C charging, weight 118 g.
    7075 aluminum frame, 600D polyester seat, seat height 11 inches, weight 2.1 lb.
    Material: 100% merino, 210 gsm, machine washable. Dimensions 50 x 70 inches.
    Features: removable lid, reinforced base, dual buckles, 15 to 21 inch torso range.
    Ripstop nylon body, steel carabiners, capacity 400 lb, packed weight 22 oz.
    Double-wall 18/8 steel, 12 oz capacity, powder coated, dishwasher safe, BPA free.
    Steel thickness 1.5 mm, diameter 24 inches, weight 19 lb, folding legs.
    Technical data: 20D shell, DWR finish, 65 N tear strength, lab tested.
    Includes stuff sack, repair kit and poles. Total weight 2.4 lb, dimensions 84 x 52 inches.
    Waxed cotton, 14 oz weight, brass hardware, leather trim, 16 x 12 x 6 inch dimensions.
    Rated for four seasons. Aluminum poles, two doors, 41 sq ft floor, 3,000 mm coating.
    Adjustable hood, pit zips, two chest pockets. Waterproof 20,000 mm, breathability 15,000 g.
    Sizes: 28, 38 and 48 liters. Frame: aluminum stay. Fabric: 210D nylon, recyclable buckles.
    Temperature rating 30 °F, packed size 7 x 12 inches, weight 1.9 lb, compression sack included.
    Battery 2,200 mAh, beam distance 120 m, five modes, tilt 60 degrees, weight 92 g.
    Seams double stitched, zippers YKK, fabric 1000D Cordura, warranty 10 years.
    Enamel coated steel, 0.6 mm thickness, 14 oz capacity, weight 130 g, dishwasher safe.
    Max load 265 lb, frame 7075 aluminum, feet with rubber tips, packed length 14 inches.
    Nylon 210D, silicone coating, capacity 32 liters, weight 680 g, seven pockets.
    Tested to 10,000 cycles. Steel hinges, aluminum legs, polyester mesh back, cup holder.
    """,
    """
    See full specs.
    All technical specs and dimensions online.
    Weight, dimensions and materials on the spec sheet.
    Full technical data on the product page.
    Compare specs and sizes.
    Specs and size chart below.
    Material and weight details online.
    """,
)

GIFT = bank(
    """
    Dads like ours are never indoors
    Back to school, fellow campers
    Some fathers call rain weather
    Our kind owns one good knife
    The {p}, for whoever leaves last
    Graduates of the light pack
    You know who always drives
    Presents from people like you
    Couples of tent and thermos
    Friends bring firewood. Thank them.
    Late givers, you are among friends
    Hosts who cook outside, unite
    A present your kind understands
    Grandmothers still carry their own pack
    Teachers with muddy boots
    Gift guide: us campers only
    The {p} suits whoever says yes
    Room mates by day, tent mates by night
    Anniversaries counted in hikes
    Neighbors know every path here
    Moms, dads and dogs on trails
    He wants nothing but lakes. You too?
    Aunts under stars
    Old friends of old mountains
    """,
    """
    You know the kind: up before dawn, boots by the door. This present is for them.
    Gifts for birthdays, weddings and new homes of people who live outside, as we do.
    For the ones among us who never need a reason to go. Wrapped, with your note.
    If your family packs the car on Fridays, these presents were made for your kind.
    For people who say "no gifts please" and mean "something for camping".
    Made for those who belong outside, and wrapped for the ones who love them.
    Some people want things, ours want weekends. Gifts for that sort of people.
    We outdoor people give each other things that get muddy.
    One gift box for everyone who feels at home by a fire.
    For the hikers, the paddlers, the early risers: you know who is meant.
    Know a student who belongs in the hills? This is the present for that tribe.
    For couples who say yes to bad weather together.
    Add the name of your hiking friend, and they are one of us for good.
    Give it to one of your own, and you will be out there together.
    For people who host around a fire and not around a table.
    From camper to camper: presents that only our sort understands.
    Big and small presents for the friends you share a tent with.
    For grandparents, godchildren and colleagues who are outside people at heart.
    If you two met on a trail, this is your kind of anniversary.
    Welcome the new neighbors, if they are our kind of people.
    For families like yours, who leave the house with a map.
    For all of you who want nothing, except to be out there.
    """,
    """
    Find the perfect gift.
    Open the gift guide.
    Free gift wrapping.
    See all gift ideas.
    Shop gifts and presents.
    Gift wrapped and ready.
    A gift they will keep.
    """,
)
