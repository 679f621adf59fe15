/**
 * Whether somebody belongs to the share of people who get the preset voucher whatever the model says. It
 * follows from the person alone, so that it is settled before anything is known of them and never changes
 * (FNV-1a over the id with a word of its own before it, mixed as murmur3 ends).
 *
 * @param share in [0, 1]
 */
export function isControl(personId: string, share: number): boolean {
  const text = `preset:${personId}`
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < share
}
