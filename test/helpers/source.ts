import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'vite'

/** A file of the program by its path inside the folder that was asked for, with `/` everywhere. */
export type Source = { path: string; text: string }

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

/** Every file of a folder of the repository whose name ends so, in order of path. */
export async function sourcesIn(folder: string, ending = /\.tsx?$/): Promise<Source[]> {
  const root = join(REPOSITORY, folder)
  const names = (await readdir(root, { recursive: true }))
    .filter((name) => ending.test(name))
    .sort()
  return Promise.all(
    names.map(async (name) => ({
      path: name.replaceAll('\\', '/'),
      text: await readFile(join(root, name), 'utf8'),
    })),
  )
}

/** What a file imports, whether as value or type, at once or later, or passes on. */
export function importsOf({ path, text }: Source): string[] {
  const { module, program } = parseSync(path, text)
  const found = new Set(module.staticImports.map((statement) => statement.moduleRequest.value))
  for (const { moduleRequest } of module.staticExports.flatMap((statement) => statement.entries)) {
    if (moduleRequest) found.add(moduleRequest.value)
  }
  for (const { moduleRequest } of module.dynamicImports) {
    found.add(text.slice(moduleRequest.start + 1, moduleRequest.end - 1))
  }
  new Visitor({ TSImportType: (node) => void found.add(node.source.value) }).visit(program)
  return [...found]
}

/** `file:line`, for a position in its text. */
export function placeOf({ path, text }: Source, position: number): string {
  return `${path}:${text.slice(0, position).split('\n').length}`
}
