import { AccountBatches } from "../batches/account-batches.js";
import { accountClocks, limitWindows } from "../config.js";
import { KeyStore } from "../keys/key-store.js";
import { Admissions } from "../limits/admissions.js";
import { Usage } from "../limits/usage.js";
import { Releases } from "../queue/releases.js";
import { TaskQueue } from "../queue/task-queue.js";
import { AccountUploads } from "../uploads/account-uploads.js";
import { AccountWebhooks } from "../webhooks/account-webhooks.js";
import { AccountDeletion } from "./account-deletion.js";
import { AccountAlarm } from "./account-alarm.js";
import { EventOutbox } from "./event-outbox.js";
import { Feed } from "./feed.js";
import { FeedSockets } from "./feed-sockets.js";
import { Library } from "./library.js";
import { LibrarySearch } from "./library-search.js";
import { Mail } from "./mail.js";
import { TaskReports } from "./task-reports.js";

/** What an account is made of. */
export interface AccountParts {
  readonly admissions: Admissions;
  readonly alarm: AccountAlarm;
  readonly batches: AccountBatches;
  readonly deletion: AccountDeletion;
  readonly feed: Feed;
  readonly keys: KeyStore;
  readonly library: Library;
  readonly mail: Mail;
  readonly queue: TaskQueue;
  readonly reports: TaskReports;
  readonly search: LibrarySearch;
  readonly sockets: FeedSockets;
  readonly uploads: AccountUploads;
  readonly webhooks: AccountWebhooks;
}

/** Makes them, each with its own tables; nothing is read or written yet. */
export function accountParts(ctx: DurableObjectState, env: Env): AccountParts {
  const { sql } = ctx.storage;
  const owner = ctx.id.name ?? "";
  const events = new EventOutbox(env, owner, sql);
  const usage = new Usage(sql, () => limitWindows(env));
  const admissions = new Admissions(env, owner, sql, usage);
  const feed = new Feed(sql);
  const library = new Library(sql);
  const webhooks = new AccountWebhooks(env, owner, sql, feed, events);
  const queue = new TaskQueue(sql, () => accountClocks(env));
  const releases = new Releases(env, owner, queue, (taskId) => library.skipAnalysis(taskId));
  const batches = new AccountBatches(sql);
  const keys = new KeyStore(sql);
  const mail = new Mail(env, sql, events);
  const sockets = new FeedSockets(ctx);
  const uploads = new AccountUploads(sql, events, usage);
  const search = new LibrarySearch(sql);
  const deleted = { batches, feed, keys, library, mail, queue, search, sockets, uploads, webhooks };
  const deletion = new AccountDeletion(env, owner, sql, events, deleted);
  return {
    ...{
      admissions,
      batches,
      deletion,
      feed,
      keys,
      library,
      mail,
      queue,
      search,
      sockets,
      uploads,
      webhooks,
    },
    alarm: new AccountAlarm(ctx, [webhooks, events, releases, deletion]),
    reports: new TaskReports(admissions, library, feed, webhooks, queue, deletion),
  };
}
