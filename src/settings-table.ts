import { ConfigSchema } from './config.ts'

type Setting = { name: string; standard: string; description: string }

/** The settings as README.md has them. */
export function settingsAsTable(): string {
  const rows = listSettings().map(
    ({ name, standard, description }) =>
      `| \`${name}\` | ${standard && `\`${standard}\``} | ${description} |\n`,
  )
  return `| setting | default | what it says |\n| --- | --- | --- |\n${rows.join('')}`
}

/** The settings as `.env.example`: each commented out, with its default where it has one. */
export function settingsAsEnvFile(): string {
  const entries = listSettings().map(
    ({ name, standard, description }) =>
      `\n# ${description.replaceAll('`', '')}\n#${name}=${standard}\n`,
  )
  return `# Every setting is optional. Made by \`npx passalong settings\` from src/config.ts.\n${entries.join('')}`
}

function listSettings(): Setting[] {
  const settings = Object.entries(ConfigSchema.properties) as [string, Described][]
  return settings.map(([name, described]) => ({
    name,
    standard: String(described.default ?? ''),
    description: `${described.description ?? ''}${rangeOf(described)}`,
  }))
}

function rangeOf({ minimum, maximum }: Described): string {
  return minimum === undefined || maximum === undefined ? '' : ` (${minimum} to ${maximum})`
}

/** What TypeBox keeps of a setting, as far as it is told here. */
type Described = {
  default?: string | number
  description?: string
  minimum?: number
  maximum?: number
}
