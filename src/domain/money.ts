/**
 * Reads an amount a person or a file wrote, e.g. `12.50` in GBP is 1250n. Nothing is rounded.
 *
 * Only ASCII digits and one point: `1e3`, `１２`, `1,000.50`, `.5`, `£5` and blanks are no amounts.
 * More decimals than the currency has are refused unless they are zeros. A minus sign is an amount
 * only where `signs` says so. What is returned is a safe integer, so `Number()` of it is exact.
 */
export function parseMinor(
  text: string,
  currency: string,
  signs: 'unsigned' | 'signed' = 'unsigned',
): bigint | MoneyFault {
  const exponent = exponentOf(currency)
  if (exponent === undefined) return 'unknown_currency'
  const decimal = parseDecimal(text)
  if (!decimal || (signs === 'unsigned' && text.startsWith('-'))) return 'not_an_amount'

  const unit = 10n ** BigInt(decimal.scale)
  const scaled = decimal.digits * 10n ** BigInt(exponent)
  if (scaled % unit !== 0n) return 'too_many_decimals'
  return inRange(scaled / unit)
}

/**
 * Amount of one order line: quantity × unit price, in minor units.
 *
 * A unit price may have more decimals than its currency (0.125 a screw). The product is exact and
 * is rounded once, at the line, half away from zero: 3 × 0.125 is 0.38 and −3 × 0.125 is −0.38.
 * `unitMinor` is the unit price rounded the same way, for show; the amount is not computed from it.
 */
export function lineMinor(
  quantity: number,
  unitPrice: string,
  currency: string,
): { unitMinor: bigint; amountMinor: bigint } | MoneyFault {
  const exponent = exponentOf(currency)
  if (exponent === undefined) return 'unknown_currency'
  const price = parseDecimal(unitPrice)
  if (!price || !Number.isSafeInteger(quantity)) return 'not_an_amount'

  const unitMinor = inRange(roundTo(exponent, price))
  const product = { digits: price.digits * BigInt(quantity), scale: price.scale }
  const amountMinor = inRange(roundTo(exponent, product))
  if (typeof unitMinor === 'string') return unitMinor
  if (typeof amountMinor === 'string') return amountMinor
  return { unitMinor, amountMinor }
}

/** The amount as a person of that locale writes it, with the decimals ISO 4217 gives the currency. */
export function formatMoney(minor: number | bigint, currency: string, locale: string): string {
  const exponent = exponentOf(currency)
  if (exponent === undefined) throw new RangeError(`${currency} is no currency of ISO 4217.`)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  })
  return format.format(decimalText(BigInt(minor), exponent))
}

/** The amount as `parseMinor` reads it: `12.50`, without a sign of the currency or groups of digits. */
export function decimalAmount(minor: number | bigint, currency: string): string {
  return decimalText(BigInt(minor), exponentOf(currency) ?? 0)
}

/** How many decimals a currency has; undefined when ISO 4217 does not know the code (or it is not in capitals). */
export function exponentOf(currency: string): number | undefined {
  return EXPONENTS.get(currency)
}

export type MoneyFault = 'unknown_currency' | 'not_an_amount' | 'too_many_decimals' | 'out_of_range'

type Decimal = { digits: bigint; scale: number }

function parseDecimal(text: string): Decimal | undefined {
  const parts = /^(-?\d{1,20})(?:\.(\d{1,20}))?$/.exec(text)
  if (!parts) return undefined
  const [, whole = '', fraction = ''] = parts
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

function roundTo(exponent: number, { digits, scale }: Decimal): bigint {
  if (scale <= exponent) return digits * 10n ** BigInt(exponent - scale)
  const divisor = 10n ** BigInt(scale - exponent)
  const half = digits < 0n ? -divisor / 2n : divisor / 2n
  return (digits + half) / divisor
}

function inRange(minor: bigint): bigint | 'out_of_range' {
  const limit = BigInt(Number.MAX_SAFE_INTEGER)
  return minor > limit || minor < -limit ? 'out_of_range' : minor
}

function decimalText(minor: bigint, exponent: number): Intl.StringNumericLiteral {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0')
  const cut = digits.length - exponent
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`
  return `${minor < 0n ? '-' : ''}${text}` as Intl.StringNumericLiteral
}

// ISO 4217, list one, as of 2026: every active code that has a minor unit (so no metals, no test codes).
const CODES_BY_EXPONENT: readonly [number, string][] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
     CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
     GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
     LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO
     NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
     SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
     XAD XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  CODES_BY_EXPONENT.flatMap(([exponent, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, exponent]),
  ),
)
