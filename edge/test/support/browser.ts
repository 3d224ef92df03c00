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

/** That a request fails is what some tests are about. */
const EXPECTED = /^Failed to load resource|blocked by CORS policy/;
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
      if (message.type() === "error" && !EXPECTED.test(message.text())) {
        this.#complaints.push(message.text());
      }
    });
    return await context.newPage();
  }

  /** What its pages have complained of since the last time. */
  complaints(): string[] {
    return this.#complaints.splice(0);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}
