import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ReportImage } from "../../page/report/report-data.js";

/** A report as the command line writes it (runner's Report.java), from dist/report.html. */
export class ReportFile {
  private constructor(
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async write(images: readonly ReportImage[]): Promise<ReportFile> {
    const folder = await mkdtemp(join(tmpdir(), "in-report-"));
    const path = join(folder, "index.html");
    const [before = "", after = ""] = (await readFile("dist/report.html", "utf8")).split(
      "<!--data-->",
    );
    const header = data('id="report-header"', { createdAt: "2026-05-04T03:05:00Z" });
    const blocks = images.map((image) => data('class="report-image"', image));
    await writeFile(path, [before, header, ...blocks, after].join(""));
    return new ReportFile(folder, pathToFileURL(path).href);
  }

  async delete(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

function data(attribute: string, value: object): string {
  const json = JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
  return `<script type="application/json" ${attribute}>${json}</script>\n`;
}
