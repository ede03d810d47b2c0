import { sqlStep } from './migration.ts'

/** Which of an author's mentions became cases, for "earlier cases" on every card. */
export const authorCases = sqlStep(480, 'author cases')`
  CREATE TABLE author_case (
    author_key INTEGER NOT NULL,
    mention_seq INTEGER NOT NULL,
    PRIMARY KEY (author_key, mention_seq)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO author_case (author_key, mention_seq)
    SELECT m.author_key, m.seq FROM cases c JOIN mention m ON m.seq = c.mention_seq WHERE m.author_key IS NOT NULL;
  CREATE TRIGGER cases_author AFTER INSERT ON cases BEGIN
    INSERT OR IGNORE INTO author_case (author_key, mention_seq)
      SELECT author_key, seq FROM mention WHERE seq = new.mention_seq AND author_key IS NOT NULL;
  END;
  CREATE TRIGGER cases_author_gone AFTER DELETE ON cases BEGIN
    DELETE FROM author_case WHERE mention_seq = old.mention_seq
      AND author_key = (SELECT author_key FROM mention WHERE seq = old.mention_seq);
  END;
`
