import { byId } from "../dom.js";

/** Asks whether the image is to be deleted for good. */
export function confirmDeletion(name: string): Promise<boolean> {
  const dialog = byId("confirm", HTMLDialogElement);
  byId("confirm-heading", HTMLElement).textContent = `Delete ${name}?`;
  byId("confirm-delete", HTMLButtonElement).onclick = () => dialog.close("delete");
  byId("confirm-keep", HTMLButtonElement).onclick = () => dialog.close();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "delete");
  });
}
