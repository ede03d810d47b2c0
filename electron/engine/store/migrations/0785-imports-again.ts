import { sqlStep } from './migration.ts'

/**
 * Rows that were there when an import brought them too: taking back the import that was first leaves them, and taking back
 * the last one of all takes them.
 */
export const importsAgain = sqlStep(785, 'imports again')`
  CREATE TABLE import_again (
    seq INTEGER NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (seq, import)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_again_import ON import_again (import, seq);
`
