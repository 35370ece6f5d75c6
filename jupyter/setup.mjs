import { incomplete, requireNode } from './setup/node-version.mjs';

requireNode();
// Loaded only now: an older Node cannot read the rest.
import('./setup/program.mjs').then(({ main }) => main(), incomplete);
