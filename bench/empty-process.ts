import { answerParent } from './asked-child.ts';

/** A Node process that only waits to be let go: what any host would cost at least. */
answerParent({});
