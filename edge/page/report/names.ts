/** Inputs as they are shown: without the folder that all files share. */
export interface Names {
  /** With its last slash; empty: the files share none. */
  readonly commonFolder: string;
  /** In the order of the inputs. */
  readonly names: readonly string[];
}

/** URLs are shown as they are. */
export function shortNames(inputs: readonly string[]): Names {
  const folders = inputs.filter((input) => !isUrl(input)).map(foldersOf);
  const first = folders[0] ?? [];
  const differs = first.findIndex((folder, at) => folders.some((other) => other[at] !== folder));
  const commonFolder = first.slice(0, differs < 0 ? first.length : differs).join("");
  return {
    commonFolder,
    names: inputs.map((input) => (isUrl(input) ? input : input.slice(commonFolder.length))),
  };
}

function isUrl(input: string): boolean {
  return /^https?:\/\//i.test(input);
}

/** Each with its slash, also a backslash. */
function foldersOf(path: string): string[] {
  return path.match(/[^/\\]*[/\\]/g) ?? [];
}
