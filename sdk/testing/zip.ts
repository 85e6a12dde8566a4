const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

interface Entry {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly offset: number;
}

/** File names are UTF-8. */
const FLAGS = 0x0800;

/** 1 January 1980, the first day that the format knows: the same files give the same bytes. */
const DOS_DATE = 0x21;

function header(entry: Entry, isCentral: boolean): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(FLAGS, 2);
  common.writeUInt16LE(DOS_DATE, 8);
  common.writeUInt32LE(crc32(entry.data), 10);
  common.writeUInt32LE(entry.data.length, 14);
  common.writeUInt32LE(entry.data.length, 18);
  common.writeUInt16LE(entry.name.length, 22);
  if (!isCentral) return Buffer.concat([Buffer.from("PK\x03\x04"), common, entry.name]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, rest, entry.name]);
}

/** A ZIP archive of uncompressed files. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const entries: Entry[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const entry: Entry = { name: Buffer.from(name), data: Buffer.from(text), offset };
    const local = Buffer.concat([header(entry, false), entry.data]);
    entries.push(entry);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(entries.map((entry) => header(entry, true)));
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
