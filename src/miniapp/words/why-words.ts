/**
 * A chance from 0 to 1 in whole per cent, and below one of them in tenths; what is less than one of these does
 * not look like never.
 */
export function percentOf(chance: number, locale: string): string {
  if (chance > 0 && chance < 0.001) return `<${percentOf(0.001, locale)}`
  const maximumFractionDigits = chance < 0.01 ? 1 : 0
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits }).format(chance)
}
