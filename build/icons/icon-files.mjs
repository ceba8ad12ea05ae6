/**
 * An icon of Windows: pictures of several sizes in one file, each a PNG.
 * Source: Microsoft, "ICO file format"; PNG in it since Windows Vista.
 *
 * @param {readonly {edge: number, png: Buffer}[]} pictures of at most 256 pixels
 * @returns {Buffer}
 */
export function createIco(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { edge, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(edge % 256, at);
    header.writeUInt8(edge % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** What macOS calls a PNG of each edge, single and double density. */
const icnsTypes = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]);

/**
 * An icon of macOS. Source: Apple Icon Image format.
 *
 * @param {readonly {edge: number, png: Buffer}[]} pictures sizes that the format does not have are left out
 * @returns {Buffer}
 */
export function createIcns(pictures) {
  const chunks = pictures.flatMap(({ edge, png }) =>
    (icnsTypes.get(edge) ?? []).map((type) => createChunk(type, png)),
  );
  return createChunk('icns', Buffer.concat(chunks));
}

/** @param {string} type @param {Buffer} content */
function createChunk(type, content) {
  const head = Buffer.from(`${type}....`, 'latin1');
  head.writeUInt32BE(content.length + head.length, 4);
  return Buffer.concat([head, content]);
}
