# 只有文字：样式在 draw/ 里，填入的内容在那里转义。

# 命令菜单

command-orders = 我的订单和优惠
command-order = 打开订单：单号、门店、PIN
command-shares = 我的分享和剩余数量
command-vouchers = 我的券
command-language = English 或中文
command-privacy = 保存了我的哪些信息
command-help = 我能做什么
command-redeem = 核销：券码、金额
command-campaigns = 活动和券
command-stats = 活动数据
command-why = 顾客为何得到这张券：券码
command-matching = 智能选择及其效果
command-export = 导出券、核销或账本
command-newcampaign = 新建活动
command-newvoucher = 新建券
command-pause = 暂停活动
command-stop = 永久停止活动
command-edit = 修改活动：预算、日期、限制
command-clone = 复制活动
command-history = 修改记录
command-resume = 启动或恢复活动
command-codes = 券码：生成、停止、查看
command-testoffer = 测试订单会显示哪些优惠
command-stores = 门店
command-staff = 员工

# 欢迎、帮助、提示

welcome = 欢迎！
welcome-body =
    扫描小票上的二维码，就能看到您的订单。如果订单有优惠，把它分享给朋友：每个打开的人都能领到一张券，您自己也可以。

    /vouchers – 我的券
    /orders – 我的订单
    /help – 更多功能
help = 我能做什么
help-body =
    /orders – 我的订单，以及可以分享的优惠
    /order – 不扫码打开订单
    /shares – 我的分享和剩余数量
    /vouchers – 我的券
    /language – English 或中文
    /privacy – 保存了我的哪些信息
help-staff = 员工功能
unknown-command = 没有这个命令。/help 可以查看全部功能。
hint = 请扫描小票上的二维码，或从 /help 中选择。
link-dead = 这个链接已失效，请索取新的链接。
request-reused = 没有执行：这条消息此前做过别的操作。请重新发送命令。
group-hint = 请到私聊里来：您的订单和券都在那里。
button-private = 打开私聊
button-open = 打开
button-dead = 这个按钮已失效。
list-comma = 、
and-more = …… 还有 { $count } 项

# 订单

order-title = 订单 { $order }
order-line = { $quantity } × { $title }
order-total = 合计 { $amount }
order-cancelled-part = 已取消：{ $amount }
order-status-placed = 已付款
order-status-partially_cancelled = 部分取消
order-status-cancelled = 已取消
order-form = 请发送小票上的订单号、门店和 PIN：
order-example = /order 536365 S1 123456
order-not-found = 没有匹配的订单。请核对小票上的订单号、门店和 PIN；尝试次数过多时订单会被暂时锁定。
order-gone = 这个订单已无法打开。
order-bound = 这个订单已被其他人打开。
orders-title = 我的订单
orders-none = 还没有订单。请扫描小票上的二维码，或发送订单号、门店和 PIN：
button-order = { $order } · { $amount }
button-why-offer = 💡 为何先显示这个？

# 优惠和分享

offer-friends = { $count } 位朋友，每人{ $worth }
worth-most = 最多 { $amount }
worth-item = 一张券
button-share = 🎁 分享：{ $title }
share-left = 剩余 { $left }/{ $slots }
share-until = { $moment } 截止
share-get = 可领：{ $worth }
share-exhausted = 已领完
share-expired = 已结束
share-revoked = 已停止
button-claim = 🎁 领取
button-claim-here = 不打开页面，直接领取
shares-title = 我的分享
shares-none = 您还没有分享。打开 /orders 里的订单，可以分享的优惠就在那里。
button-stop = 停止：{ $title }
share-stop-ask = 停止“{ $title }”？停止后谁也领不到，也无法恢复。
button-stop-yes = 确定停止
button-keep = 保留
share-stopped = “{ $title }”已停止。朋友已领到的券仍然有效。
share-kept = “{ $title }”继续进行。
share-over = “{ $title }”此前已经结束。
share-not-yours = 这不是您的分享。
inline-mine = 我的订单的优惠
inline-yours = 查看您自己的优惠
inline-description = { $merchant } · { $left }

# 打开分享

claim-allocated = 您领到了 { $merchant } 的券：{ $value }
claim-fallback = 送您 { $merchant } 的礼物：{ $value }
claim-fallback-used_up = 分享的券已领完，这张送给您。
claim-fallback-not_personal = 按您的要求，未做个性化。
claim-repeated = 您已领取过 { $merchant } 的券：{ $value }
claim-exhausted = 已全部领完。
claim-expired = 已结束。
claim-expired-campaign_ended = 活动已结束。
claim-revoked = 分享者已停止分享。
claim-revoked-campaign_stopped = { $merchant } 已停止该活动。
claim-ineligible = 您不能领取这一份。
claim-ineligible-not_started = 活动尚未开始。
claim-ineligible-campaign_paused = 活动已暂停，请稍后再试。
claim-ineligible-sharer_self = 这是您自己分享的，留给朋友吧。
claim-ineligible-outside_hours = 现在不在 { $merchant } 的发券时段，请稍后再试。
claim-ineligible-limit_period = 您在本期内已领满，请下期再来。
claim-reward = 感谢分享！{ $merchant } 送您：{ $value }
claim-alert-code = 券码 { $code }，有效期至 { $day }
claim-alert-chat = 券在我们的私聊和 /vouchers 里。
claim-alert-again = 再点一次，把它存到与我的私聊里。

# 券

value-percent_off = 减 { $percent }，最多减 { $amount }
value-amount_off = 减 { $amount }
value-gift_balance = 可用余额 { $amount }
value-free_item = 免费 { $name }
voucher-code = 券码：{ $code }
voucher-balance = 余额 { $balance }，共 { $amount }
voucher-min-spend = 满 { $amount } 可用
voucher-where = 门店：{ $store }
voucher-hours = 仅限 { $hours }
voucher-until = 有效期至 { $day }
voucher-show = 结账时出示券码。
voucher-status-issued = 可使用
voucher-status-held = 收银台处理中
voucher-status-partially_redeemed = 部分已用
voucher-status-redeemed = 已使用
voucher-status-expired = 已过期
voucher-status-revoked = 已收回
vouchers-title = 我的券
vouchers-none = 还没有券。点开朋友的分享，或打开您的 /orders。
vouchers-used = 另有 { $count } 张券已使用或已过期。
button-copy = 复制 { $code }
notice-redeemed = 您在 { $merchant } 的券已使用 { $amount }
notice-rolled-back = 您在 { $merchant } 的券已退回 { $amount }
voucher-use = 已用：{ $amount } · { $moment }{ $store }
voucher-use-undone = 已退回：{ $amount } · { $moment }{ $store }
voucher-not-yours = 这不是您的券。
button-card = ▦ 显示二维码
button-why = 💡 为何是这张？
notice-ends = 别忘了：{ $merchant } 的券，{ $value }
button-reminders-off = 🔕 不再提醒
button-reminders-on = 🔔 恢复提醒
reminders-off = 以后不再提醒您券即将到期。
reminders-on = 券到期前三天和十二小时我会提醒您，夜间不打扰。
reminders-are-off = 到期提醒已关闭。
notice-refunded = 订单已退款：您在 { $merchant } 的券已退回 { $amount }
notice-revoked = 您在 { $merchant } 的券已收回
notice-revoked-why = 分享这张券的订单已取消。已使用的部分不受影响。

# 为何得到这一份

why-title = 为何是这一份？
why-title-merchant = 为何是这张券？
why-reasons-voucher = 支持它的因素，以及使您用券的可能性提高多少个百分点：
why-reasons-offer = 支持它的因素，以及使朋友用券的可能性提高多少个百分点：
why-reasons-merchant = 支持它的因素，以及使用券的可能性提高多少个百分点：
why-reason = { $sentence }（+{ $count }）
why-candidates = 当时可选的，以及各自的可能性：
why-expected = 预计用券率 { $percent }
why-switch = 可在 /privacy 关闭。
why-model = 由 { $model } 决定。
why-lambda = 为使预算够用，券面值按 { $lambda } 倍计为成本。
why-forgotten = 选择的原因已不再保存。
why-form = 发送券码，我会说明顾客为何得到这张券：
why-example = /why 7KQ2-M4XV-9RTC-V

# 语言、隐私

language-ask = 请选择语言
language-set = 从现在起我说中文。
privacy-title = 保存了您的哪些信息
privacy-body =
    您的 Telegram 编号、语言，以及应用告知的时区，用来识别您、给您发消息。您打开的订单、分享、领取和使用的券：各商家只能看到自己的。以上内容保存到您删除为止。

    不保存：您的电话号码，以及您的姓名（除非您是员工且商店记下了称呼）。您发给我的消息在答复后即清除，最迟 7 天；我发给您的消息在发出后即清除；分享所在的位置在分享结束一天后清除。
privacy-personal = 您在这里的行为也用于挑选适合您的优惠和券。您可以关闭：之后您得到的与所有人一样。
privacy-not-personal = 我们不用关于您的信息决定您得到什么：您得到的与所有人一样。
button-personal-off = 🎯 关闭个性化
button-personal-on = 🎯 重新开启个性化
button-my-data = 📄 全部数据副本
button-erase = 🗑 全部删除
my-data-ready = 这是保存的关于您的全部数据，{ $moment }。
erasure-ask = 删除保存的关于您的一切？
erasure-vouchers = { $count } 张未用完的券将作废。
erasure-shares = 您的 { $count } 个分享将停止。
erasure-role = 您将不再是 { $merchant } 的{ $role }。
erasure-left-alone = { $merchant } 没有其他店主。它的活动会照常进行，只有本机器人的运营者才能邀请新店主。请先用 /staff owner 邀请另一位店主。
erasure-rest = 您做过的事会留在商家账目中，但不再与您有关。此操作无法撤销。您随时可以回来，一切重新开始。
button-erase-yes = 确定全部删除
button-erase-no = 保留
erasure-kept = 没有删除任何内容。
erasure-done = 关于您的一切已删除。
erasure-done-body = 您再次给我发消息时，一切重新开始。

# 员工：通用

role-owner = 店主
role-manager = 经理
role-cashier = 收银员
role-analyst = 分析员
which-merchant = 哪一家商店？
form-wrong = 没有成功：{ $fault }
form-example = 格式示例：
fault-missing = 缺少“{ $field }”。
fault-unknown = 没有“{ $field }”这一项。
fault-unclosed = 引号没有闭合。
fault-twice = “{ $field }”出现了两次。
fault-number = “{ $field }”必须是 { $from } 到 { $to } 的整数。
fault-amount = “{ $field }”必须是 { $currency } 金额，例如 { $example }。
fault-percent = “{ $field }”必须是 { $from } 到 { $to } 的百分比。
fault-no_choice = least= 和 most= 只用于可供选择的券，不用于预设券或分享者的券。
fault-least_above_most = least= 不能高于 most=。
fault-date = “{ $field }”必须是日期，例如 { $example }。
fault-zone = “{ $field }”必须是时区，例如 Asia/Shanghai。
fault-word = “{ $word }”前面缺少名称。含空格的内容要加引号：name="南京路 店"。
fault-role = 没有“{ $field }”这个角色：owner（店主）、manager（经理）、cashier（收银员）、analyst（分析员）。
fault-kind = 请用 off=、percent= 加 max=、balance= 或 item= 之一说明价值。
fault-long = “{ $field }”最多 { $most } 个字符。
fault-pot = pot=、min= 和 max= 要一起写，并且 slots × min ≤ pot ≤ slots × max。
fault-over = 结束时间已过。
fault-budget = 预算至少要够一份 pot。
fault-values = 这些值互相矛盾。
fault-hours = “{ $field }”要写星期和时间，例如 "周一至周五 11:00-14:00"。
fault-each = “{ $field }”要写数量和周期，例如 2/week（day 每天、week 每周、month 每月、campaign 整个活动）。
fault-reward = “{ $field }”要写数量和计数方式，例如 3/claims（领取）或 2/redemptions（核销）。
fault-terms-period_missing = “each”要写数量和周期。
fault-terms-limit_needs_share_scope = 这个活动每人只有一张券。每人多张的活动要在新建时写 each=。
fault-terms-reward_half = “reward”要写数量和计数方式，例如 3/claims。
fault-terms-hours_empty = 开始和结束是同一分钟。
fault-terms-day_above_all = 每天张数不能超过总张数。
fault-store = 没有门店“{ $store }”；您的门店有：{ $stores }。
fault-choice = “{ $field }”只能是：{ $words }。
fault-until_or_days = until= 和 days= 只能写一个。
fault-began = 开始时间已过。
fault-order = 结束时间早于开始时间。
fault-nothing = 没有写要修改什么。
fault-preset_or_reward = 预设券不能同时是奖励券。

# 员工：邀请

invite-joined = 您现在是 { $merchant } 的{ $role }
invite-joined-body = 您的命令在菜单里；/help 列出全部。
invite-already = 您已经是 { $merchant } 的{ $role }。
invite-used = 这个邀请已被其他人使用。
invite-expired = 这个邀请已失效，请索取新的邀请。
staff-title = { $merchant } 的员工
staff-member = { $who } – { $role }
staff-you = 您
staff-invite-hint = 邀请新成员：
staff-example = /staff cashier 小安
button-remove = 移除 { $who }
staff-remove-ask = 取消 { $who } 的{ $role }角色？
button-remove-yes = 确定移除
button-cancel = 不移除
staff-removed = { $who } 已不再是员工。
staff-not-removed = 没有移除任何人。商店必须保留最后一位店主。
staff-unchanged = 一切照旧。
invite-link = 把这个链接发给新的{ $role }。只能用一次，{ $moment } 前有效：

# 员工：门店

stores-title = { $merchant } 的门店
stores-none = 还没有门店。
stores-add = 添加门店：
stores-example = /stores id=S1 name="南京路店" address="南京路 1 号" zone=Asia/Shanghai
stores-more = 修改门店：/stores edit=S1 address="南京路 2 号"
stores-edit = 修改门店：
stores-edit-example = /stores edit=S1 address="南京路 2 号"
store-added = 门店 { $store } 已添加
store-exists = 门店 { $store } 已存在。修改请用：/stores edit={ $store } …
store-changed = 门店已修改

# 员工：活动和券

campaigns-title = { $merchant } 的活动
button-app-campaigns = 📱 在小程序中打开
campaigns-none = 还没有活动。用 /newcampaign 新建。
campaigns-example = /campaigns 春季
pause-example = /pause 春季
resume-example = /resume 春季
stop-example = /stop 春季
stats-example = /stats 春季
history-example = /history 春季
clone-example = /clone campaign="春季" name="夏季" days=30
edit-example = /edit campaign="春季" budget=600 until=2027-03-31
edit-more = 还可以写：name="…"、title="…"、body="…"、spend=、rule="…"、from=、days=、vouchers=、daily=、dailybudget=、open="周一至周五 11:00-14:00"、each=2/week、stores=S1,S2、reward=3/claims、refund=keep、cancelled=revoke、valid=、hours=、self=no；写 none 取消限制。修改某种券：voucher="咖啡" count=200；模型选择它的频率：least=10% most=50%。
campaign-status-draft = 草稿
campaign-status-active = 进行中
campaign-status-paused = 已暂停
campaign-status-stopped = 已停止
campaign-budget = 已发放 { $issued }，预算 { $budget }，预留 { $reserved }
campaign-until = { $day } 截止
template-line = { $name }：已发放 { $issued }/{ $quantity }
template-reward = { $name }（分享奖励）：已发放 { $issued }/{ $quantity }
template-preset = { $name }（预设）：已发放 { $issued }/{ $quantity }
newcampaign-example = /newcampaign name="春季" budget=500 slots=20 days=30 title="请朋友喝咖啡"
newcampaign-more =
    随机金额请加 pot=40 min=1 max=5：每次分享把 40 分成 20 份。

    给谁：spend=10（订单最低金额）、rule="category=coffee and not returning"
    何时：from=2027-03-01、until=2027-03-31、open="周一至周五 11:00-14:00"、zone=Asia/Shanghai
    多少：vouchers=500（总张数）、daily=50（每天张数）、dailybudget=60（每天预算）、each=2/week（每人）
    哪里：stores=S1,S2
    券：valid=30（有效天数）、hours=48（分享的有效小时数）、self=no（分享者不能领）
    奖励分享者：reward=3/claims（领取）或 reward=2/redemptions（核销）
    订单取消时：refund=keep（不退回）、cancelled=revoke（收回）
    文字：body="…"
campaign-created = 活动 { $name } 已存为草稿
campaign-copied = 已复制为草稿
campaign-stop-ask = 永久停止 { $name }？之后谁也领不到，也无法恢复。大家已领到的券仍然有效。
campaign-do-card = 查看
campaign-do-start = 启动
campaign-do-active = 恢复
campaign-do-paused = 暂停
campaign-do-stopping = 停止
campaign-do-stopped = 确定停止
campaign-do-stats = 数据
campaign-do-copied = 复制
campaign-do-history = 修改记录
button-campaign = { $icon } { $name }

# 员工：活动卡片

card-seen = 顾客看到的内容
card-there-is = 可以领到的券
card-slots = { $count } 位朋友
card-each = { $count } 位朋友，每人最多 { $amount }
card-voucher-kind = 🎟 { $count } × { $name }：{ $worth }
card-voucher-preset = 👋 { $count } × { $name }：{ $worth }（给还不认识的人；其他券领完后也用它）
card-voucher-reward = 🏆 { $count } × { $name }：{ $worth }（奖励分享者）
card-rule = 适用订单：{ $rule }
card-until = { $day } 截止
card-valid = 券的有效期 { $count } 天
card-open = 领取时间：{ $hours }
card-stores = 仅限门店：{ $stores }
card-limit-day = 每人每天 { $count } 张
card-limit-week = 每人每周 { $count } 张
card-limit-month = 每人每月 { $count } 张
card-limit-campaign = 每人 { $count } 张
card-reward-claims = { $count } 位朋友领取后奖励分享者
card-reward-redemptions = { $count } 张券被使用后奖励分享者
card-given = 已发放 { $given }/{ $most } 张
card-chosen = 🎯 { $name }：给 { $least } 到 { $most } 的人
card-given-today = 今天：{ $given }/{ $most } 张
card-spent-today = 今天：{ $given }，上限 { $most }
card-worst = 最多花费 { $amount }
card-worst-later = 预算 { $budget }。设定券之后，这里显示最多花费。
card-worst-budget = 预算 { $amount }
card-worst-vouchers = 券全部发完为 { $amount }；预算 { $budget }
card-worst-preset = 预设券 { $amount }
card-worst-reward = 分享奖励 { $amount }
card-ready = 草稿：启动之前谁也看不到。
card-needs-vouchers = 草稿。接下来：用 /newvoucher 设定可领的券。
card-needs-reward = 草稿。接下来：用 /newvoucher … reward=yes 设定分享者的奖励。

# 员工：修改活动和修改记录

edit-done = 已修改
edit-unchanged = 没有变化
edit-refused-unknown_campaign = 没有这个活动。/campaigns 列出您的活动。
edit-refused-unknown_template = 这个活动没有“{ $named }”这种券。
edit-refused-stopped = 这个活动已永久停止。
edit-refused-started = 活动已经开始，开始时间不能再改。
edit-refused-ends_before_start = 结束时间早于开始时间。
edit-refused-over = 结束时间已过。要立即结束请用 /stop。
edit-refused-hours_empty = 开始和结束是同一分钟。
edit-refused-stores_promised = 顾客手里已有这些门店的券：可以增加门店，不能减少。
edit-refused-stores_of_vouchers = 活动中有其他门店的券。
edit-refused-below_used_budget = 预算已用 { $used }，不能更低。
edit-refused-below_used_vouchers = 已发放 { $used } 张，不能更少。
edit-refused-below_used_day_vouchers = 今天已发放 { $used } 张，不能更少。
edit-refused-below_used_day_budget = 今天已发放 { $used }，不能更低。
edit-refused-below_used_quantity = 这种券已发放 { $used } 张，不能更少。
edit-refused-no_choice = least= 和 most= 只用于可供选择的券，不用于预设券或分享者的券。
edit-refused-least_above_most = least= 不能高于 most=。
edit-refused-leasts_above_all = 这个活动所有券的最低比例之和将超过 100%。
history-title = { $name } 的修改记录
history-none = 还没有修改。
history-by-api = 您自己的系统
history-by-cli = 管理员
history-by-erased = 已注销的人
history-was-is = { $term }：{ $was } → { $is }
history-is = { $term }：{ $is }
history-other = { $name }：{ $action }
history-campaign-created = 📣 新建 { $name }
history-campaign-copied = 📋 复制为 { $name }
history-campaign-changed = ✏️ 修改 { $name }
history-campaign-started = ▶️ 启动 { $name }
history-campaign-resumed = ▶️ 恢复 { $name }
history-campaign-paused = ⏸ 暂停 { $name }
history-campaign-stopped = ⏹ 停止 { $name }
history-template-created = 🎟 新增 { $name }
history-template-changed = 🎟 修改 { $name }
history-store-created = 🏪 新增 { $name }
history-store-changed = 🏪 修改 { $name }
history-codes-make = 🔢 生成 { $name } 的券码
history-codes-import = 🔢 导入 { $name } 的券码
history-codes-cancel = 🔢 停止生成 { $name } 的券码
history-merchant-created = 🏬 新增 { $name }
history-staff-invited = ✉️ 生成邀请链接
history-staff-joined = 👋 { $name } 加入
history-staff-removed = 🚪 移除 { $name }
term-name = 名称
term-budget-minor = 预算
term-starts-at = 开始
term-ends-at = 结束
term-quantity = 数量
term-max-vouchers = 总张数
term-day-max-vouchers = 每天张数
term-day-budget-minor = 每天预算
term-open-weekdays = 星期
term-open-from-minute = 从
term-open-to-minute = 到
term-person-limit = 每人
term-person-period = 周期
term-person-period-day = 每天
term-person-period-week = 每周
term-person-period-month = 每月
term-person-period-campaign = 整个活动
term-store-ids = 门店数
term-on-cancelled-share = 订单取消后未使用的券
term-on-cancelled-share-keep = 保留
term-on-cancelled-share-revoke = 收回
term-on-refund = 用于已取消订单的金额
term-on-refund-keep = 不退回
term-on-refund-roll_back = 退回
term-reward-after = 奖励门槛
term-reward-for = 奖励依据
term-reward-for-claims = 领取
term-reward-for-redemptions = 核销
term-valid-days = 券的有效天数
term-share-ttl-seconds = 分享有效时间
term-sharer-may-claim = 分享者可以领取
term-sharer-may-claim-true = 是
term-sharer-may-claim-false = 否
term-address = 地址
term-zone = 时区
term-count = 数量
term-prefix = 前缀
term-made = 已生成
term-currency = 货币
term-role = 角色
term-role-owner = 店主
term-role-manager = 经理
term-role-cashier = 收银员
term-role-analyst = 分析员
term-offer-title = 标题
term-offer-body = 文字
term-offer-rule = 规则
term-changed = 另一条
term-none = 不限
term-every-day = 每天
term-number = { $count }
term-hours = { $count } 小时

# 员工：新建券
newvoucher-example = /newvoucher store=S1 address="南京路 1 号" count=100 name="咖啡" off=5.00
newvoucher-more =
    off= 也可以换成 percent=15 max=10、balance=20 或 item=3.50。

    还可以写：spend=20（最低消费）、use="周一至周五 11:00-14:00"（可使用的时间）、preset=yes（给还不认识的人）、reward=yes（奖励分享者）、least=10% most=50%（模型选择它的频率）、campaign="春季"。不写 store= 则所有门店通用。
vouchers-created = 已创建 { $count } 张券
vouchers-created-body = { $name }：{ $value }，活动 { $campaign }
vouchers-created-drawn = { $name }，活动 { $campaign }：每张的金额在领取时随机产生。
vouchers-refused-unknown_store = 没有门店“{ $store }”。/stores 列出您的门店。
vouchers-refused-wrong_address = 门店“{ $store }”的地址不符。/stores 可以查看。
vouchers-refused-unknown_campaign = 没有这个活动。/campaigns 列出您的活动。
vouchers-refused-no_campaign = 还没有活动。用 /newcampaign 新建。
vouchers-refused-campaign_stopped = 这个活动已永久停止。
vouchers-refused-other_store = 这个活动不适用于门店“{ $store }”：可用 /edit … stores= 添加。
vouchers-refused-has_fallback = 这个活动已有预设券。
vouchers-refused-has_reward = 这个活动已有分享者的奖励券。
vouchers-refused-leasts_above_all = 这个活动所有券的最低比例之和将超过 100%。
which-campaign = 哪个活动？
no-campaign-to-active = 没有等待启动的活动。
no-campaign-to-paused = 没有进行中的活动。
no-campaign-to-stopping = 没有可以停止的活动。
campaign-now-active = 活动 { $name } 进行中
campaign-now-draft = 活动 { $name } 是草稿
campaign-now-paused = 活动 { $name } 已暂停
campaign-now-stopped = 活动 { $name } 已永久停止
campaign-refused-unknown_campaign = 没有这个活动。/campaigns 列出您的活动。
campaign-refused-stopped = 这个活动已永久停止。
campaign-refused-draft = 这个活动尚未启动。
campaign-refused-no_reward = 活动要奖励分享者，但还没有奖励券：用 /newvoucher … reward=yes 添加。
campaign-refused-no_vouchers = 这个活动还没有券：用 /newvoucher 添加。
campaign-refused-over = 这个活动已结束。

# 员工：券码

codes-title = { $merchant } 的券码
codes-none = 还没有生成或导入券码。没有预备券码的券在发放时生成。
codes-form = 预先生成券码：
codes-example = /codes campaign="春季" count=1000 prefix=SAVE
codes-more = 还可以写：voucher="咖啡"（活动有多种券时）、length=8（除前缀和校验位外的字符数，默认 12）。前缀只能用数字和字母，不含 I、L、O、U。
codes-running = 正在为 { $name } 生成券码
codes-done = { $name } 的券码已就绪
codes-cancelled = 已停止为 { $name } 生成券码
codes-failed = 无法为 { $name } 生成券码
codes-made = { $done } / { $all }
codes-stay = 已生成的保留，会照常发放。
codes-line-running = ⏳ { $name }：{ $done } / { $all }
codes-line-done = ✅ { $name }：{ $done }
codes-line-cancelled = ⏹ { $name }：停在 { $done } / { $all }
codes-line-failed = ⚠️ { $name }：{ $done } / { $all }
codes-stopping = 正在停止。
codes-over = 已经完成或已停止。
codes-refused-unknown_template = 没有这种券。/campaigns 列出您的活动。
codes-refused-too_many = 超过这种长度全部券码的一半，容易被猜中。请用更长的：length=12。
codes-own = 使用自己的券码：写在命令后面；文件用 passalong codes import 导入：
codes-own-example = /codes import voucher="咖啡" SUMMER-01 SUMMER-02
codes-taken =
    { $count ->
        [0] 没有为 { $name } 收下券码
       *[other] 已为 { $name } 收下 { $count } 个券码
    }
codes-left-out-no_code = 不是券码：4 到 64 个字母、数字或 . _ / # * + -
codes-left-out-import = 重复出现
codes-left-out-pool = 已在等待发放
codes-left-out-voucher = 已经是某张券的券码
fault-no-codes = import 后面缺少券码。
button-codes-stop = ⏹ 停止
which-vouchers = 哪一种券？
fault-prefix = 前缀里不能有“{ $character }”：只能用数字和字母，不含 I、L、O、U。

# 员工：优惠规则

testoffer-example = /testoffer order=536365
testoffer-more = 可以替换已存的内容：spend=25、store=S1、item=85123A、category=茶,咖啡、country=France、returning=yes、language=zh、shares=3、now=2026-11-28T19:00。只看一个：offer="请朋友喝咖啡"。自己的规则：rule="spend>=20 and not returning"。测试不会改变任何内容。
offer-test-thought = 假设的订单
offer-test-facts = { $amount } · { $store } · { $day } { $clock } · { $customer }
offer-test-none = 进行中的活动里没有这个优惠。
offer-test-rule = 您的规则
offer-test-shown = 会显示
offer-test-not-shown = 不会显示
offer-test-fits = 符合
offer-test-fits-not = 不符合
offer-test-no-rule = 没有规则：付过款的订单都符合。
offer-test-nothing_paid = 没有付款，或已全部取消。
offer-test-other_currency = 订单用的是另一种货币。
offer-test-draft = 活动还是草稿：/resume 启动。
offer-test-paused = 活动已暂停。
offer-test-stopped = 活动已停止。
offer-test-not_begun = 那时活动尚未开始。
offer-test-over = 那时活动已结束。
offer-test-nothing_left = 活动已没有可发的券。
offer-test-refused-unknown_order = 没有订单“{ $order }”。
offer-test-refused-unknown_offer = 没有这个优惠。
offer-test-refused-unknown_store = 没有这家门店。/stores 列出您的门店。
fault-moment = “{ $field }”必须是门店当地的时间，例如 { $example }。
fault-language = “{ $field }”必须是 en 或 zh。
rule-all = 以下全部：
rule-any = 以下任意一项：
rule-not = 不符合以下：
rule-line = { $asked }（{ $found }）
rule-line-not = 不是：{ $asked }（{ $found }）
condition-amount = 消费：{ $range }
condition-items = 商品：{ $list }
condition-categories = 类别：{ $list }
condition-stores = 门店：{ $list }
condition-weekdays = 星期：{ $list }
condition-hours = { $begin } 到 { $end }
condition-languages = 语言：{ $list }
condition-countries = 国家：{ $list }
condition-shares = 分享次数：{ $range }
customer-new = 新顾客
customer-returning = 老顾客
speaks-en = 英文
speaks-zh = 中文
range-least = 至少 { $least }
range-most = 至多 { $most }
range-between = { $least } 到 { $most }
found-nothing = 未知
fault-rule-expected_condition = 👉处应是一个条件：{ $place } – spend、item、category、store、day、hour、new、returning、language、country 或 shares。
fault-rule-unknown_condition = 没有“{ $found }”这个条件：{ $place } – 可用 spend、item、category、store、day、hour、new、returning、language、country、shares。
fault-rule-expected_comparison = 👉处缺少 = 或 >= 之类的符号：{ $place }
fault-rule-expected_value = 👉处缺少值：{ $place }
fault-rule-expected_end = 👉处缺少 and 或 or：{ $place }
fault-rule-expected_bracket = 👉处缺少右括号：{ $place }
fault-rule-amount = “{ $found }”不是 { $currency } 金额，例如 { $example }：{ $place }
fault-rule-number = 👉处应是一个整数：{ $place }
fault-rule-range = “{ $found }”不含任何值；范围写作 =20..50：{ $place }
fault-rule-store = 没有门店“{ $found }”，只有 { $stores }：{ $place }
fault-rule-day = “{ $found }”不是星期，例如 sat 或 mon-fri：{ $place }
fault-rule-hour = “{ $found }”不是时段，例如 9-17 或 22:30-02:00：{ $place }
fault-rule-language = “{ $found }”不是 en 或 zh：{ $place }
fault-rule-only_equals = 👉处只能用 = 或 !=：{ $place }
fault-rule-unclosed = 👉处的引号没有闭合：{ $place }
fault-rule-too_long = 规则最多 600 个字符。
fault-rule-contradiction = 规则永远不会符合：{ $one } 与 { $other } 互相排斥。
fault-rule-unsound = 规则嵌套太深、部分太多，或同一个值出现两次。

# 员工：收银台

redeem-form = 请发送券码；如果只用一部分，再加上金额：
redeem-example = /redeem 7KQ2-M4XV-9RTC-V 5.00
redeem-more = 折扣券和有最低消费的券请写明订单金额：order=24.50。还可以写：receipt= 小票号码（订单取消时自动退回）、store= 您的门店编号。
redeem-done = 已核销 { $amount }
redeem-repeated = 这条消息此前已经核销过。
redeem-order = 订单金额：{ $amount }
redeem-left = 剩余：{ $amount }
redeem-only-at = 仅限门店：{ $store }
redeem-unused = 剩余的 { $amount } 不能再使用。
redeem-unknown_code = 没有这个券码。请逐字核对。
redeem-code_mistyped = 券码有误：校验字符不符。请重新输入。
redeem-amount_required = 请写明订单金额，系统会算出减免金额。尚未核销。
redeem-order_amount_required = 这张券有最低消费，请写明订单金额。尚未核销。
redeem-min_spend_not_met = 订单金额没有达到最低消费。
redeem-nothing_off = 订单金额太小，没有可减免的金额。
redeem-currency_mismatch = 这张券是另一种货币的。
redeem-unknown_store = 没有这个编号的门店。发送 /stores 查看。
redeem-wrong_store = 这张券不能在这家门店使用。
redeem-outside_hours = 这张券现在不在可用时段。
redeem-order_cancelled = 这笔订单已取消。
redeem-already_redeemed = 这张券已使用。
redeem-use = { $amount } · { $moment } · { $who }{ $store }
redeem-by-till = 收银系统
redeem-by-colleague = 一位同事
redeem-expired = 这张券已过期。
redeem-revoked = 这张券已收回。
redeem-held = 这张券正在另一个收银台处理。
redeem-amount_exceeds_balance = 余额不足。
button-undo = ↩️ 撤销
undo-done = 已撤销：{ $amount } 已退回券中
undo-done-over = 已撤销：{ $amount }。这张券已失效，不能再使用。
undo-nothing_left = 此前已撤销。
undo-too_late = 已超过 180 天，不能再撤销。
undo-unknown_redemption = 没有这笔核销。
undo-amount_exceeds_redemption = 超过了核销金额。

# 员工：数据

stats-queried = { $count } 打开订单
stats-shown = { $count } 展示优惠
stats-shared = { $count } 分享
stats-opened = { $count } 打开分享的人
stats-claimed = { $count } 领到分享的券
stats-fallback = { $count } 领到预设券
stats-redeemed = { $count } 核销
stats-refused = { $count } 空手而归
stats-rolled-back = { $count } 撤销的核销
stats-sharers = { $count } 分享者
stats-money = 已用 { $redeemed }，已发放 { $issued }

stats-rewarded = { $count } 分享者奖励券
stats-cost = 每次核销成本 { $amount }
stats-orders = 带动消费 { $amount }
stats-liability = 尚可使用 { $amount }
stats-empty = 还没有数据。第一个打开的订单会显示在这里。
stats-period = { $from } – { $to }
picture-queried = 打开订单
picture-shown = 展示优惠
picture-shared = 分享
picture-opened = 打开分享的人
picture-claimed = 领到分享的券
picture-fallback = 领到预设券
picture-redeemed = 核销
picture-count = { $count }
picture-most = 单日最多 { $count }
picture-day-opened = 打开
picture-day-given = 领券
picture-day-redeemed = 核销

# 员工：提醒

alert-budget-80 = { $name }：预算已发放或预留 80%，{ $used } / { $allowed }。
alert-budget-100 = { $name }：预算已用完，已发放或预留 { $used } / { $allowed }，新来的人领不到了。
alert-count-80 = { $name }：券已发放 80%，{ $used } / { $allowed }。
alert-count-100 = { $name }：{ $allowed } 张券已全部发放。
alert-stock-80 = { $name }：“{ $voucher }”已发放 80%，{ $used } / { $allowed }。
alert-stock-100 = { $name }：{ $allowed } 张“{ $voucher }”已全部发放。
alert-fallback-80 = { $name }：预设券“{ $voucher }”已发放 80%，{ $used } / { $allowed }。
alert-fallback-100 = { $name }：{ $allowed } 张预设券“{ $voucher }”已全部发放，新顾客现在领不到券。
alert-reward-80 = { $name }：分享者奖励券“{ $voucher }”已发放 80%，{ $used } / { $allowed }。
alert-reward-100 = { $name }：{ $allowed } 张分享者奖励券“{ $voucher }”已全部发放。
alert-refusals = { $name }：过去一小时有 { $used } 人空手而归，远多于平时（此前七天共 { $before } 人）。
alert-reason = 主要原因：{ $reason }
alert-reason-none_left = 已没有可发的券
alert-reason-stranger = 没有给新顾客的预设券
alert-reason-budget_used_up = 预算已用完
alert-reason-template_used_up = 券已全部发放
alert-reason-count_used_up = 活动的券已全部发放
alert-reason-day_used_up = 已达当日上限
alert-reason-limit_period = 已达每人限领数量
alert-reason-sharer_self = 分享者打开自己的链接
alert-reason-outside_hours = 不在活动时段内
alert-reason-campaign_paused = 活动已暂停
alert-reason-campaign_stopped = 活动已停止
alert-reason-campaign_ended = 活动已结束
alert-reason-not_started = 活动尚未开始
alert-reason-share_revoked = 分享已收回
alert-wrong_codes = 过去一小时收银台试了 { $used } 次错误券码，远多于平时（此前七天共 { $before } 次）。
alert-wrong_codes-by = 主要来自 { $who }。可能有人在猜券码，或扫码枪读取有误。
alert-by-api = 您的收银系统

# 员工：文件

export-example = /export vouchers campaign="春季" format=csv
export-more = 也可以是 redemptions、claims、ledger 或 codes。不写 campaign= 为全部活动；format=json 每行一个对象。
export-fault-kind = 请写明导出内容：vouchers、redemptions、claims、ledger 或 codes
export-fault-format = “format”只能是 csv 或 json
export-not_allowed = 含券码的文件仅限店主和经理。
export-started = 正在生成文件，完成后会发送到这里。
export-under_way = 这个文件已在生成，完成后会发送到这里。
export-repeated = 这条消息此前已经请求过这个文件。
export-ready = { $of }的{ $what }：{ $count } 行
export-which = 需要哪个文件？将以 CSV 格式发送到这里，包含全部活动。只要一个活动时请写：
export-kind-vouchers = 优惠券
export-kind-redemptions = 核销记录
export-kind-claims = 领取记录
export-kind-ledger = 账本
export-kind-codes = 券码
export-fault-campaign = 没有名为“{ $name }”的活动
export-fault-several = 有多个名为“{ $name }”的活动。不写 campaign= 即可导出全部
export-all = 全部活动
export-empty = 目前没有可导出的内容：文件将没有任何行。
export-too-large = 文件有 { $count } 行，对聊天来说太大。请用 campaign= 按活动导出，或通过 API 获取：{ $id }
export-failed = 文件生成失败，请重新请求；如果仍然失败，请联系机器人的运营者。

# What Telegram shows of the bot before anybody has written: at most 512 and 120 characters
bot-description = 扫描小票上的二维码即可查看订单，并把优惠分享给朋友。您的优惠券会保存在这里，结账时出示即可。
bot-short-description = 分享订单，朋友就能领取优惠券。

# Staff: what chooses offers and vouchers
matching-example = /matching margin=40% control=10% pool=on
matching-more =
    margin= 是订单金额中归您的部分；填写后按金额衡量，margin=off 则按核销次数。

    control= 是始终只拿预设券、用来对比的人（0 到 50%）。pool=on 让这里的新店以您店里学到的作为起点；不会带出任何顾客的信息。

    只写 /matching 可查看效果。
matching-title = { $merchant } 的智能选择
matching-margin = 按金额衡量：订单金额的 { $percent } 归您。
matching-margin-none = 按核销次数衡量。告诉它订单金额中多少归您，就会按金额衡量：/matching margin=40%
matching-control = { $percent } 的人始终拿预设券，用来对比。
matching-control-none = 没有留出对比的人，因此无法知道效果。
matching-pool-on = 这里学到的会帮助新店起步。
matching-pool-off = 这里学到的只留在这里。
matching-point-voucher = 谁得到哪种券
matching-point-offer = 订单显示哪个优惠
matching-none = 还没有任何已知结果的选择。
matching-redemptions = { $count } 次核销
matching-lift-early = 现在说效果还太早：已有 { $count } 次选择见分晓，需要 { $least } 次；拿预设用来对比的人：{ $compared } / { $people }。
matching-lift-open = 是否胜过预设，现在说还太早：每 100 次选择在少 { $low }到多 { $high }之间，依据 { $count } 次选择。
matching-lift-better = 胜过预设：每 100 次选择约多 { $mean }，至少 { $low }，至多 { $high }，依据 { $count } 次选择。
matching-lift-worse = 不如预设：每 100 次选择约少 { $mean }，至少 { $low }，至多 { $high }，依据 { $count } 次选择。
matching-driver = “{ $name }”：{ $group }中给 { $withIt }，其他人中给 { $without }。
matching-what-if-always = 如果都给“{ $name }”：每 100 次选择 { $low } 到 { $high }；实际为 { $was }。
matching-what-if-random = 如果全凭运气：每 100 次选择 { $low } 到 { $high }；实际为 { $was }。
matching-what-if-preset = 如果都给预设：每 100 次选择 { $low } 到 { $high }；实际为 { $was }。
matching-personal = 您的顾客喜好各不相同：把握 { $percent }。
matching-tight-little = 有点紧
matching-tight-much = 很紧
matching-price = “{ $name }”的预算{ $tight }：较贵的券会少给一些。
matching-price-money = “{ $name }”的预算{ $tight }：每 { $given } 的券须多带来 { $needed }。
matching-stopped = ⏹ 它不如预设，因此自 { $day } 起所有人都得到预设。
matching-frozen = ❄️ 目前不再学习。
matching-resume-voucher = 让它继续选券
matching-resume-offer = 让它继续选优惠
matching-resumed = 它又开始选择了。只有从现在起的表现才会使它停下。
matching-not-stopped = 它没有被停用。
picture-lift-early = 现在说效果还太早
picture-lift-open = 是否更好，现在说还太早
picture-lift-better = 胜过预设
picture-lift-worse = 不如预设
picture-lift-mean = 约 { $mean }
picture-lift-text = 每 100 次选择比预设多带来的；依据 { $count } 次
picture-wanted = 选择频率
picture-redeemed-of = 已核销
picture-expected = 预期
picture-preset = { $name }（预设）
picture-of = { $redeemed } / { $settled }
alert-lift-voucher = 选券已停用：现在所有人都得到预设券。
alert-lift-offer = 选优惠已停用：现在所有人都看到通常的优惠。
alert-lift-on = 您可以让它继续；那时只计算从那以后的表现。
history-by-model = Passalong
history-merchant-changed = 🎯 智能选择的设置已更改
history-merchant-matching_stopped_voucher = ⏹ 选券不如预设，已停用
history-merchant-matching_stopped_offer = ⏹ 选优惠不如预设，已停用
history-merchant-matching_resumed_voucher = ▶️ 选券继续
history-merchant-matching_resumed_offer = ▶️ 选优惠继续
history-merchant-matching_frozen_voucher = 🧊 选券已停止学习
history-merchant-matching_frozen_offer = 🧊 选优惠已停止学习
history-merchant-matching_thawed_voucher = 🌱 选券恢复学习
history-merchant-matching_thawed_offer = 🌱 选优惠恢复学习
history-merchant-matching_back_voucher = ⏪ 选券改用较早的版本
history-merchant-matching_back_offer = ⏪ 选优惠改用较早的版本
term-margin-bp = 毛利
term-margin-bp-none = 未填写
term-control-bp = 用于对比
term-pools-learning = 学到的帮助新店
term-pools-learning-true = 是
term-pools-learning-false = 否
term-least-bp = 至少选择
term-most-bp = 至多选择
