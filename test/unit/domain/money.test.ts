import { describe, expect, test } from 'vitest'
import { exponentOf, formatMoney, lineMinor, parseMinor } from '../../../src/domain/money.ts'

describe('reading an amount', () => {
  test.each([
    ['12.50', 'GBP', 1250n],
    ['12.5', 'GBP', 1250n],
    ['12', 'GBP', 1200n],
    ['0', 'GBP', 0n],
    ['0.29', 'GBP', 29n],
    ['1.10', 'EUR', 110n],
    ['275', 'JPY', 275n],
    ['1.234', 'KWD', 1234n],
    ['1.2345', 'CLF', 12345n],
    ['12.5000', 'GBP', 1250n],
    ['275.00', 'JPY', 275n],
    ['90071992547409.91', 'GBP', 9007199254740991n],
  ])('%s %s is %s minor units', (text, currency, minor) => {
    expect(parseMinor(text, currency)).toBe(minor)
  })

  test.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '1e3',
    '１２',
    '٣',
    '1,000.50',
    '1.000,50',
    '.5',
    '5.',
    '+5',
    '--5',
    '1.2.3',
    '0x10',
    'NaN',
    'Infinity',
    '£5',
    '5 GBP',
    '1_000',
    '1\n',
    '−5',
    '1'.repeat(21),
  ])('%j is not an amount', (text) => {
    expect(parseMinor(text, 'GBP')).toBe('not_an_amount')
  })

  test('a minus sign is read only where it is allowed', () => {
    expect(parseMinor('-5', 'GBP')).toBe('not_an_amount')
    expect(parseMinor('-0', 'GBP')).toBe('not_an_amount')
    expect(parseMinor('-5.25', 'GBP', 'signed')).toBe(-525n)
    expect(parseMinor('-0', 'GBP', 'signed')).toBe(0n)
  })

  test('decimals that the currency does not have are refused unless they are zeros', () => {
    expect(parseMinor('1.005', 'GBP')).toBe('too_many_decimals')
    expect(parseMinor('275.5', 'JPY')).toBe('too_many_decimals')
    expect(parseMinor('1.2345', 'KWD')).toBe('too_many_decimals')
  })

  test('an amount beyond the safe integers is refused, on either side', () => {
    expect(parseMinor('90071992547409.92', 'GBP')).toBe('out_of_range')
    expect(parseMinor('-90071992547409.92', 'GBP', 'signed')).toBe('out_of_range')
    expect(parseMinor('9007199254740992', 'JPY')).toBe('out_of_range')
  })

  test('a currency must be an active code of ISO 4217, in capitals', () => {
    for (const code of ['', 'gbp', 'GB', 'XAU', 'XXX', 'XTS', 'DEM', 'constructor'])
      expect(parseMinor('1', code)).toBe('unknown_currency')
  })
})

describe('the amount of a line', () => {
  test('quantity times price is exact where floats are not', () => {
    expect(lineMinor(3, '0.1', 'GBP')).toEqual({ unitMinor: 10n, amountMinor: 30n })
    expect(lineMinor(100, '1.15', 'GBP')).toEqual({ unitMinor: 115n, amountMinor: 11500n })
    expect(lineMinor(-12, '1.65', 'GBP')).toEqual({ unitMinor: 165n, amountMinor: -1980n })
  })

  test('a finer price is rounded once, at the line, half away from zero', () => {
    expect(lineMinor(3, '0.125', 'GBP')).toEqual({ unitMinor: 13n, amountMinor: 38n })
    expect(lineMinor(-3, '0.125', 'GBP')).toEqual({ unitMinor: 13n, amountMinor: -38n })
    expect(lineMinor(1000, '0.001', 'GBP')).toEqual({ unitMinor: 0n, amountMinor: 100n })
    expect(lineMinor(1, '-0.005', 'GBP')).toEqual({ unitMinor: -1n, amountMinor: -1n })
    expect(lineMinor(1, '0.5', 'JPY')).toEqual({ unitMinor: 1n, amountMinor: 1n })
    expect(lineMinor(1, '0.0049', 'GBP')).toEqual({ unitMinor: 0n, amountMinor: 0n })
  })

  test('rounding agrees with arithmetic done another way for every thousandth', () => {
    for (let thousandths = 0; thousandths < 3000; thousandths += 1) {
      const price = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`
      const rounded = Math.floor((thousandths * 7 + 5) / 10)
      expect(lineMinor(7, price, 'GBP')).toMatchObject({ amountMinor: BigInt(rounded) })
      expect(lineMinor(-7, price, 'GBP')).toMatchObject({ amountMinor: BigInt(-rounded) })
    }
  })

  test('a product beyond the safe integers is refused', () => {
    expect(lineMinor(2, '90071992547409.91', 'GBP')).toBe('out_of_range')
    expect(lineMinor(1.5, '1', 'GBP')).toBe('not_an_amount')
    expect(lineMinor(1, '1e3', 'GBP')).toBe('not_an_amount')
    expect(lineMinor(1, '1', 'ZZZ')).toBe('unknown_currency')
  })
})

describe('showing an amount', () => {
  const show = (minor: number | bigint, currency: string, locale = 'en') =>
    formatMoney(minor, currency, locale).replaceAll('\u00a0', ' ')

  test('it has the decimals of its currency and the look of its locale', () => {
    expect(show(1250, 'GBP', 'en-GB')).toBe('£12.50')
    expect(show(-2750, 'GBP', 'en-GB')).toBe('-£27.50')
    expect(show(5, 'GBP', 'en-GB')).toBe('£0.05')
    expect(show(275, 'JPY')).toBe('¥275')
    expect(show(1234, 'KWD')).toBe('KWD 1.234')
    expect(show(1234, 'IQD')).toBe('IQD 1.234')
    expect(show(1250, 'EUR', 'de')).toBe('12,50 €')
    expect(show(1250, 'CNY', 'zh-CN')).toBe('¥12.50')
  })

  test('large amounts are shown to the last unit', () => {
    expect(show(Number.MAX_SAFE_INTEGER, 'GBP', 'en-GB')).toBe('£90,071,992,547,409.91')
    expect(show(1234567890123456n, 'KWD')).toBe('KWD 1,234,567,890,123.456')
  })

  test('an amount that is shown and read again is the same', () => {
    for (const minor of [0, 1, 99, 100, 101, 123456789]) {
      const digits = show(minor, 'GBP', 'en-GB').replaceAll(/[£,]/g, '')
      expect(parseMinor(digits, 'GBP')).toBe(BigInt(minor))
    }
  })

  test('a code that is no currency is a mistake of the program', () => {
    expect(() => formatMoney(1, 'gbp', 'en')).toThrow(RangeError)
  })
})

test('the table knows the currencies that this machine knows, retired ones and metals aside', () => {
  const retired = ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL']
  const withoutMinorUnit = ['XDR', 'XSU']

  const missing = Intl.supportedValuesOf('currency').filter(
    (code) => exponentOf(code) === undefined,
  )

  expect([...retired, ...withoutMinorUnit]).toEqual(expect.arrayContaining(missing))
})
