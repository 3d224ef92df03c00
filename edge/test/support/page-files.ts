import type { Page } from "playwright-core";

export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** As the browser does when files are dropped or pasted: there is no other way to bring it to that. */
export async function dispatchWithFiles(
  page: Page,
  type: "drop" | "paste",
  files: readonly TestFile[],
): Promise<void> {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
  await page.locator("body").evaluate(
    (body, { type, plain }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, bytes } of plain) {
        data.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      }
      body.dispatchEvent(
        type === "drop"
          ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    { type, plain },
  );
}
