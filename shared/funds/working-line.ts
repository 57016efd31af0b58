/**
 * Working days laid on a line 工作日数轴: how many lie between two days, and which day is the k-th after another. Years without a calendar
 * count by
 * weekends.
 */
import { addDays, type CivilDate } from '../kernel/civil-date.ts';
import { firstDay, type TaxPeriod } from '../kernel/tax-period.ts';
import { isWorkingDay, sameOrNextWorkingDay, type WorkingCalendar } from '../kernel/working-days.ts';

export class WorkingLine {
  readonly #calendar: WorkingCalendar;
  readonly #from: CivilDate;
  /** Working days from #from on, in order, as far as anybody asked. */
  readonly #days: CivilDate[] = [];
  #reached: CivilDate;

  /** @param from no later day is asked for one before it */
  constructor(calendar: WorkingCalendar, from: CivilDate) {
    this.#calendar = calendar;
    this.#from = from;
    this.#reached = addDays(from, -1);
  }

  isWorking(day: CivilDate): boolean {
    return isWorkingDay(this.#calendar, day);
  }

  /** Working days after `start` up to and including `day`; 0 where the day is not after it. */
  after(start: CivilDate, day: CivilDate): number {
    return day <= start ? 0 : this.#upTo(day) - this.#upTo(start);
  }

  /** The k-th working day after `start`; the start itself for 0. */
  nth(start: CivilDate, k: number): CivilDate {
    if (k === 0) return start;
    const index = this.#upTo(start) + k - 1;
    while (this.#days.length <= index) this.#reach(addDays(this.#reached, 400));
    return this.#days[index] ?? start;
  }

  firstOf(month: TaxPeriod): CivilDate {
    return sameOrNextWorkingDay(this.#calendar, firstDay(month));
  }

  /** The last working day before a day. */
  before(day: CivilDate): CivilDate {
    let before = addDays(day, -1);
    while (!this.isWorking(before)) before = addDays(before, -1);
    return before;
  }

  /** How many working days there are up to and including a day. */
  #upTo(day: CivilDate): number {
    if (day < this.#from) return 0;
    this.#reach(day);
    let [low, high] = [0, this.#days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? day) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #reach(day: CivilDate): void {
    while (this.#reached < day) {
      this.#reached = addDays(this.#reached, 1);
      if (this.isWorking(this.#reached)) this.#days.push(this.#reached);
    }
  }
}
