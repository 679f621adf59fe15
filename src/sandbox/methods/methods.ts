import { answerMethods } from './answers.ts'
import { chatMethods } from './chats.ts'
import type { Methods } from './context.ts'
import { editMethods } from './edit.ts'
import { profileMethods } from './profile.ts'
import { sendMethods } from './send.ts'
import { updateMethods } from './updates.ts'

/** The methods that the sandbox plays. All others are checked and then refused. */
export const METHODS: Methods = {
  ...updateMethods,
  ...sendMethods,
  ...editMethods,
  ...answerMethods,
  ...chatMethods,
  ...profileMethods,
}
