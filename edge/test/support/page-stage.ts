import { strict as assert } from "node:assert";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { listTasks } from "./account.js";
import { TestBrowser } from "./browser.js";
import type { Environment } from "./edge.js";
import { eventually } from "./eventually.js";
import { Stage } from "./stage.js";
import { TestStorage } from "./storage.js";

/** The input of a `download.requested`. */
interface Input {
  readonly imageUrl?: string;
  readonly uploadId?: string;
}

/** An edge with a bucket and a browser. What Google Cloud would do, the test says. */
export class PageStage {
  private constructor(
    readonly stage: Stage,
    readonly storage: TestStorage,
    readonly browser: TestBrowser,
  ) {}

  static async start(overrides: Environment = {}): Promise<PageStage> {
    const storage = await TestStorage.start();
    const stage = await Stage.start({ STORAGE_ENDPOINT: storage.url, ...overrides });
    return new PageStage(stage, storage, await TestBrowser.start());
  }

  async stop(): Promise<void> {
    await this.browser.stop();
    await this.stage.stop();
    await this.storage.stop();
  }

  /** Opens the page, lets the test use it, and closes it; there must be no complaints. */
  async visit(
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
    url: string = this.stage.edge.url,
  ): Promise<void> {
    const page = await this.browser.newPage(options);
    this.browser.complaints();
    try {
      await page.goto(url);
      await use(page);
    } finally {
      await page.context().close();
    }
    assert.deepEqual(this.browser.complaints(), []);
  }

  /**
   * The task that was submitted with that address, once its first message is published.
   *
   * @param but another one of the same address
   */
  taskOfUrl(imageUrl: string, but?: string): Promise<string> {
    return this.taskWith((input) => input.imageUrl === imageUrl, but);
  }

  /** The task of the file with these bytes. */
  taskOfFile(bytes: Buffer): Promise<string> {
    return this.taskWith(({ uploadId }) => {
      const object = this.storage.objects.get(`uploads/local/${uploadId ?? ""}`);
      return object?.bytes.equals(bytes) ?? false;
    });
  }

  /** As `download` does with a URL: the image is in the bucket, and sync reports it. */
  async download(taskId: string, bytes: Buffer, contentType = "image/png"): Promise<void> {
    this.storage.objects.set(`tasks/${taskId}/1/original`, { bytes, contentType });
    await this.stage.putStatus(taskId, { stage: "download" });
  }

  /** The chain's other milestones and its end. */
  async complete(taskId: string, result: object): Promise<void> {
    await this.stage.putStatus(taskId, { stage: "metadata" });
    await this.stage.putStatus(taskId, { stage: "ai" });
    await this.stage.putStatus(taskId, { status: "completed", stage: "ai", result });
  }

  async fail(taskId: string, code: string, stage: string, message = "No."): Promise<void> {
    await this.stage.putStatus(taskId, {
      status: "failed",
      stage,
      error: { code, message, stage },
    });
  }

  /** Deletes all tasks of the owner. */
  async empty(): Promise<void> {
    await eventually("an empty library", async () => {
      const { items } = await listTasks(this.stage, "?limit=200");
      for (const { taskId } of items) {
        await this.stage.edge.fetch(`/v1/tasks/${taskId}`, { method: "DELETE" });
      }
      return items.length === 0;
    });
  }

  private taskWith(wanted: (input: Input) => boolean, but?: string): Promise<string> {
    return eventually("the task is published", () =>
      this.stage.pubSub.requests
        .filter(({ data }) =>
          wanted((JSON.parse(data) as { payload: { input?: Input } }).payload.input ?? {}),
        )
        .map(({ attributes }) => attributes["taskId"])
        .find((taskId) => taskId !== but),
    );
  }
}

/** The card of the image that is shown by this name. */
export function cardOf(page: Page, name: string): Locator {
  return page.getByRole("article", { name, exact: true });
}

/** The tile of the image in the library that has this name. */
export function tileOf(page: Page, name: string): Locator {
  return page.locator(".tile button").filter({ has: page.getByText(name, { exact: true }) });
}

/** The names of the tiles, in their order. */
export function tilesOf(page: Page): Promise<string[]> {
  return page.locator(".tile .name").allTextContents();
}

/** Opens the image of the library that has this name, and answers its card. */
export async function openImage(page: Page, name: string): Promise<Locator> {
  await tileOf(page, name).click();
  return page.getByRole("dialog").getByRole("article", { name, exact: true });
}

/** A card's steps, as a screen reader says them. */
export async function stepsOf(card: Locator): Promise<string[]> {
  const texts = await card.locator(".step").evaluateAll((steps) =>
    steps.map((step) =>
      Array.from(step.children)
        .filter((child) => child.getAttribute("aria-hidden") !== "true")
        .map(({ textContent }) => textContent)
        .join(""),
    ),
  );
  return texts.map((text) => text.trim());
}

export async function submitUrl(page: Page, url: string): Promise<void> {
  await page.getByLabel("Or enter image URLs").fill(url);
  await page.getByRole("button", { name: "Submit" }).click();
}

/** The names and values of what is known of an image. */
export async function factsOf(card: Locator): Promise<Record<string, string>> {
  return Object.fromEntries(
    await card
      .locator("section", { hasText: "About the image" })
      .locator(".facts > div")
      .evaluateAll((rows) =>
        rows.map((row) => Array.from(row.children, (cell) => cell.textContent) as [string, string]),
      ),
  );
}
