/** The files that were dropped, those inside dropped folders too. */
export async function droppedFiles(dropped: DataTransfer): Promise<File[]> {
  // The entries must be taken before the first wait: the browser empties the transfer after the event.
  const entries = [...dropped.items].filter((it) => it.kind === 'file').map((it) => it.webkitGetAsEntry());
  const plain = [...dropped.files];
  if (entries.every((it) => it === null || it.isFile)) return plain;
  return (await Promise.all(entries.map((it) => (it === null ? [] : filesOf(it))))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  // A reader hands out a folder piece by piece, and an empty piece when it is done.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    files.push(...(await Promise.all(some.map(filesOf))).flat());
  }
}
