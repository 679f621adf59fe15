/** The first letters of the first and the last word; one for a name of a single word. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const used = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1)
  return used.map((word) => firstLetter(word ?? '')).join('')
}

/** What a person would call the first letter, in capitals; an emoji counts as one. */
export function firstLetter(text: string): string {
  const [first] = new Intl.Segmenter().segment(text)
  return first?.segment.toUpperCase() ?? ''
}
