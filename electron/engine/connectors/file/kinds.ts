import { mentionKinds } from '#shared/model/mention.ts'
import type { MentionKind } from '#shared/model/mention.ts'

/** What networks and tools call the kinds of mentions, in lower case. */
const CALLED: Record<string, MentionKind> = Object.fromEntries(
  (
    [
      [
        'post',
        'tweet status toot submission link forum board thread topic generic update t3 feed photo video reel social beitrag publication publicación publicacion publicação 投稿 ツイート منشور تغريدة',
      ],
      ['reply', 'replies answer response antwort réponse reponse respuesta resposta risposta 返信 リプライ رد'],
      ['repost', 'retweet reblog share boost partage リツイート'],
      ['quote', 'quoted quote_tweet'],
      ['comment', 'comments t1 kommentar commentaire comentario comentário commento コメント تعليق'],
      [
        'article',
        'news blog press magazine editorial print online_news artikel nachrichten presse actualités noticias notizie ニュース',
      ],
      [
        'review',
        'reviews rating survey feedback nps csat testimonial bewertung rezension avis reseña avaliação recensione レビュー',
      ],
      [
        'message',
        'chat dm direct_message directmessage private_message im sms conversation whatsapp messenger live_chat nachricht direktnachricht mensaje mensagem messaggio メッセージ رسالة',
      ],
      ['mail', 'email e-mail ticket'],
      ['call', 'phone voice telephone anruf appel llamada'],
    ] as [MentionKind, string][]
  ).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind])),
)

/** The kind that a word of an export names; null for none that is known here. */
export function kindNamed(word: string): MentionKind | null {
  const name = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return mentionKinds.find((kind) => kind === name) ?? (Object.hasOwn(CALLED, name) ? CALLED[name]! : null)
}
