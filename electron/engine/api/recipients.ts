import { publicAlert } from '#engine/alerts/book.ts'
import type { Board } from '#engine/board.ts'
import { api } from './base.ts'

/** Who is told of alerts outside, and how one climbs that nobody takes. */
export function recipientsApi({ alerts, alertsOutside }: Pick<Board, 'alerts' | 'alertsOutside'>) {
  const { alerts: room } = api
  const { recipients } = alertsOutside
  return {
    recipients: room.recipients.handler(() => ({
      recipients: recipients.all().map(({ recipient, secretKeys }) => ({ recipient, secretsSet: secretKeys })),
      rota: recipients.rota(),
    })),
    saveRecipient: room.saveRecipient.handler(({ input, context }) => recipients.save(input, context.actor)),
    removeRecipient: room.removeRecipient.handler(({ input, context }) => recipients.remove(input.id, context.actor)),
    checkRecipient: room.checkRecipient.handler(({ input }) => alertsOutside.check(input.id)),
    saveRota: room.saveRota.handler(({ input, context }) => recipients.saveRota(input, context.actor)),
    tellAgain: room.tellAgain.handler(({ input, context }) => {
      alertsOutside.again(input.message, context.actor)
      return { alert: publicAlert(alerts.get(input.id)) }
    }),
  }
}
