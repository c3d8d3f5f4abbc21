// Reads a code in a picture. The program is from npm and compiled here, once; it is asked for before the first picture.

export class Decoder {
  constructor(reader, wasm) {
    this.ready = load(reader).then((program) => prepared(program, wasm));
  }

  // The text of the code in it; "" where there is none. `picture` is a canvas.
  async read(picture) {
    const program = await this.ready;
    const { width, height } = picture;
    const pixels = picture.getContext("2d").getImageData(0, 0, width, height);
    const options = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
    const [found] = await program.readBarcodes(pixels, options);
    return found?.text ?? "";
  }
}

// The picture on a canvas, no larger than it takes to read a code and always its middle.
export function drawn(source, width, height, most = 640) {
  const side = Math.min(width, height);
  const [wide, high] = Math.max(width, height) <= most ? [width, height] : [side, side];
  const scale = Math.min(1, most / Math.max(wide, high));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round(high * scale);
  const from = [(width - wide) / 2, (height - high) / 2, wide, high];
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(source, ...from, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(globalThis.ZXingWASM);
    script.onerror = () => reject(new Error("not to be had"));
    document.head.append(script);
  });
}

async function prepared(program, wasm) {
  await program.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return program;
}
