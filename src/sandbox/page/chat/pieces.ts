import type { SimEntity } from '../../sim.ts'

/** A text with its formats nested, as it is drawn. */
export type Piece = string | { entity: SimEntity; pieces: Piece[] }

/** Nests the entities of a text. One that leaves its parent is cut at the parent's end. */
export function piecesOf(text: string, entities: readonly SimEntity[] = []): Piece[] {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return nest(text, sorted, 0, text.length)
}

function nest(text: string, entities: SimEntity[], start: number, end: number): Piece[] {
  const pieces: Piece[] = []
  let at = start
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index++] as SimEntity
    const from = Math.max(entity.offset, at)
    const to = Math.min(entity.offset + entity.length, end)
    if (from >= to) continue
    const inner = entities.slice(index).filter((one) => one.offset < to)
    index += inner.length
    if (from > at) pieces.push(text.slice(at, from))
    pieces.push({ entity, pieces: nest(text, inner, from, to) })
    at = to
  }
  if (at < end) pieces.push(text.slice(at, end))
  return pieces
}
