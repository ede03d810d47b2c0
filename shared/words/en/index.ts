import alarm from './alarm.json' with { type: 'json' }
import alerts from './alerts.json' with { type: 'json' }
import counted from './counted.json' with { type: 'json' }
import crises from './crises.json' with { type: 'json' }
import delivery from './delivery.json' with { type: 'json' }
import dialects from './dialects.json' with { type: 'json' }
import door from './door.json' with { type: 'json' }
import lint from './lint.json' with { type: 'json' }
import problems from './problems.json' with { type: 'json' }
import query from './query.json' with { type: 'json' }
import sample from './sample.json' with { type: 'json' }
import shell from './shell.json' with { type: 'json' }
import sources from './sources.json' with { type: 'json' }
import starters from './starters.json' with { type: 'json' }
import telling from './telling.json' with { type: 'json' }
import undo from './undo.json' with { type: 'json' }

/** All that the engine, the command line and the pages for desks say. */
export const en = {
  ...alarm,
  ...alerts,
  ...counted,
  ...crises,
  ...delivery,
  ...dialects,
  ...door,
  ...lint,
  ...problems,
  ...query,
  ...sample,
  ...shell,
  ...sources,
  ...starters,
  ...telling,
  ...undo,
}
