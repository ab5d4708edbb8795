"""Copy of Tallybridge, accounting software for companies (google_ads)."""

from tests.support.demo_data.demo_copy import bank

PRODUCTS = ("invoicing", "payroll", "expenses", "month-end close", "purchase orders", "bank feeds")

DEMO = bank(
    """
    Book a 20 minute demo
    See {p} live with an expert
    Talk to our finance team
    Schedule your demo today
    Get a guided tour of Tallybridge
    Request a personal walkthrough
    A live demo with your own data
    Speak with an accountant, not a bot
    Pick a time, see it work
    Demo of {p} in 20 minutes
    Meet a specialist this week
    See Tallybridge in action
    Let us show you {p}
    Book a call with sales
    Get answers in a live demo
    Your tour of {p} starts here
    """,
    """
    Choose a slot in our calendar and a specialist will show you the product live.
    Book a demo with your own numbers. No slides, no pressure, 20 minutes.
    Schedule a call and see how teams of your size work with it.
    Our experts walk you through setup, reports and approvals in a live demo.
    Request a guided tour for your finance team. We reply within one working day.
    Bring your questions: a specialist answers them live on the call.
    See it live before you decide. Book a personal walkthrough this week.
    A short demo, a clear quote, and a plan for your first month.
    Talk to an expert who has run a finance team. Pick a time that suits you.
    Join a live tour on Tuesday or Thursday, or book a private demo.
    Tell us your team size and we schedule a demo made for it.
    Get a walkthrough, ask anything, and leave with a recording of the call.
    """,
    """
    Book your demo.
    Schedule a live demo.
    Book a demo with an expert.
    Pick a time for your demo.
    Request a live demo today.
    """,
)

SWITCH = bank(
    """
    Still closing the books in spreadsheets?
    Leave spreadsheets behind
    Replace manual {p}
    Spreadsheets break. Tallybridge doesn't.
    Move {p} out of Excel
    Stop copying cells by hand
    No more version_final_7.xlsx
    From Excel chaos to one ledger
    Automate {p}, skip the typing
    Outgrown your spreadsheet?
    Fewer formulas, fewer errors
    Manual {p}: days lost every month
    Goodbye copy and paste
    Import your Excel files in a day
    An upgrade from spreadsheets
    Automate what Excel can't
    """,
    """
    Import your Excel files once and let automatic rules replace copy and paste.
    Manual entry causes errors. Automate it and close the books four days sooner.
    One broken formula can cost a week. Move from spreadsheets to a real ledger.
    Teams that leave Excel save nine hours of manual typing every week.
    Automatic matching instead of manual rows, columns and late nights.
    Your spreadsheet was fine for ten invoices. For a thousand, automate.
    No more emailing files around: one ledger replaces every spreadsheet.
    Stop fixing formulas. Data flows in by itself, with an audit trail.
    Excel was never built for approvals. Replace manual sign-off with automatic rules.
    Switch from spreadsheets in a day, keep your columns, lose the errors.
    Error-prone manual work, automated: from receipt to ledger without typing.
    Fewer files, fewer formulas, fewer errors. Automate and get your evenings back.
    """,
    """
    Leave spreadsheets behind.
    Automate your spreadsheets.
    Stop manual work in Excel.
    Replace Excel today.
    Automate manual work.
    """,
)
