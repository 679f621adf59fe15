import type { Said } from './reason-words.ts'

/** Whom a feature of the matching model is about: people of whom it is true, or true more than of most. */
const GROUPS: Readonly<Record<string, Said>> = {
  orders: { en: 'people who have ordered often lately', zh: '近期常下单的顾客' },
  sinceOrder: { en: 'people whose last order is long ago', zh: '很久没下单的顾客' },
  noOrder: { en: 'people who have not ordered yet', zh: '还没下过单的顾客' },
  basket: { en: 'people with large orders', zh: '订单金额大的顾客' },
  oneSided: { en: 'people who buy mostly one kind of thing', zh: '主要购买一类商品的顾客' },
  shares: { en: 'people who share often', zh: '经常分享的顾客' },
  shareRate: { en: 'people whose friends take up what they share', zh: '分享常被领取的顾客' },
  kept: { en: 'people who use their vouchers', zh: '常用券的顾客' },
  tried: { en: 'people who have had vouchers before', zh: '以前领过券的顾客' },
  ownShare: { en: 'people who open what they shared', zh: '打开自己分享的顾客' },
  hourSin: { en: 'people who come before noon', zh: '上午来的顾客' },
  hourCos: { en: 'people who come in the evening or at night', zh: '晚上或夜里来的顾客' },
  weekend: { en: 'people who come at the weekend', zh: '周末来的顾客' },
  chinese: { en: 'people who use Chinese', zh: '使用中文的顾客' },
  inChat: { en: 'people who tap in a chat', zh: '在聊天里点开的顾客' },
  thisBasket: { en: 'people with a large order just now', zh: '本次订单金额大的顾客' },
}

/** The features that a group is named for. */
export const NAMED_GROUPS: readonly string[] = Object.keys(GROUPS)

/** The people of a feature, in the middle of a sentence. */
export function sayGroup(feature: string): Said {
  return GROUPS[feature] ?? { en: feature, zh: feature }
}
