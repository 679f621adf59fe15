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
command-export = 导出券、核销或账本
command-newcampaign = 新建活动
command-newvoucher = 新建券
command-pause = 暂停活动
command-resume = 启动或恢复活动
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
notice-ends = 别忘了：{ $merchant } 的券，{ $value }
button-reminders-off = 🔕 不再提醒
button-reminders-on = 🔔 恢复提醒
reminders-off = 以后不再提醒您券即将到期。
reminders-on = 券到期前三天和十二小时我会提醒您，夜间不打扰。
reminders-are-off = 到期提醒已关闭。
notice-refunded = 订单已退款：您在 { $merchant } 的券已退回 { $amount }
notice-revoked = 您在 { $merchant } 的券已收回
notice-revoked-why = 分享这张券的订单已取消。已使用的部分不受影响。

# 语言、隐私

language-ask = 请选择语言
language-set = 从现在起我说中文。
privacy-title = 保存了您的哪些信息
privacy-body =
    您的 Telegram 编号、语言，以及应用告知的时区，用来识别您、给您发消息。您打开的订单、分享、领取和使用的券：各商家只能看到自己的。您在这里的行为用于挑选适合您的优惠和券。以上内容保存到您删除为止。

    不保存：您的姓名和电话号码。您发给我的消息在答复后即清除，我发给您的消息在发出后即清除；分享所在的位置在分享结束一天后清除。
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
fault-percent = “{ $field }”必须是 0.01 到 100 的百分比。
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
store-added = 门店 { $store } 已添加
store-exists = 门店 { $store } 已存在

# 员工：活动和券

campaigns-title = { $merchant } 的活动
campaigns-none = 还没有活动。用 /newcampaign 新建。
campaign-status-draft = 草稿
campaign-status-active = 进行中
campaign-status-paused = 已暂停
campaign-status-stopped = 已停止
campaign-budget = 已发放 { $issued }，预算 { $budget }，预留 { $reserved }
campaign-until = { $day } 截止
template-line = { $name }：已发放 { $issued }/{ $quantity }
template-preset = { $name }（预设）：已发放 { $issued }/{ $quantity }
newcampaign-example = /newcampaign name="春季" budget=500 slots=20 days=30 title="请朋友喝咖啡"
newcampaign-random = 随机金额请加 pot=40 min=1 max=5：每次分享把 40 分成 20 份。还可以写：body="…"、spend=10（订单最低金额）、zone=Asia/Shanghai、until=2027-03-31、valid=30（券的有效天数）、hours=48（分享的有效小时数）。
campaign-created = 活动 { $name } 已存为草稿
campaign-created-body = 接下来：用 /newvoucher 设定可领的券，再用 /resume 启动。
newvoucher-example = /newvoucher store=S1 address="南京路 1 号" count=100 name="咖啡" off=5.00
newvoucher-more = off= 也可以换成 percent=15 max=10、balance=20 或 item=3.50。还可以写：spend=20（最低消费）、preset=yes（给还不认识的人）、campaign="春季"。不写 store= 则所有门店通用。
vouchers-created = 已创建 { $count } 张券
vouchers-created-body = { $name }：{ $value }，活动 { $campaign }
vouchers-created-drawn = { $name }，活动 { $campaign }：每张的金额在领取时随机产生。
vouchers-start = 活动尚未进行：用 /resume 启动。
vouchers-refused-unknown_store = 没有门店“{ $store }”。/stores 列出您的门店。
vouchers-refused-wrong_address = 门店“{ $store }”的地址不符。/stores 可以查看。
vouchers-refused-unknown_campaign = 没有这个活动。/campaigns 列出您的活动。
vouchers-refused-no_campaign = 还没有活动。用 /newcampaign 新建。
vouchers-refused-campaign_stopped = 这个活动已永久停止。
vouchers-refused-has_fallback = 这个活动已有预设券。
which-campaign = 哪个活动？
no-campaign-to-active = 没有等待启动的活动。
no-campaign-to-paused = 没有进行中的活动。
campaign-now-active = 活动 { $name } 进行中
campaign-now-paused = 活动 { $name } 已暂停
campaign-refused-unknown_campaign = 没有这个活动。/campaigns 列出您的活动。
campaign-refused-stopped = 这个活动已永久停止。
campaign-refused-draft = 这个活动尚未启动。
campaign-refused-no_vouchers = 这个活动还没有券：用 /newvoucher 添加。
campaign-refused-over = 这个活动已结束。
button-pause = ⏸ { $name }
button-resume = ▶️ { $name }
button-stats = 📊 { $name }

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
export-which = 需要哪个文件？将以 CSV 格式发送到这里，包含全部活动。只要一个活动时请写：{ $example }
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
