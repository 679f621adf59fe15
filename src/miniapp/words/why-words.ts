/** A chance from 0 to 1 in whole per cent, and below one of them in tenths. */
export function percentOf(chance: number, locale: string): string {
  const maximumFractionDigits = chance < 0.01 ? 1 : 0
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits }).format(chance)
}
