import fc from "fast-check";

/**
 * Generated tests say the same in every run, so that a change alone can make them fail. `FC_SEED=random` looks further,
 * and `FC_SEED=NUMBER` repeats what such a run found.
 */
const wanted = process.env.FC_SEED;
if (wanted !== "random") fc.configureGlobal({ seed: wanted === undefined ? 20_261_124 : Number(wanted) });
