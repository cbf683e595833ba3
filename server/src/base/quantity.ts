/**
 * A unit of measure. Two units compare when their `dimension` is the same; `working days`, months and
 * counted things (tablets, vials, doses) are dimensions of their own.
 */
export interface Unit {
  /** The spelling that the formatter and messages print (`°C`, `kg`, `working days`). */
  readonly code: string;
  /** A stable name of the dimension (`mass`, `temperature`, `time`, `count:tablets`, `fraction`). */
  readonly dimension: string;
}

/** A number with its unit; `unit` is null for a bare number. */
export interface Amount {
  readonly number: number;
  readonly unit: Unit | null;
}
