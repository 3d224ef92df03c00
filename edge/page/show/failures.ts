import failureSentences from "../../../common-events/src/main/resources/failure-sentences.json";

/** What people are told when something fails. */
export interface FailureSentences {
  readonly happened: string;
  readonly advice: string;
  /** The same picture may well succeed another time. */
  readonly tryAgain: boolean;
}

/** What only this page can run into, by the code of the refusal; the edge's own codes among them. */
const OF_THE_PAGE: Readonly<Record<string, FailureSentences>> = {
  invalid_request: {
    happened: "iN did not understand this.",
    advice: "Check the address: it must begin with https:// or http://.",
    tryAgain: false,
  },
  misconfigured: {
    happened: "This iN is not set up yet.",
    advice: "Whoever runs it finds at /healthz what is missing.",
    tryAgain: true,
  },
  storage_unreachable: {
    happened: "The picture could not be sent to iN's storage.",
    advice: "Whoever runs iN must let this page's address use the bucket (CORS).",
    tryAgain: true,
  },
  storage_refused: {
    happened: "iN's storage did not take the picture.",
    advice:
      "The permission to send it may have run out, and it may have changed meanwhile: try again.",
    tryAgain: true,
  },
  too_large: failureSentences.codes.source_too_large,
};

const BY_CODE: Readonly<Record<string, FailureSentences>> = {
  ...failureSentences.codes,
  ...OF_THE_PAGE,
};

/** Codes are an open set: one that this page has never heard of gets sentences, too. */
export function sentencesOf(code: string): FailureSentences {
  return Object.hasOwn(BY_CODE, code)
    ? (BY_CODE[code] ?? failureSentences.otherwise)
    : failureSentences.otherwise;
}
