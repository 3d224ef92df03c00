import failureSentences from "../../../common-events/src/main/resources/failure-sentences.json";

/** What users read when something fails. */
export interface FailureSentences {
  readonly happened: string;
  readonly advice: string;
  /** The same image may well succeed another time. */
  readonly tryAgain: boolean;
}

/** What happens on the page alone, by the code of the refusal; the edge's own codes among them. */
const ON_THE_PAGE: Readonly<Record<string, FailureSentences>> = {
  invalid_request: {
    happened: "iN did not understand this request.",
    advice: "Check the URL: it must begin with https:// or http://.",
    tryAgain: false,
  },
  misconfigured: {
    happened: "This iN is not set up yet.",
    advice: "Its operator finds what is missing at /healthz.",
    tryAgain: true,
  },
  storage_unreachable: {
    happened: "The image could not be uploaded to iN's storage.",
    advice: "The operator must allow this page's origin to use the bucket (CORS).",
    tryAgain: true,
  },
  storage_refused: {
    happened: "iN's storage rejected the upload.",
    advice: "The upload URL may have expired, or the file may have changed: try again.",
    tryAgain: true,
  },
  too_large: failureSentences.codes.source_too_large,
};

const BY_CODE: Readonly<Record<string, FailureSentences>> = {
  ...failureSentences.codes,
  ...ON_THE_PAGE,
};

/** Codes are an open set: an unknown one gets sentences, too. */
export function sentencesFor(code: string): FailureSentences {
  return Object.hasOwn(BY_CODE, code)
    ? (BY_CODE[code] ?? failureSentences.otherwise)
    : failureSentences.otherwise;
}
