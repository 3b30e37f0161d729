const HIDDEN = /^[.~]|_files$/;

const listFiles = async (entry) => {
  if (HIDDEN.test(entry.name)) return [];
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length; ) {
    found.push(...some); // a browser returns a hundred at a time
  }
  found.sort((one, other) => (one.name < other.name ? -1 : 1));
  return (await Promise.all(found.map(listFiles))).flat();
};

// Gives the files that can be read to the field that uploads them, and names the others.
const give = (files) => {
  const limits = element.querySelector("[data-suffixes]").dataset;
  const suffixes = limits.suffixes.split(" ");
  const size = (bytes) => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
  const transfer = new DataTransfer();
  const left = [];
  let bytes = 0;
  for (const file of files) {
    const name = file.name.toLowerCase();
    let reason = "";
    if (!suffixes.some((suffix) => name.endsWith(suffix))) reason = "is of a kind that cannot be read";
    else if (file.size > limits.fileBytes) reason = `has ${size(file.size)}, and at most ${size(limits.fileBytes)} are read`;
    else if (transfer.items.length >= limits.files || bytes + file.size > limits.bytes) {
      const most = `${Number(limits.files).toLocaleString("en")} files and ${size(limits.bytes)}`;
      reason = `was left out: a folder may have ${most} here, and more by the command line`;
    }
    if (reason) left.push({ name: file.webkitRelativePath || file.name, reason });
    else {
      transfer.items.add(file);
      bytes += file.size;
    }
  }
  if (!files.length) left.push({ name: "The folder", reason: "has no files" });
  if (left.length) trigger("clear", { files: left });
  const field = document.querySelector("#dl-drop input[type=file]");
  if (!transfer.items.length || !field) return;
  field.files = transfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

element.addEventListener("click", (event) => {
  if (event.target.closest("[data-folder]")) element.querySelector("[webkitdirectory]").click();
});

element.addEventListener("change", (event) => {
  if (!event.target.webkitdirectory) return;
  const isShown = (file) => !file.webkitRelativePath.split("/").slice(1).some((part) => HIDDEN.test(part));
  const isBefore = (one, other) => (one.webkitRelativePath < other.webkitRelativePath ? -1 : 1);
  give([...event.target.files].filter(isShown).sort(isBefore));
  event.target.value = "";
});

document.addEventListener("drop", async (event) => {
  if (!event.target.closest?.("#dl-drop")) return;
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // Gradio would take the folder for a file
  give((await Promise.all(entries.map(listFiles))).flat());
}, true);
