import { normalName } from './column-names.ts'

/** Exports of networks and tools, by the columns that only they have together. Names are theirs and are not translated. */
const EXPORTS: [name: string, columns: string][] = [
  ['X archive', 'tweet.full_text tweet.created_at'],
  ['Meta', 'sender_name timestamp_ms'],
  ['Meta', 'data.comment.comment data.comment.timestamp'],
  ['Telegram', 'from_id date_unixtime'],
  ['Slack', 'client_msg_id ts'],
  ['Slack', 'team ts'],
  ['Slack', 'user ts blocks'],
  ['Discord', 'AuthorID Date Content Reactions'],
  ['Discord', 'author.nickname timestampEdited'],
  ['Discord', 'author.discriminator timestamp'],
  ['YouTube', 'textOriginal authorDisplayName'],
  ['YouTube', 'textDisplay authorDisplayName'],
  ['YouTube', 'snippet.topLevelComment.snippet.textOriginal snippet.topLevelComment.snippet.authorDisplayName'],
  ['YouTube', 'snippet.textOriginal snippet.authorDisplayName'],
  ['YouTube', 'snippet.textDisplay snippet.authorDisplayName'],
  ['Reddit', 'data.subreddit data.created_utc'],
  ['Reddit', 'subreddit created_utc'],
  ['Reddit', 'permalink num_comments selftext'],
  ['Reddit', 'data.permalink data.num_comments'],
  ['Brandwatch', 'Query_Id Query_Name Snippet'],
  ['Meltwater', 'Hit_Sentence Headline'],
  ['Meltwater', 'Opening_Text Hit_Sentence'],
  ['Talkwalker', 'content_snippet extra_author_attributes.name'],
  ['Talkwalker', 'search_indexed content'],
  ['Sprout Social', 'Sent_Message Network Profile'],
  ['Sprout Social', 'Message Network Message_Type Profile'],
  ['Hootsuite', 'Post_Message Social_Network'],
  ['Hootsuite', 'Post_ID Post_Permalink Social_Network'],
  ['Zendesk', 'Ticket_Id Subject Requester'],
  ['Google Takeout', 'Comment_ID Channel_ID Comment_Create_Timestamp'],
]

const known = EXPORTS.map(([name, columns]) => ({ name, columns: columns.split(' ').map(normalName) }))

/** Whose export a file looks like; null for a table of nobody's in particular. */
export function exportNamed(columns: string[]): string | null {
  const have = new Set(columns.map(normalName))
  return known.find((one) => one.columns.every((column) => have.has(column)))?.name ?? null
}
