/** Loaded into a program before everything else: its machine's clock is wrong by so much, and SIGUSR2 sets it wrong the other way. */
let aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);
process.on('SIGUSR2', () => {
  aheadMs = -aheadMs;
});
const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + aheadMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + aheadMs;
  }
};
