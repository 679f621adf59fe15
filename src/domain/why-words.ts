import { inVoice, type Said, type Voice } from './reason-words.ts'
import type { WhyBy } from './why.ts'

/** What decided, with what is put into the words of it. */
type Deciding = {
  by: WhyBy
  point: 'offer' | 'voucher'
  /** What the decision says of itself, such as `none_left` or `fault`. */
  why: string | undefined
  /** The share of people who are compared with, from 0 to 1; nothing where it is not known. */
  control: number | undefined
  /** There was no preset one left, so that chance decided among the others. */
  isDrawn: boolean
}

/** What decided, in a sentence for the customer, or for the merchant of them. */
export function sayWhy(deciding: Deciding, voice: Voice): Said {
  const { by, point, why, isDrawn } = deciding
  if (by === 'control') return sayControl(deciding, voice)
  if (by === 'preset') return inVoice(voice, presetWords(why, isDrawn))
  const { voucher, offer = voucher, they, drawn } = WHY_WORDS[by]
  if (voice === 'they' && they) return inVoice(voice, they)
  if (isDrawn && drawn && point === 'voucher') return inVoice(voice, drawn)
  return inVoice(voice, point === 'offer' ? offer : voucher)
}

type Word = readonly [en: string, zh: string]
/** `they`: said otherwise to the merchant. `drawn`: where chance decided for want of a preset one. */
type Words = { voucher: Word; offer?: Word; they?: Word; drawn?: Word }

const WHY_WORDS: Readonly<Record<Exclude<WhyBy, 'preset' | 'control'>, Words>> = {
  match: {
    voucher: [
      'It was matched with what you buy and do here.',
      '它是根据您在这里买什么、做什么匹配的。',
    ],
    they: [
      'It was matched with what the customer buys and does here.',
      '它是根据顾客在这里买什么、做什么匹配的。',
    ],
  },
  draw: {
    voucher: [
      'Nothing known of you spoke for one of them: chance decided.',
      '已知的信息不偏向任何一种，由抽签决定。',
    ],
    they: [
      'Nothing known of the customer spoke for one of them: chance decided.',
      '已知的信息不偏向任何一种，由抽签决定。',
    ],
  },
  random: {
    voucher: ['Chance decided, as for everybody in this campaign.', '本活动随机发放，人人如此。'],
  },
  only: {
    voucher: ['There was only this one to choose from.', '当时只有这一种可选。'],
  },
  not_personal: {
    voucher: [
      'You asked us not to personalise, so you got the standard voucher.',
      '您要求不做个性化，因此得到标准券。',
    ],
    offer: [
      'You asked us not to personalise, so offers come in their usual order.',
      '您要求不做个性化，因此优惠按默认顺序显示。',
    ],
    they: ['The customer asked us not to personalise.', '顾客要求不做个性化。'],
    drawn: [
      'You asked us not to personalise, so chance decided.',
      '您要求不做个性化，因此由抽签决定。',
    ],
  },
  stranger: {
    voucher: [
      'You were new to this shop, and this is the voucher for everybody who is new.',
      '您是本店的新朋友，这是送给每位新朋友的券。',
    ],
  },
  stop_loss: {
    voucher: [
      'At the moment the shop gives everybody its standard voucher.',
      '商家目前向所有人发放标准券。',
    ],
    offer: [
      'At the moment the shop shows everybody its offers in their usual order.',
      '商家目前向所有人按默认顺序显示优惠。',
    ],
    they: [
      'Matching brought less than your preset, so everybody gets the preset.',
      '匹配的效果不如默认方案，因此所有人都按默认方案。',
    ],
  },
  reward: {
    voucher: ['It is a thank-you for what you shared.', '这是对您分享的感谢。'],
  },
}

/** Where the choice was made and the preset one is given all the same, what was chosen was gone. */
function presetWords(why: string | undefined, isDrawn: boolean): Word {
  if (why === 'none_left')
    return [
      'Nothing else was left to choose from, so it is the standard voucher.',
      '没有其他可选的券，因此是标准券。',
    ]
  if (why === 'paced')
    return [
      'The money of the campaign has to last until its end, so it is the standard voucher this time.',
      '活动的预算要用到结束，因此这次是标准券。',
    ]
  if (why !== 'fault')
    return [
      'What was chosen was gone by then, so it is the standard voucher.',
      '选中的券当时已领完，因此是标准券。',
    ]
  return isDrawn
    ? [
        'Nothing could be matched at that moment, so chance decided.',
        '当时无法匹配，因此由抽签决定。',
      ]
    : [
        'Nothing could be matched at that moment, so it is what everybody gets.',
        '当时无法匹配，因此与所有人相同。',
      ]
}

function sayControl({ point, control }: Deciding, voice: Voice): Said {
  const [who, whoZh] = shareOf(control)
  const [what, whatZh] =
    point === 'offer'
      ? ['the offers in their usual order', '默认顺序的优惠']
      : ['the standard voucher', '标准券']
  const [one, oneZh] =
    voice === 'you'
      ? ['You are one of them.', '您是其中之一。']
      : ['This is one of them.', '这是其中之一。']
  return {
    en: `${who} ${what}, whatever is known of them, so that it shows whether matching helps. ${one}`,
    zh: `${whoZh}会得到${whatZh}，不论对他们了解多少，以便看出匹配是否有用。${oneZh}`,
  }
}

function shareOf(control: number | undefined): Word {
  if (control === 0.1) return ['One in ten customers gets', '每十位顾客中有一位']
  if (control === undefined) return ['Some customers get', '一部分顾客']
  const percent = `${Number((control * 100).toFixed(2))}%`
  return [`${percent} of all customers get`, `${percent} 的顾客`]
}
