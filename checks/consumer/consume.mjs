// Consumes every event of iN by Google's client and what generate.mjs has made, and knows nothing else of
// iN: node consume.mjs PROJECT, with PUBSUB_EMULATOR_HOST for a local stack. Prints `ready`, then a line of
// JSON for each event, until its input ends.
import { PubSub } from "@google-cloud/pubsub";
import { randomUUID } from "node:crypto";

/** @type {{topics: Record<string, string[]>} & Record<string, any>} */
const events = await import(new URL("dist/events.mjs", import.meta.url).href);

const pubsub = new PubSub({ projectId: process.argv[2] ?? "" });
const subscriptions = await Promise.all(
  Object.keys(events.topics).map(async (topic) => {
    const [subscription] = await pubsub.topic(topic).createSubscription(`${topic}-${randomUUID()}`);
    subscription.on("message", (message) => {
      console.log(JSON.stringify({ topic, ...read(message) }));
      message.ack();
    });
    subscription.on("error", (error) => {
      throw error;
    });
    return subscription;
  }),
);
console.log("ready");

process.stdin.resume();
process.stdin.on("end", async () => {
  for (const subscription of subscriptions) {
    await subscription.close();
    await subscription.delete();
  }
  await pubsub.close();
});

/** @param {import("@google-cloud/pubsub").Message} message */
function read(message) {
  const event = JSON.parse(message.data.toString());
  const validate = events[String(event.eventType).replace(/\W/g, "_")];
  const problems = validate === undefined ? [] : validate(event) ? [] : validate.errors;
  return {
    type: event.eventType,
    taskId: event.taskId,
    eventId: event.eventId,
    known: validate !== undefined,
    attributes: message.attributes,
    problems,
  };
}
