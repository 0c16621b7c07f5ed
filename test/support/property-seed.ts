// Property tests draw the same examples every time, so that a red run means a change and not bad luck.
// PROPERTY_SEED=<n> draws others; a failure prints the seed that leads back to it.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_240_101) });
