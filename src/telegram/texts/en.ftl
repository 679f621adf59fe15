# Words only: how they look is in draw/, what is put in is escaped there.

# Commands, as the menu lists them

command-orders = My orders and their offers
command-order = Open an order: number, store, PIN
command-shares = What I share, and how much is left
command-vouchers = My vouchers
command-language = English or 中文
command-privacy = What is kept about me
command-help = What this bot can do
command-redeem = Redeem a voucher: code, amount
command-campaigns = Campaigns and their vouchers
command-stats = How a campaign is doing
command-why = Why a customer got their voucher: code
command-matching = What chooses, and what it brings
command-export = A file of vouchers, redemptions or the books
command-newcampaign = New campaign
command-newvoucher = New vouchers
command-pause = Pause a campaign
command-stop = Stop a campaign for good
command-edit = Change a campaign: budget, dates, limits
command-clone = Copy a campaign
command-history = Who changed what
command-resume = Start or resume a campaign
command-codes = Codes of vouchers: make, stop, see
command-testoffer = Which offers an order shows, and why not
command-stores = Stores
command-staff = Who works here

# First words, help, hints

welcome = Welcome!
welcome-body =
    Scan the code on your receipt and I show you your order. If there is an offer in it, share it with friends: everybody who opens it gets a voucher, and so can you.

    /vouchers – your vouchers
    /orders – your orders
    /help – everything else
help = What I can do
help-body =
    /orders – your orders and what there is to share
    /order – open an order without its code
    /shares – what you share, and how much is left
    /vouchers – your vouchers
    /language – English or 中文
    /privacy – what is kept about you
help-staff = For staff
unknown-command = I do not know that command. /help shows what I can do.
hint = Scan the code on your receipt, or choose from /help.
link-dead = This link is not valid any more. Ask for a new one.
request-reused = Not done: this message did something else before. Send the command again.
group-hint = Let us talk in private: that is where your orders and vouchers are.
button-private = Open the chat
button-open = Open
button-dead = This button is not valid any more.
list-comma = {", "}
and-more =
    { $count ->
        [one] … and one more
       *[other] … and { $count } more
    }

# Orders

order-title = Order { $order }
order-line = { $quantity } × { $title }
order-total = Total { $amount }
order-cancelled-part = Cancelled: { $amount }
order-status-placed = paid
order-status-partially_cancelled = partly cancelled
order-status-cancelled = cancelled
order-form = Send the order number, the store and the PIN from your receipt:
order-example = /order 536365 S1 123456
order-not-found = No order matches these. Check the number, the store and the PIN on the receipt; after too many tries the order is locked for a while.
order-gone = This order cannot be opened any more.
order-bound = Somebody else has opened this order already.
orders-title = Your orders
orders-none = No orders yet. Scan the code on a receipt, or send its number, store and PIN:
button-order = { $order } · { $amount }
button-why-offer = 💡 Why this offer first?

# Offers and shares

offer-friends =
    { $count ->
        [one] A friend gets { $worth }
       *[other] { $count } friends get { $worth } each
    }
worth-most = up to { $amount }
worth-item = a voucher
button-share = 🎁 Share: { $title }
share-left =
    { $left ->
        [one] one of { $slots } left
       *[other] { $left } of { $slots } left
    }
share-until = until { $moment }
share-get = Get { $worth }
share-exhausted = All gone
share-expired = This has ended
share-revoked = This was stopped
button-claim = 🎁 Get it
button-claim-here = Get it here, without opening anything
shares-title = Your shares
shares-none = You share nothing yet. Open one of your /orders: what you can share stands there.
button-stop = Stop: { $title }
share-stop-ask = Stop “{ $title }”? Nobody will get anything from it any more, and it cannot be taken up again.
button-stop-yes = Yes, stop it
button-keep = Keep it
share-stopped = “{ $title }” is stopped. Vouchers that friends have already stay theirs.
share-kept = “{ $title }” goes on.
share-over = “{ $title }” was over already.
share-not-yours = This share is not yours.
inline-mine = Offers of my orders
inline-yours = See your own offers
inline-description = { $merchant } · { $left }

# Opening a share

claim-allocated = You got { $value } at { $merchant }
claim-fallback = A gift for you: { $value } at { $merchant }
claim-fallback-used_up = What was shared is used up, so this is for you instead.
claim-fallback-not_personal = As you asked, it is not personalised.
claim-repeated = You have yours already: { $value } at { $merchant }
claim-exhausted = All of it has been given away.
claim-expired = This has ended.
claim-expired-campaign_ended = This campaign has ended.
claim-revoked = Whoever shared this has stopped it.
claim-revoked-campaign_stopped = { $merchant } has stopped this campaign.
claim-ineligible = This one is not for you.
claim-ineligible-not_started = This has not started yet.
claim-ineligible-campaign_paused = This is paused at the moment. Try again later.
claim-ineligible-sharer_self = You shared this yourself; it is for your friends.
claim-ineligible-outside_hours = Not at this hour. Try again when { $merchant } gives vouchers.
claim-ineligible-limit_period = You have had as many of these as one person gets for now.
claim-reward = Thank you for sharing! For you from { $merchant }: { $value }
claim-alert-code = Code { $code }, until { $day }
claim-alert-chat = It is in our chat and in /vouchers.
claim-alert-again = Tap once more to keep it in your chat with me.

# Vouchers

value-percent_off = { $percent } off, up to { $amount }
value-amount_off = { $amount } off
value-gift_balance = { $amount } to spend
value-free_item = { $name } for free
voucher-code = Code: { $code }
voucher-balance = { $balance } of { $amount } left
voucher-min-spend = from { $amount } spent
voucher-where = At { $store }
voucher-hours = Only { $hours }
voucher-until = Until { $day }
voucher-show = Show the code at the till.
voucher-status-issued = ready to use
voucher-status-held = held at a till
voucher-status-partially_redeemed = partly used
voucher-status-redeemed = used
voucher-status-expired = expired
voucher-status-revoked = withdrawn
vouchers-title = Your vouchers
vouchers-none = No vouchers yet. Tap what friends share with you, or open one of your /orders.
vouchers-used =
    { $count ->
        [one] One older voucher is used or over.
       *[other] { $count } older vouchers are used or over.
    }
button-copy = Copy { $code }
notice-redeemed = { $amount } of your voucher was used at { $merchant }
notice-rolled-back = { $amount } is back on your voucher for { $merchant }
voucher-use = Used: { $amount } · { $moment }{ $store }
voucher-use-undone = Given back: { $amount } · { $moment }{ $store }
voucher-not-yours = This voucher is not yours.
button-card = ▦ Show as QR code
button-why = 💡 Why this one?
notice-ends = Do not forget: { $value } at { $merchant }
button-reminders-off = 🔕 No more reminders
button-reminders-on = 🔔 Remind me again
reminders-off = I will not remind you of vouchers any more.
reminders-on = I remind you three days and twelve hours before a voucher ends, never at night.
reminders-are-off = Reminders before a voucher ends are off.
notice-refunded = Your order was paid back: { $amount } is back on your voucher for { $merchant }
notice-revoked = Your voucher for { $merchant } was withdrawn
notice-revoked-why = The order that it was shared from was cancelled. What you have spent of it stays spent.

# Why somebody got what they got

why-title = Why this one?
why-title-merchant = Why this voucher?
why-reasons-voucher = What spoke for it, in percentage points of how likely you are to use it:
why-reasons-offer = What spoke for it, in percentage points of how likely a friend is to use it:
why-reasons-merchant = What spoke for it, in percentage points of how likely it is redeemed:
why-reason =
    { $count ->
        [one] { $sentence } (+{ $count } point)
       *[other] { $sentence } (+{ $count } points)
    }
why-candidates = What there was, and how likely each was:
why-expected = redemption expected: { $percent }
why-switch = /privacy switches this off.
why-model = Decided by { $model }.
why-lambda = So that the budget lasts, what a voucher is worth counted { $lambda } times against it.
why-forgotten = Why it was chosen is not known any more.
why-form = Send the code of a voucher, and I say why its holder got this one:
why-example = /why 7KQ2-M4XV-9RTC-V

# Language, privacy

language-ask = Which language shall I speak?
language-set = From now on I speak English.
privacy-title = What is kept about you
privacy-body =
    Your Telegram number, your language and, where the app told it, your time zone, so that I know you and can write to you. The orders that you opened, what you shared, the vouchers that you got and used: each shop sees its own. All of this is kept until you erase it.

    Not kept: your telephone number, and your name, unless you work for a shop that has noted one. What you write to me is forgotten once it is answered, at the latest after 7 days; what I write to you, once it is sent; where a share was posted, a day after it is over.
privacy-personal = What you do here also decides which offers and vouchers fit you. You can switch that off: then you get what everybody gets.
privacy-not-personal = Nothing that is known of you decides what you get: you get what everybody gets.
button-personal-off = 🎯 Do not personalise
button-personal-on = 🎯 Personalise again
button-my-data = 📄 A copy of everything
button-erase = 🗑 Erase everything
my-data-ready = Everything that is kept of you, { $moment }.
erasure-ask = Erase everything that is kept of you?
erasure-vouchers =
    { $count ->
        [one] A voucher that is not used up becomes void.
       *[other] { $count } vouchers that are not used up become void.
    }
erasure-shares =
    { $count ->
        [one] A share of yours stops.
       *[other] { $count } shares of yours stop.
    }
erasure-role = You are no longer { $role } at { $merchant }.
erasure-left-alone = Nobody else owns { $merchant }. Its campaigns would go on as they are, and only whoever runs this bot could invite a new owner. Invite another owner first, with /staff owner.
erasure-rest = What you did stays in the books of the shops, without you. This cannot be undone. You may come back at any time, and then you start anew.
button-erase-yes = Yes, erase everything
button-erase-no = Keep it
erasure-kept = Nothing was erased.
erasure-done = Everything that was kept of you is erased.
erasure-done-body = If you write to me again, we start anew.

# Staff: common

role-owner = owner
role-manager = manager
role-cashier = cashier
role-analyst = analyst
which-merchant = For which shop?
form-wrong = That did not work: { $fault }
form-example = The form, with an example:
fault-missing = “{ $field }” is missing.
fault-unknown = “{ $field }” is not a field of this form.
fault-unclosed = a quotation mark is not closed.
fault-twice = “{ $field }” stands there twice.
fault-number = “{ $field }” must be a whole number from { $from } to { $to }.
fault-amount = “{ $field }” must be an amount in { $currency } such as { $example }.
fault-percent = “{ $field }” must be a percentage from { $from } to { $to }.
fault-no_choice = least= and most= are said of vouchers to choose from, not of the preset one or the sharers’.
fault-least_above_most = least= must not be above most=.
fault-date = “{ $field }” must be a day such as { $example }.
fault-zone = “{ $field }” must be a time zone such as Europe/London.
fault-word = “{ $word }” stands there without a name. What has blanks goes in quotation marks: name="High Street".
fault-role = “{ $field }” is no role: owner, manager, cashier or analyst.
fault-kind = say what it is worth with one of off=, percent= with max=, balance= or item=.
fault-long = “{ $field }” may have { $most } characters at most.
fault-pot = pot=, min= and max= go together, and slots × min ≤ pot ≤ slots × max.
fault-over = the end lies in the past.
fault-budget = the budget must hold at least one pot.
fault-values = these values do not go together.
fault-hours = “{ $field }” must be days and times such as "mon-fri 11:00-14:00".
fault-each = “{ $field }” must be a number and a period such as 2/week (day, week, month or campaign).
fault-reward = “{ $field }” must be a number and what is counted, such as 3/claims or 2/redemptions.
fault-terms-period_missing = “each” needs a number and a period.
fault-terms-limit_needs_share_scope = one person gets one voucher from this campaign. A campaign that gives more is made with each= from the beginning.
fault-terms-reward_half = “reward” must be a number and what is counted, such as 3/claims.
fault-terms-hours_empty = these hours begin and end at the same minute.
fault-terms-day_above_all = there cannot be more vouchers in a day than in all.
fault-store = there is no store “{ $store }”; yours are: { $stores }.
fault-choice = “{ $field }” must be one of these: { $words }.
fault-until_or_days = write either until= or days=.
fault-began = the start lies in the past.
fault-order = the end is before the start.
fault-nothing = nothing in it says what is to be different.
fault-preset_or_reward = the preset voucher cannot be the reward too.

# Staff: invitations

invite-joined = You are { $role } at { $merchant } now
invite-joined-body = Your commands are in the menu; /help lists them.
invite-already = You are { $role } at { $merchant } already.
invite-used = This invitation was used by somebody else.
invite-expired = This invitation is over. Ask for a new one.
staff-title = Staff of { $merchant }
staff-member = { $who } – { $role }
staff-you = you
staff-invite-hint = Invite somebody as:
staff-example = /staff cashier Anna
button-remove = Remove { $who }
staff-remove-ask = Take the role { $role } from { $who }?
button-remove-yes = Yes, remove
button-cancel = Leave it
staff-removed = { $who } has no role here any more.
staff-not-removed = Nobody was removed. A shop keeps its last owner.
staff-unchanged = Everything stays as it is.
invite-link = Send this link to your new { $role }. It works once, until { $moment }:

# Staff: stores

stores-title = Stores of { $merchant }
stores-none = No stores yet.
stores-add = To add one:
stores-example = /stores id=S1 name="High Street" address="1 High Street, London" zone=Europe/London
stores-more = To change one: /stores edit=S1 address="2 High Street, London"
stores-edit = To change one:
stores-edit-example = /stores edit=S1 address="2 High Street, London"
store-added = Store { $store } was added
store-exists = There is a store { $store } already. To change it: /stores edit={ $store } …
store-changed = The store was changed

# Staff: campaigns and vouchers

campaigns-title = Campaigns of { $merchant }
button-app-campaigns = 📱 Open in the app
campaigns-none = No campaigns yet. Make one with /newcampaign.
campaigns-example = /campaigns Spring
pause-example = /pause Spring
resume-example = /resume Spring
stop-example = /stop Spring
stats-example = /stats Spring
history-example = /history Spring
clone-example = /clone campaign="Spring" name="Summer" days=30
edit-example = /edit campaign="Spring" budget=600 until=2027-03-31
edit-more = Also: name="…", title="…", body="…", spend=, rule="…", from=, days=, vouchers=, daily=, dailybudget=, open="mon-fri 11:00-14:00", each=2/week, stores=S1,S2, reward=3/claims, refund=keep, cancelled=revoke, valid=, hours=, self=no; none lifts a limit. Of a kind of voucher: voucher="Coffee" count=200, and how often the model may choose it: least=10% most=50%.
campaign-status-draft = draft
campaign-status-active = running
campaign-status-paused = paused
campaign-status-stopped = stopped
campaign-budget = { $issued } of { $budget } given, { $reserved } reserved
campaign-until = until { $day }
template-line = { $name }: { $issued } of { $quantity } given
template-reward = { $name } (for sharers): { $issued } of { $quantity } given
template-preset = { $name } (preset): { $issued } of { $quantity } given
newcampaign-example = /newcampaign name="Spring" budget=500 slots=20 days=30 title="Coffee for friends"
newcampaign-more =
    For random amounts add pot=40 min=1 max=5: each share gives 40 away in 20 parts.

    For whom: spend=10 (least order), rule="category=coffee and not returning"
    When: from=2027-03-01, until=2027-03-31, open="mon-fri 11:00-14:00", zone=Europe/London
    How much: vouchers=500, daily=50, dailybudget=60, each=2/week (for one person)
    Where: stores=S1,S2
    Vouchers: valid=30 (days), hours=48 (a share lives), self=no (not for the sharer)
    Sharers: reward=3/claims or reward=2/redemptions
    When an order is cancelled: refund=keep, cancelled=revoke
    Words: body="…"
campaign-created = Campaign { $name } is a draft
campaign-copied = A copy, as a draft
campaign-stop-ask = Stop { $name } for good? Nobody gets anything more from it, and it cannot be started again. Vouchers that people have stay theirs.
campaign-do-card = Show
campaign-do-start = Start
campaign-do-active = Resume
campaign-do-paused = Pause
campaign-do-stopping = Stop
campaign-do-stopped = Yes, stop it
campaign-do-stats = Numbers
campaign-do-copied = Copy
campaign-do-history = Changes
button-campaign = { $icon } { $name }

# Staff: the card of a campaign

card-seen = What people see
card-there-is = What there is to get
card-slots =
    { $count ->
        [one] one friend
       *[other] { $count } friends
    }
card-each =
    { $count ->
        [one] one friend gets up to { $amount }
       *[other] { $count } friends, up to { $amount } each
    }
card-voucher-kind = 🎟 { $count } × { $name }: { $worth }
card-voucher-preset = 👋 { $count } × { $name }: { $worth } (for people you do not know yet, and when the rest is gone)
card-voucher-reward = 🏆 { $count } × { $name }: { $worth } (for sharers)
card-rule = For orders with { $rule }
card-until = Until { $day }
card-valid =
    { $count ->
        [one] A voucher lives one day
       *[other] A voucher lives { $count } days
    }
card-open = To get: { $hours }
card-stores = Only at { $stores }
card-limit-day =
    { $count ->
        [one] One a day for each person
       *[other] { $count } a day for each person
    }
card-limit-week =
    { $count ->
        [one] One a week for each person
       *[other] { $count } a week for each person
    }
card-limit-month =
    { $count ->
        [one] One a month for each person
       *[other] { $count } a month for each person
    }
card-limit-campaign =
    { $count ->
        [one] One for each person
       *[other] { $count } for each person
    }
card-reward-claims =
    { $count ->
        [one] Sharers are rewarded after the first friend
       *[other] Sharers are rewarded after { $count } friends
    }
card-reward-redemptions =
    { $count ->
        [one] Sharers are rewarded after the first voucher that was used
       *[other] Sharers are rewarded after { $count } vouchers that were used
    }
card-chosen = 🎯 { $name }: chosen for { $least } to { $most } of people
card-given = { $given } of { $most } vouchers given
card-given-today = Today: { $given } of { $most } vouchers
card-spent-today = Today: { $given } of { $most }
card-worst = It can cost { $amount } at most
card-worst-later = Its budget is { $budget }. What it can cost at most stands here once there are vouchers.
card-worst-budget = { $amount } from its budget
card-worst-vouchers = { $amount } if every voucher is given; the budget is { $budget }
card-worst-preset = { $amount } for preset vouchers
card-worst-reward = { $amount } for sharers
card-ready = A draft: nobody sees it before you start it.
card-needs-vouchers = A draft. Next: /newvoucher says what there is to get.
card-needs-reward = A draft. Next: /newvoucher … reward=yes says what sharers get.

# Staff: changing campaigns, and who did

edit-done = Changed
edit-unchanged = That is how it was already
edit-refused-unknown_campaign = There is no such campaign. /campaigns lists yours.
edit-refused-unknown_template = There are no vouchers “{ $named }” in this campaign.
edit-refused-stopped = This campaign was stopped for good.
edit-refused-started = It has started, so its start stays.
edit-refused-ends_before_start = The end is before the start.
edit-refused-over = The end lies in the past. To end it now: /stop.
edit-refused-hours_empty = These hours begin and end at the same minute.
edit-refused-stores_promised = People hold vouchers for the stores it has: you can add stores, but take none away.
edit-refused-stores_of_vouchers = It has vouchers for a store that is not among these.
edit-refused-below_used_budget = { $used } of the budget is used already: it cannot be less.
edit-refused-below_used_vouchers = { $used } vouchers are given already: it cannot be fewer.
edit-refused-below_used_day_vouchers = { $used } vouchers were given today already: it cannot be fewer.
edit-refused-below_used_day_budget = { $used } was given today already: it cannot be less.
edit-refused-below_used_quantity = { $used } of these are given already: it cannot be fewer.
edit-refused-no_choice = least= and most= are said of vouchers to choose from, not of the preset one or the sharers’.
edit-refused-least_above_most = least= must not be above most=.
edit-refused-leasts_above_all = The least of all vouchers in this campaign would come to more than 100%.
history-title = Changes of { $name }
history-none = Nothing was changed yet.
history-by-api = your own system
history-by-cli = the operator
history-by-erased = somebody who is gone
history-was-is = { $term }: { $was } → { $is }
history-is = { $term }: { $is }
history-other = { $name }: { $action }
history-campaign-created = 📣 { $name } was made
history-campaign-copied = 📋 { $name } was made as a copy
history-campaign-changed = ✏️ { $name } was changed
history-campaign-started = ▶️ { $name } was started
history-campaign-resumed = ▶️ { $name } was resumed
history-campaign-paused = ⏸ { $name } was paused
history-campaign-stopped = ⏹ { $name } was stopped
history-template-created = 🎟 { $name } was added
history-template-changed = 🎟 { $name } was changed
history-store-created = 🏪 { $name } was added
history-store-changed = 🏪 { $name } was changed
history-codes-make = 🔢 Codes of { $name } were ordered
history-codes-import = 🔢 Codes of { $name } were imported
history-codes-cancel = 🔢 Making codes of { $name } was stopped
history-merchant-created = 🏬 { $name } was added
history-staff-invited = ✉️ A link was made
history-staff-joined = 👋 { $name } joined
history-staff-removed = 🚪 { $name } was removed
term-name = Name
term-budget-minor = Budget
term-starts-at = Start
term-ends-at = End
term-quantity = Number
term-max-vouchers = Vouchers in all
term-day-max-vouchers = Vouchers a day
term-day-budget-minor = Budget a day
term-open-weekdays = Days
term-open-from-minute = From
term-open-to-minute = To
term-person-limit = For each person
term-person-period = Period
term-person-period-day = day
term-person-period-week = week
term-person-period-month = month
term-person-period-campaign = campaign
term-store-ids = Stores
term-on-cancelled-share = Vouchers of a cancelled order
term-on-cancelled-share-keep = stay
term-on-cancelled-share-revoke = are withdrawn
term-on-refund = What was spent on a cancelled order
term-on-refund-keep = stays spent
term-on-refund-roll_back = comes back
term-reward-after = Reward after
term-reward-for = Reward for
term-reward-for-claims = claims
term-reward-for-redemptions = redemptions
term-valid-days = Days a voucher lives
term-share-ttl-seconds = A share lives
term-sharer-may-claim = Sharers may claim too
term-sharer-may-claim-true = yes
term-sharer-may-claim-false = no
term-address = Address
term-zone = Time zone
term-count = Number
term-prefix = Prefix
term-made = Made
term-currency = Currency
term-role = Role
term-role-owner = owner
term-role-manager = manager
term-role-cashier = cashier
term-role-analyst = analyst
term-offer-title = Title
term-offer-body = Words
term-offer-rule = Rule
term-changed = another
term-none = no limit
term-every-day = every day
term-number = { $count }
term-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }

# Staff: new vouchers
newvoucher-example = /newvoucher store=S1 address="1 High Street, London" count=100 name="Coffee" off=5.00
newvoucher-more =
    Instead of off= also percent=15 max=10, balance=20 or item=3.50.

    Also: spend=20 (least purchase), use="mon-fri 11:00-14:00" (when it can be spent), preset=yes (for people you do not know yet), reward=yes (for sharers), least=10% most=50% (how often the model may choose it), campaign="Spring". Without store= it is valid everywhere.
vouchers-created =
    { $count ->
        [one] One voucher was created
       *[other] { $count } vouchers were created
    }
vouchers-created-body = { $name }: { $value }, in { $campaign }
vouchers-created-drawn = { $name }, in { $campaign }: what each is worth is drawn when a friend gets it.
vouchers-refused-unknown_store = There is no store “{ $store }”. /stores lists yours.
vouchers-refused-wrong_address = The address of store “{ $store }” is another one. /stores shows it.
vouchers-refused-unknown_campaign = There is no such campaign. /campaigns lists yours.
vouchers-refused-no_campaign = There is no campaign yet. Make one with /newcampaign.
vouchers-refused-campaign_stopped = This campaign was stopped for good.
vouchers-refused-other_store = This campaign is not for store “{ $store }”: /edit … stores= adds it.
vouchers-refused-has_fallback = This campaign has its preset voucher already.
vouchers-refused-has_reward = This campaign has its voucher for sharers already.
vouchers-refused-leasts_above_all = The least of all vouchers in this campaign would come to more than 100%.
which-campaign = Which campaign?
no-campaign-to-active = No campaign is waiting to be started.
no-campaign-to-paused = No campaign is running.
no-campaign-to-stopping = There is no campaign to stop.
campaign-now-active = Campaign { $name } is running
campaign-now-draft = Campaign { $name } is a draft
campaign-now-paused = Campaign { $name } is paused
campaign-now-stopped = Campaign { $name } is stopped for good
campaign-refused-unknown_campaign = There is no such campaign. /campaigns lists yours.
campaign-refused-stopped = This campaign was stopped for good.
campaign-refused-draft = This campaign has not been started yet.
campaign-refused-no_reward = It rewards sharers, but there is nothing for them yet: /newvoucher … reward=yes adds it.
campaign-refused-no_vouchers = There is nothing to get in this campaign yet: /newvoucher adds it.
campaign-refused-over = This campaign is over.

# Staff: codes

codes-title = Codes of { $merchant }
codes-none = No codes were made or imported yet. Vouchers without any get theirs when they are given.
codes-form = To make codes beforehand:
codes-example = /codes campaign="Spring" count=1000 prefix=SAVE
codes-more = Also: voucher="Coffee" where a campaign has several, length=8 (characters beside prefix and check character, 12 when left out). A prefix has digits and letters without I, L, O and U.
codes-running = Making codes for { $name }
codes-done = The codes for { $name } are ready
codes-cancelled = Making codes for { $name } was stopped
codes-failed = The codes for { $name } could not be made
codes-made = { $done } of { $all }
codes-stay = What was made stays, and is given to people.
codes-line-running = ⏳ { $name }: { $done } of { $all }
codes-line-done = ✅ { $name }: { $done }
codes-line-cancelled = ⏹ { $name }: stopped at { $done } of { $all }
codes-line-failed = ⚠️ { $name }: { $done } of { $all }
codes-stopping = They are being stopped.
codes-over = They are ready already, or were stopped.
codes-refused-unknown_template = There are no such vouchers. /campaigns lists yours.
codes-refused-too_many = These would be more than half of all codes of this length, so that one could be guessed. Ask for longer ones: length=12.
codes-own = To bring codes of your own, write them behind it; a file goes by passalong codes import:
codes-own-example = /codes import voucher="Coffee" SUMMER-01 SUMMER-02
codes-taken =
    { $count ->
        [0] No code was taken for { $name }
        [one] One code was taken for { $name }
       *[other] { $count } codes were taken for { $name }
    }
codes-left-out-no_code = no code of 4 to 64 letters, digits and . _ / # * + -
codes-left-out-import = stands there twice
codes-left-out-pool = waits in the pool already
codes-left-out-voucher = a voucher has it already
fault-no-codes = the codes are missing behind “import”.
button-codes-stop = ⏹ Stop
which-vouchers = For which vouchers?
fault-prefix = “{ $character }” cannot stand in a prefix: digits and letters without I, L, O and U only.

# Staff: rules of offers

testoffer-example = /testoffer order=536365
testoffer-more = Instead of what is stored: spend=25, store=S1, item=85123A, category=tea,coffee, country=France, returning=yes, language=zh, shares=3, now=2026-11-28T19:00. Only one offer: offer="Coffee for friends". A rule of your own: rule="spend>=20 and not returning". Nothing is changed by it.
offer-test-thought = An order that is only thought of
offer-test-facts = { $amount } · { $store } · { $day } { $clock } · { $customer }
offer-test-none = There is no such offer in a campaign that goes on.
offer-test-rule = Your rule
offer-test-shown = is shown
offer-test-not-shown = is not shown
offer-test-fits = fits
offer-test-fits-not = does not fit
offer-test-no-rule = It has no rule: every order fits that was paid.
offer-test-nothing_paid = Nothing was paid, or all of it was cancelled.
offer-test-other_currency = The order is in another currency.
offer-test-draft = Its campaign is a draft: /resume starts it.
offer-test-paused = Its campaign is paused.
offer-test-stopped = Its campaign was stopped.
offer-test-not_begun = Its campaign has not begun at that moment.
offer-test-over = Its campaign is over at that moment.
offer-test-nothing_left = Its campaign has nothing left to give.
offer-test-refused-unknown_order = There is no order “{ $order }”.
offer-test-refused-unknown_offer = There is no such offer.
offer-test-refused-unknown_store = There is no such store. /stores lists yours.
fault-moment = “{ $field }” must be a moment by the clock of the store, such as { $example }.
fault-language = “{ $field }” must be en or zh.
rule-all = all of these:
rule-any = any of these:
rule-not = none of this:
rule-line = { $asked } ({ $found })
rule-line-not = not: { $asked } ({ $found })
condition-amount = spent: { $range }
condition-items = article: { $list }
condition-categories = category: { $list }
condition-stores = store: { $list }
condition-weekdays = on { $list }
condition-hours = from { $begin } to { $end }
condition-languages = speaks { $list }
condition-countries = country: { $list }
condition-shares = shares: { $range }
customer-new = new customer
customer-returning = returning customer
speaks-en = English
speaks-zh = Chinese
range-least = at least { $least }
range-most = at most { $most }
range-between = { $least } to { $most }
found-nothing = not known
fault-rule-expected_condition = a condition must stand at 👉: { $place } – spend, item, category, store, day, hour, new, returning, language, country or shares.
fault-rule-unknown_condition = “{ $found }” is no condition: { $place } – there are spend, item, category, store, day, hour, new, returning, language, country and shares.
fault-rule-expected_comparison = a sign such as = or >= is missing at 👉: { $place }
fault-rule-expected_value = a value is missing at 👉: { $place }
fault-rule-expected_end = “and” or “or” is missing at 👉: { $place }
fault-rule-expected_bracket = a closing bracket is missing at 👉: { $place }
fault-rule-amount = “{ $found }” is no amount in { $currency } such as { $example }: { $place }
fault-rule-number = one whole number must stand at 👉: { $place }
fault-rule-range = “{ $found }” holds nothing; a range is written =20..50: { $place }
fault-rule-store = there is no store “{ $found }”, only { $stores }: { $place }
fault-rule-day = “{ $found }” is no weekday such as sat or mon-fri: { $place }
fault-rule-hour = “{ $found }” are no hours such as 9-17 or 22:30-02:00: { $place }
fault-rule-language = “{ $found }” is not en or zh: { $place }
fault-rule-only_equals = only = and != can stand at 👉: { $place }
fault-rule-unclosed = a quotation mark is not closed at 👉: { $place }
fault-rule-too_long = the rule may have 600 characters at most.
fault-rule-contradiction = the rule can never fit: { $one } and { $other } exclude each other.
fault-rule-unsound = the rule is nested too deeply, has too many parts, or a value twice.

# Staff: at the till

redeem-form = Send the code, and an amount if not all of it is spent:
redeem-example = /redeem 7KQ2-M4XV-9RTC-V 5.00
redeem-more = With a percentage or a minimum spend say what the order comes to: order=24.50. Also: receipt= with the number on the receipt (what was redeemed is given back when that order is cancelled), store= with the id of your store.
redeem-done = { $amount } redeemed
redeem-repeated = This was redeemed already by the same message.
redeem-order = Order: { $amount }
redeem-left = Left: { $amount }
redeem-only-at = Only at { $store }
redeem-unused = The rest, { $amount }, cannot be used any more.
redeem-unknown_code = No voucher has this code. Check it letter by letter.
redeem-code_mistyped = A character of this code is wrong: its check character does not fit. Type it again.
redeem-amount_required = Say what the order comes to, and the percentage is computed. Nothing was redeemed yet.
redeem-order_amount_required = It has a minimum spend: say what the order comes to. Nothing was redeemed yet.
redeem-min_spend_not_met = The order does not come to the minimum spend.
redeem-nothing_off = The order comes to so little that nothing is taken off.
redeem-currency_mismatch = This voucher is of another currency.
redeem-unknown_store = You have no store with this id. /stores lists them.
redeem-wrong_store = This voucher is not valid in this store.
redeem-outside_hours = This voucher is not valid at this time.
redeem-order_cancelled = This order was cancelled.
redeem-already_redeemed = This voucher was used already.
redeem-use = { $amount } · { $moment } · { $who }{ $store }
redeem-by-till = the till
redeem-by-colleague = a colleague
redeem-expired = This voucher has expired.
redeem-revoked = This voucher was withdrawn.
redeem-held = This voucher is held by another till at the moment.
redeem-amount_exceeds_balance = There is not that much left on it.
button-undo = ↩️ Undo
undo-done = Undone: { $amount } is on the voucher again
undo-done-over = Undone: { $amount }. The voucher is over meanwhile, so it cannot be spent again.
undo-nothing_left = This was undone already.
undo-too_late = This is more than 180 days ago and cannot be undone any more.
undo-unknown_redemption = There is no such redemption.
undo-amount_exceeds_redemption = That is more than was redeemed.

# Staff: numbers

stats-queried =
    { $count ->
        [one] { $count } order opened
       *[other] { $count } orders opened
    }
stats-shown =
    { $count ->
        [one] { $count } offer shown
       *[other] { $count } offers shown
    }
stats-shared =
    { $count ->
        [one] { $count } share
       *[other] { $count } shares
    }
stats-opened =
    { $count ->
        [one] { $count } opened by a person
       *[other] { $count } opened by people
    }
stats-claimed =
    { $count ->
        [one] { $count } voucher from a share
       *[other] { $count } vouchers from shares
    }
stats-fallback =
    { $count ->
        [one] { $count } preset voucher
       *[other] { $count } preset vouchers
    }
stats-redeemed = { $count } redeemed
stats-refused = { $count } went away with nothing
stats-rolled-back =
    { $count ->
        [one] { $count } redemption undone
       *[other] { $count } redemptions undone
    }
stats-sharers =
    { $count ->
        [one] { $count } person who shared
       *[other] { $count } people who shared
    }
stats-money = { $redeemed } spent of { $issued } given

stats-rewarded =
    { $count ->
        [one] { $count } reward for a sharer
       *[other] { $count } rewards for sharers
    }
stats-cost = { $amount } for each redemption
stats-orders = { $amount } bought with it at the till
stats-liability = { $amount } can still be spent
stats-empty = Nothing has happened yet. The first order that is opened will show here.
stats-period = { $from } – { $to }
picture-queried = Orders opened
picture-shown = Offers shown
picture-shared = Shared
picture-opened = People came
picture-claimed = Vouchers won
picture-fallback = Preset vouchers
picture-redeemed = Redeemed
picture-count = { $count }
picture-most = up to { $count } a day
picture-day-opened = came
picture-day-given = vouchers
picture-day-redeemed = redeemed

# Staff: alerts

alert-budget-80 = { $name }: 80% of the budget is given or reserved, { $used } of { $allowed }.
alert-budget-100 = { $name }: the budget is used up, { $used } of { $allowed } is given or reserved. Nobody new gets anything from it.
alert-count-80 = { $name }: 80% of its vouchers are given, { $used } of { $allowed }.
alert-count-100 = { $name }: all of its { $allowed } vouchers are given.
alert-stock-80 = { $name }: 80% of the vouchers “{ $voucher }” are given, { $used } of { $allowed }.
alert-stock-100 = { $name }: all { $allowed } vouchers “{ $voucher }” are given.
alert-fallback-80 = { $name }: 80% of the preset vouchers “{ $voucher }” are given, { $used } of { $allowed }.
alert-fallback-100 = { $name }: all { $allowed } preset vouchers “{ $voucher }” are given. People whom you do not know yet get nothing now.
alert-reward-80 = { $name }: 80% of the sharers’ vouchers “{ $voucher }” are given, { $used } of { $allowed }.
alert-reward-100 = { $name }: all { $allowed } sharers’ vouchers “{ $voucher }” are given.
alert-refusals = { $name }: { $used } people went away with nothing in the last hour, far more than usual (in the seven days before: { $before }).
alert-reason = Mostly: { $reason }
alert-reason-none_left = nothing was left to give
alert-reason-stranger = there is no preset voucher for people whom you do not know
alert-reason-budget_used_up = the budget is used up
alert-reason-template_used_up = all vouchers are given
alert-reason-count_used_up = all of the campaign’s vouchers are given
alert-reason-day_used_up = the day’s limit is reached
alert-reason-limit_period = people have had what one person may get
alert-reason-sharer_self = sharers opened their own links
alert-reason-outside_hours = the campaign’s hours are over
alert-reason-campaign_paused = the campaign is paused
alert-reason-campaign_stopped = the campaign is stopped
alert-reason-campaign_ended = the campaign is over
alert-reason-not_started = the campaign has not begun
alert-reason-share_revoked = the share was withdrawn
alert-wrong_codes = { $used } wrong codes were tried at your tills in the last hour, far more than usual (in the seven days before: { $before }).
alert-wrong_codes-by = Mostly by { $who }. Somebody may be guessing, or a scanner reads badly.
alert-by-api = your till system

# Staff: files

export-example = /export vouchers campaign="Spring" format=csv
export-more = Also redemptions, claims, ledger or codes. Without campaign= it is all campaigns; format=json has one object on each line.
export-fault-kind = say what to export: vouchers, redemptions, claims, ledger or codes
export-fault-format = “format” must be csv or json
export-not_allowed = Files with codes are for owners and managers.
export-started = The file is being made. It comes here when it is done.
export-under_way = This file is being made already. It comes here when it is done.
export-repeated = This file was asked for already by the same message.
export-ready =
    { $what } of { $of }: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
export-which = Which file? It comes here as CSV, with all campaigns. For one campaign write:
export-kind-vouchers = Vouchers
export-kind-redemptions = Redemptions
export-kind-claims = Claims
export-kind-ledger = Books
export-kind-codes = Codes
export-fault-campaign = there is no campaign “{ $name }”
export-fault-several = several campaigns are called “{ $name }”. Leave campaign= out to get all of them
export-all = all campaigns
export-empty = There is nothing to export yet: the file would have no rows.
export-too-large = The file has { $count } rows and is too large for a chat. Export one campaign at a time with campaign=, or fetch it over the API: { $id }
export-failed = The file could not be made. Ask for it again; if that does not help, tell whoever runs this bot.

# What Telegram shows of the bot before anybody has written: at most 512 and 120 characters
bot-description = Scan the code on your receipt to see your order, and share a treat with your friends. Your vouchers wait here until you show them at the till.
bot-short-description = Share your order, and your friends get vouchers.

# Staff: what chooses offers and vouchers
matching-example = /matching margin=40% control=10% pool=on
matching-more =
    margin= is what of an order stays with you; with it money counts, with margin=off redemptions.

    control= are people (0 to 50%) who always get the preset voucher, to compare with. pool=on lets new shops here begin with what was learnt at yours; nothing of any customer goes along.

    /matching alone shows how it does.
matching-title = What chooses at { $merchant }
matching-margin = Counts money: { $percent } of an order stays with you.
matching-margin-none = Counts redemptions. Say what of an order stays with you, and it counts money: /matching margin=40%
matching-control = { $percent } of people always get the preset voucher, to compare with.
matching-control-none = Nobody is kept apart to compare with, so nobody can know what it brings.
matching-pool-on = What is learnt here helps new shops to begin.
matching-pool-off = What is learnt here stays here.
matching-point-voucher = Which voucher somebody gets
matching-point-offer = Which offer an order is shown with
matching-none = It has not chosen anything yet of which it is known what came of it.
matching-redemptions =
    { $count ->
        [one] { $count } redemption
       *[other] { $count } redemptions
    }
matching-lift-early = Too early to say what it brings: { $count } choices are settled, and it takes { $least }; people who got the preset one to compare with: { $compared } of { $people }.
matching-lift-open = Too early to say whether it beats the preset one: for every 100 choices something between { $low } less and { $high } more, from { $count } choices.
matching-lift-better = It beats the preset one: for every 100 choices about { $mean } more, at least { $low } and at most { $high }, from { $count } choices.
matching-lift-worse = It does worse than the preset one: for every 100 choices about { $mean } less, at least { $low } and at most { $high }, from { $count } choices.
matching-driver = “{ $name }” goes to { $withIt } of { $group }, to { $without } of the others.
matching-what-if-always = Had everybody got “{ $name }”: { $low } to { $high } for every 100 choices; as it was: { $was }.
matching-what-if-random = Had it been left to chance: { $low } to { $high } for every 100 choices; as it was: { $was }.
matching-what-if-preset = Had everybody got the preset one: { $low } to { $high } for every 100 choices; as it was: { $was }.
matching-personal = That your customers like different things: { $percent } sure.
matching-tight-little = a little tight
matching-tight-much = tight
matching-price = The budget of “{ $name }” is { $tight }: dear vouchers are given more rarely.
matching-price-money = The budget of “{ $name }” is { $tight }: every { $given } of vouchers must bring { $needed } more than they cost.
matching-stopped = ⏹ It did worse than the preset one, so everybody has got that since { $day }.
matching-frozen = ❄️ It does not learn at the moment.
matching-resume-voucher = Let it choose vouchers again
matching-resume-offer = Let it choose offers again
matching-resumed = It chooses again. Only what it does from now on can stop it.
matching-not-stopped = It is not stopped.
picture-lift-early = Too early to say what it brings
picture-lift-open = Too early to say whether it is better
picture-lift-better = Better than the preset one
picture-lift-worse = Worse than the preset one
picture-lift-mean = about { $mean }
picture-lift-text = More than the preset one, for every 100 choices, of { $count }
picture-wanted = chosen
picture-redeemed-of = redeemed
picture-expected = expected
picture-preset = { $name } (preset)
picture-of = { $redeemed } of { $settled }
alert-lift-voucher = The choice of vouchers was stopped: everybody gets the preset voucher now.
alert-lift-offer = The choice of offers was stopped: everybody is shown the usual one now.
alert-lift-on = You can let it go on; then only what it does from now on counts.
history-by-model = Passalong
history-merchant-changed = 🎯 What chooses was told otherwise
history-merchant-matching_stopped_voucher = ⏹ The choice of vouchers did worse and was stopped
history-merchant-matching_stopped_offer = ⏹ The choice of offers did worse and was stopped
history-merchant-matching_resumed_voucher = ▶️ The choice of vouchers goes on
history-merchant-matching_resumed_offer = ▶️ The choice of offers goes on
history-merchant-matching_frozen_voucher = 🧊 The choice of vouchers stopped learning
history-merchant-matching_frozen_offer = 🧊 The choice of offers stopped learning
history-merchant-matching_thawed_voucher = 🌱 The choice of vouchers learns again
history-merchant-matching_thawed_offer = 🌱 The choice of offers learns again
history-merchant-matching_back_voucher = ⏪ An older version chooses vouchers again
history-merchant-matching_back_offer = ⏪ An older version chooses offers again
term-margin-bp = Margin
term-margin-bp-none = not stated
term-control-bp = To compare with
term-pools-learning = What is learnt helps new shops
term-pools-learning-true = yes
term-pools-learning-false = no
term-least-bp = Chosen at least
term-most-bp = Chosen at most
