/** What is asked of the bot in `@bot query`; undefined when the text is an ordinary one. */
export function readInline(text: string, username: string): string | undefined {
  const prefix = `@${username} `
  if (!text.toLowerCase().startsWith(prefix.toLowerCase())) return undefined
  return text.slice(prefix.length).trim()
}

/** What is being looked for in the menu of commands; undefined when none is being typed. */
export function readCommand(text: string): string | undefined {
  return /^\/(?<start>\w*)$/.exec(text)?.groups?.['start']?.toLowerCase()
}
