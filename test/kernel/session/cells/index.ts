import type { Cell } from './cell.ts';
import { classes } from './classes.ts';
import { declaredAgain } from './declared-again.ts';
import { errors } from './errors.ts';
import { imports } from './imports.ts';
import { typeBesideValue } from './type-beside-value.ts';
import { variables } from './variables.ts';
import { waiting } from './waiting.ts';

/** What must mean the same everywhere; each list is a session of its own. */
export const sessions: Record<string, Cell[]> = {
  'declared again': declaredAgain,
  'type beside value': typeBesideValue,
  variables: variables,
  classes: classes,
  'waiting and closing': waiting,
  imports: imports,
  errors: errors,
};
