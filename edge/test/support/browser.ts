import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = [process.env["IN_CHROMIUM"], ...PLACES].find(
  (path) => path !== undefined && existsSync(path),
);

/** Why tests in a browser are left out here, if they are. */
export const skip =
  executablePath === undefined ? "no Chromium here: apt-get install chromium" : false;

const PATIENCE_MS = 30_000;

/** A real Chromium. Whatever its pages complain of is kept, and should be nothing. */
export class TestBrowser {
  readonly #complaints: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<TestBrowser> {
    assert.ok(executablePath !== undefined);
    // As root Chromium's own sandbox does not start.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    return new TestBrowser(await chromium.launch({ executablePath, args }));
  }

  /** A page of a new user: nothing is stored, nothing shared with others. */
  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on("weberror", (error) => this.#complaints.push(String(error.error())));
    context.on("console", (message) => {
      // That a request failed is what some tests are about.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
        this.#complaints.push(message.text());
      }
    });
    return await context.newPage();
  }

  /** Ends the page's user, and fails if there were complaints since the last time. */
  async close(page: Page): Promise<void> {
    await page.context().close();
    assert.deepEqual(this.#complaints.splice(0), []);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}
