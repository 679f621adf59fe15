/** A piece of a page that is safe as it stands. */
export type Html = { html: string }

/** Builds HTML from a template: whatever is put in is escaped, unless it is Html already. */
export function html(
  parts: TemplateStringsArray,
  ...values: (Html | Html[] | string | number)[]
): Html {
  let text = parts[0] ?? ''
  for (const [i, value] of values.entries()) text += htmlOf(value) + (parts[i + 1] ?? '')
  return { html: text }
}

function htmlOf(value: Html | Html[] | string | number): string {
  if (Array.isArray(value)) return value.map((piece) => piece.html).join('')
  return typeof value === 'object' ? value.html : escapeHtml(String(value))
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
