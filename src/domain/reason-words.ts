/** The same in every language that is spoken. */
export type Said = { en: string; zh: string }

/** To whom it is said: to the customer, or to the merchant of them. */
export type Voice = 'you' | 'they'

type Word = readonly [en: string, zh: string]

/**
 * What each feature of the matching model says where it spoke for what was chosen. Of a person: it is
 * above zero, or not. Of what was chosen: there is more of it than with the others, or less.
 */
const FEATURE_WORDS: Readonly<Record<string, { high: Word; low: Word }>> = {
  orders: {
    high: ['You have ordered in the last three months.', '您近三个月下过单。'],
    low: ['You have not ordered in the last three months.', '您近三个月没有下过单。'],
  },
  sinceOrder: {
    high: ['Your last order was some time ago.', '您上次下单已有一段时间。'],
    low: ['You have ordered just now, or never before.', '您刚刚下过单，或从未下过单。'],
  },
  noOrder: {
    high: ['You have not ordered here yet.', '您还没有在这里下过单。'],
    low: ['You have ordered here before.', '您在这里下过单。'],
  },
  basket: {
    high: [
      'Your orders usually come to more than is given here.',
      '您的订单金额通常高于这里的优惠。',
    ],
    low: [
      'Your orders usually come to no more than is given here.',
      '您的订单金额通常不高于这里的优惠。',
    ],
  },
  oneSided: {
    high: ['What you buy shows what you like.', '从您买的东西看得出您的喜好。'],
    low: ['What you buy does not show yet what you like.', '从您买的东西还看不出您的喜好。'],
  },
  shares: {
    high: ['You have shared offers with friends.', '您向朋友分享过优惠。'],
    low: ['You have not shared an offer yet.', '您还没有分享过优惠。'],
  },
  shareRate: {
    high: ['Friends took up most of what you shared.', '您的分享大多有朋友领取。'],
    low: ['Friends took up half of what you shared, or less.', '您的分享至多一半有朋友领取。'],
  },
  kept: {
    high: ['You have used most of your vouchers.', '您的券大多用掉了。'],
    low: ['You have used half of your vouchers, or fewer.', '您的券至多用掉了一半。'],
  },
  tried: {
    high: ['You have had vouchers here before.', '您在这里领过券。'],
    low: ['You are new to vouchers here.', '您在这里还没有领过券。'],
  },
  ownShare: {
    high: ['You opened what you had shared.', '您打开的是自己的分享。'],
    low: ['It came from a friend.', '这来自朋友的分享。'],
  },
  hour: {
    high: ['The time of day at which you came.', '您来的时段。'],
    low: ['The time of day at which you came.', '您来的时段。'],
  },
  weekend: {
    high: ['You came at the weekend.', '您是周末来的。'],
    low: ['You came on a weekday.', '您是工作日来的。'],
  },
  chinese: {
    high: ['You speak Chinese here.', '您在这里使用中文。'],
    low: ['You do not speak Chinese here.', '您在这里不使用中文。'],
  },
  inChat: {
    high: ['You came through the chat.', '您是从聊天里来的。'],
    low: ['You came through the app.', '您是从应用里来的。'],
  },
  thisBasket: {
    high: ['This order came to more than is given here.', '这个订单的金额高于这里的优惠。'],
    low: ['This order came to no more than is given here.', '这个订单的金额不高于这里的优惠。'],
  },
  depth: {
    high: [
      'It takes off more of what must be spent than the others.',
      '与其他相比，它减免的比例更大。',
    ],
    low: [
      'It takes off less of what must be spent than the others.',
      '与其他相比，它减免的比例更小。',
    ],
  },
  minSpend: {
    high: ['It asks for a larger order than the others.', '与其他相比，它的使用门槛更高。'],
    low: ['It asks for a smaller order than the others.', '与其他相比，它的使用门槛更低。'],
  },
  validity: {
    high: ['It is valid longer than the others.', '与其他相比，它的有效期更长。'],
    low: ['It is valid for a shorter time than the others.', '与其他相比，它的有效期更短。'],
  },
  percent: {
    high: ['It takes a percentage off.', '它按百分比减免。'],
    low: ['It takes no percentage off, as others do.', '它不像其他那样按百分比减免。'],
  },
  balance: {
    high: ['It is a balance that can be spent bit by bit.', '它是可以分次使用的余额。'],
    low: ['It is no balance, as others are.', '它不像其他那样是余额。'],
  },
  item: {
    high: ['It is something for free.', '它是免费赠品。'],
    low: ['It is no free item, as others are.', '它不像其他那样是赠品。'],
  },
  drawn: {
    high: ['Its amount is drawn by lot.', '它的金额由抽签决定。'],
    low: ['Its amount is not drawn by lot.', '它的金额不由抽签决定。'],
  },
  fit: {
    high: [
      'It fits what you buy and do better than the others.',
      '与其他相比，它更符合您买什么、做什么。',
    ],
    low: ['It is something else than what you usually buy and do.', '它与您平时买的、做的不同。'],
  },
  keptKind: {
    high: ['You use this kind more readily than the others.', '与其他相比，您更常用这一种。'],
    low: [
      'You use the other kinds more readily: this one is for a change.',
      '您更常用其他种类，这张换换口味。',
    ],
  },
  minSpendFit: {
    high: [
      'Your orders reach what must be spent more easily than with the others.',
      '与其他相比，您的订单更容易达到它的门槛。',
    ],
    low: [
      'It asks for larger orders than yours usually are, compared with the others.',
      '与其他相比，它的门槛对您的订单来说更高。',
    ],
  },
}

/** The features that there are words for. */
export const WORDED_FEATURES: readonly string[] = Object.keys(FEATURE_WORDS)

/** Why a feature spoke for it; `traits` are those that it is meant for, which says more of `fit`. */
export function sayReason(
  { feature, high }: { feature: string; high: boolean },
  traits: readonly string[],
  voice: Voice,
): Said | undefined {
  if (feature === 'fit' && high && traits.length > 0) return inVoice(voice, meantFor(traits))
  const words = FEATURE_WORDS[feature]?.[high ? 'high' : 'low']
  return words && inVoice(voice, words)
}

/** For whom something is meant, by the traits that its merchant gave it. @patent 8 */
function meantFor(traits: readonly string[]): Word {
  const named = traits.map(
    (trait): Word => HABIT_WORDS[trait] ?? [`people who buy “${trait}”`, `购买“${trait}”的顾客`],
  )
  return [
    `It is meant for ${named.map(([en]) => en).join(' or ')}, and that fits.`,
    `它面向${named.map(([, zh]) => zh).join('或')}，与您相符。`,
  ]
}

/** Traits that are no categories. */
const HABIT_WORDS: Readonly<Record<string, Word>> = {
  new: ['new customers', '新顾客'],
  returning: ['returning customers', '回头客'],
  sharer: ['people who share', '乐于分享的顾客'],
  redeemer: ['people who use their vouchers', '常用券的顾客'],
}

/** What is said to somebody, said of them: in English you and they take the same verbs. */
export function inVoice(voice: Voice, [en, zh]: Word): Said {
  if (voice === 'you') return { en, zh }
  return {
    en: en.replace(/\b(You|you)(r?)(s?)\b/g, (_, you: string, r: string, s: string) => {
      const they = r === '' ? 'they' : `their${s}`
      return you === 'You' ? `T${they.slice(1)}` : they
    }),
    zh: zh.replaceAll('您', '顾客'),
  }
}
